"""Addresses of search."""

from django.urls import path

from search.listening import gap_views
from search.listening import views as listening_views
from search.page import browsing, comparing, views

app_name = "zoeken"
urlpatterns = [
    path("", views.search, name="search"),
    path("aanvullen/", views.completions, name="completions"),
    path("hier/", views.here, name="here"),
    path("thema/", browsing.needs, name="needs"),
    path("thema/<path:code>/", browsing.need, name="need"),
    path("a-z/", browsing.services, name="services"),
    path("vergelijken/", comparing.compare, name="compare"),
    path("gelezen/", listening_views.settled, name="settled"),
    path("geopend/", listening_views.opened, name="opened"),
    path("tekort/", gap_views.gap, name="gap"),
    path("tekort/bedankt/", gap_views.gap_thanks, name="gap_thanks"),
]
