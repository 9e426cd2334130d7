"""Addresses that every page leans on: display settings, the component gallery, health."""

from django.urls import path

from core import health_views, views

urlpatterns = [
    path("componenten/", views.gallery, name="gallery"),
    path("weergave/", views.display, name="display"),
    path("healthz/", views.health, name="health"),
    path("readyz/", health_views.ready, name="ready"),
    path("gezondheid/", health_views.page, name="health_page"),
    path("gezondheid/mail/<uuid:pk>/", health_views.retry, name="health_retry"),
]
