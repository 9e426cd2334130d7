"""Addresses of the page of who runs the installation."""

from django.urls import path

from search.operating import views as engine_views

app_name = "zoekmotor"
urlpatterns = [
    path("", engine_views.engine, name="engine"),
    path("werk/", engine_views.work, name="work"),
]
