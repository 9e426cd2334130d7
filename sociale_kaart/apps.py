"""The sociale_kaart app."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class SocialeKaartConfig(AppConfig):
    name = "sociale_kaart"

    def ready(self) -> None:
        from sociale_kaart.permissions import grant  # noqa: PLC0415 (models are not there before ready)

        # auth comes last in INSTALLED_APPS of all that make permissions, so by then they exist.
        post_migrate.connect(grant, sender=apps.get_app_config("auth"), dispatch_uid="listings_grant")
