"""The sociale_kaart app."""

from django.apps import AppConfig


class SocialeKaartConfig(AppConfig):
    name = "sociale_kaart"
