"""The vraagverheldering app."""

from django.apps import AppConfig


class VraagverhelderingConfig(AppConfig):
    name = "vraagverheldering"

    def ready(self) -> None:
        """Add this room to the file of a person."""
        from vraagverheldering import client_rights  # noqa: PLC0415 (models are not there before ready)

        client_rights.register()
