"""Addresses for other programs."""

from django.urls import path

from search.api import views

app_name = "api"
urlpatterns = [
    path("", views.about, name="about"),
    path("search", views.search, name="search"),
    path("openapi.json", views.openapi, name="openapi"),
]
