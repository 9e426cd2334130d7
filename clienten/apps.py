"""The clienten app."""

from django.apps import AppConfig


class ClientenConfig(AppConfig):
    name = "clienten"
