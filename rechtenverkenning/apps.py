"""The rechtenverkenning app."""

from django.apps import AppConfig


class RechtenverkenningConfig(AppConfig):
    name = "rechtenverkenning"
