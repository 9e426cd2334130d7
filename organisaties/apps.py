"""The organisaties app."""

from datetime import timedelta

from django.apps import AppConfig


class OrganisatiesConfig(AppConfig):
    name = "organisaties"

    def ready(self) -> None:
        """Make known what must happen on the first day of an absence, and how someone leaves."""
        from core import account_parts  # noqa: PLC0415  models are loaded only now
        from core.jobs import Job, register  # noqa: PLC0415  the same
        from organisaties import absence, on_account  # noqa: PLC0415  the same

        register(Job("absences", absence.begin_due, every=timedelta(minutes=15)))
        account_parts.register(on_account.LEAVING)
