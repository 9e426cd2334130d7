"""Addresses of search."""

from django.urls import path

from search import views

app_name = "zoeken"
urlpatterns = [
    path("", views.search, name="search"),
    path("tekort/", views.gap, name="gap"),
    path("tekort/bedankt/", views.gap_thanks, name="gap_thanks"),
]
