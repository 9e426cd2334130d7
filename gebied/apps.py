"""The gebied app."""

from django.apps import AppConfig


class GebiedConfig(AppConfig):
    name = "gebied"
