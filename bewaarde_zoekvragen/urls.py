"""Addresses of saved searches; nobody but their owner finds anything there."""

from django.urls import path

from bewaarde_zoekvragen import views

app_name = "bewaard"
urlpatterns = [
    path("bewaren/", views.save, name="save"),
    path("<uuid:pk>/", views.again, name="again"),
    path("<uuid:pk>/weg/", views.remove, name="remove"),
]
