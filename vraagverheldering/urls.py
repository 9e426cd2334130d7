"""Addresses of conversations."""

from django.urls import URLPattern

app_name = "gesprekken"
urlpatterns: list[URLPattern] = []
