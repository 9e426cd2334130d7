"""Addresses of search."""

from django.urls import path

from search import listening_views, views

app_name = "zoeken"
urlpatterns = [
    path("", views.search, name="search"),
    path("gelezen/", listening_views.settled, name="settled"),
    path("geopend/", listening_views.opened, name="opened"),
    path("tekort/", views.gap, name="gap"),
    path("tekort/bedankt/", views.gap_thanks, name="gap_thanks"),
]
