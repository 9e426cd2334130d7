"""The vraagverheldering app."""

from django.apps import AppConfig


class VraagverhelderingConfig(AppConfig):
    name = "vraagverheldering"

    def ready(self) -> None:
        """Add this room to the file of a person, and what a colleague who goes leaves behind."""
        from core.jobs import Job, register  # noqa: PLC0415 (models are not there before ready)
        from organisaties import departures  # noqa: PLC0415 (the same)
        from vraagverheldering import client_rights, leaving  # noqa: PLC0415 (the same)

        client_rights.register()
        departures.register(leaving.Talks())
        register(Job("talks", leaving.mend))
