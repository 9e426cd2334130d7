"""Addresses of the frame; the pages themselves are served by Wagtail."""

from django.urls import path

from website import views

app_name = "website"
urlpatterns = [
    path("meer/", views.more, name="more"),
    path("netwerk/", views.network, name="network"),
    path("gegevens-en-nood/", views.data, name="data"),
]
