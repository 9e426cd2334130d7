"""The doorverwijzing app."""

from datetime import timedelta

from django.apps import AppConfig


class DoorverwijzingConfig(AppConfig):
    name = "doorverwijzing"

    def ready(self) -> None:
        """Make the clock of referrals known."""
        from core.jobs import Job, register  # noqa: PLC0415  models are loaded only now
        from doorverwijzing import clock  # noqa: PLC0415  the same

        register(Job("referrals", clock.run, every=timedelta(minutes=5)))
