"""Addresses of client cards."""

from django.urls import URLPattern

app_name = "clienten"
urlpatterns: list[URLPattern] = []
