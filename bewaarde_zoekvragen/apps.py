"""The bewaarde_zoekvragen app."""

from datetime import timedelta

from django.apps import AppConfig


class BewaardeZoekvragenConfig(AppConfig):
    name = "bewaarde_zoekvragen"

    def ready(self) -> None:
        """Make known the daily look for news, the part of the account page, and what goes with who leaves."""
        from bewaarde_zoekvragen import actions, following, on_account  # noqa: PLC0415  models are loaded only now
        from core import account_parts  # noqa: PLC0415  the same
        from core.jobs import Job, register  # noqa: PLC0415  the same
        from organisaties import departures  # noqa: PLC0415  the same

        register(Job("saved searches", following.run, every=timedelta(minutes=30)))
        account_parts.register(on_account.SAVED)
        account_parts.register_tick(on_account.NEWS)
        departures.register(actions.Saved())
