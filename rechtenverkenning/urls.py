"""Addresses of the rights checklist."""

from django.urls import URLPattern

app_name = "rechten"
urlpatterns: list[URLPattern] = []
