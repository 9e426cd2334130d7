"""Addresses of who listens to what people look for."""

from django.urls import path

from search.listening import region_views

app_name = "luisteren"
urlpatterns = [
    path("gezocht/", region_views.listening, name="asked"),
    path("tekorten/", region_views.gaps, name="gaps"),
    path("tekorten/tabel.csv", region_views.gaps_csv, name="gaps_csv"),
    path("tekorten/<slug:code>/", region_views.step, name="step"),
]
