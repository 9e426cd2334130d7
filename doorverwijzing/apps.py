"""The doorverwijzing app."""

from django.apps import AppConfig


class DoorverwijzingConfig(AppConfig):
    name = "doorverwijzing"
