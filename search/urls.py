"""Addresses of search."""

from django.urls import URLPattern

app_name = "zoeken"
urlpatterns: list[URLPattern] = []
