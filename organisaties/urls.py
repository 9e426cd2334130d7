"""Addresses of members and invitations."""

from django.urls import URLPattern

app_name = "organisaties"
urlpatterns: list[URLPattern] = []
