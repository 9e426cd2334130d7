"""The vraagverheldering app."""

from django.apps import AppConfig


class VraagverhelderingConfig(AppConfig):
    name = "vraagverheldering"
