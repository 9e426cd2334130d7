"""Addresses of the rights checklist."""

from django.urls import path

from rechtenverkenning import views

app_name = "rechten"
urlpatterns = [
    path("", views.checklist, name="checklist"),
    path("antwoorden/", views.answers, name="answers"),
    path("afdrukken/", views.sheet_to_print, name="print"),
    path("overzicht/", views.overview, name="overview"),
    path("<slug:code>/", views.right, name="right"),
]
