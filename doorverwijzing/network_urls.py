"""Addresses of who coordinates the network, inside the namespace of the room."""

from django.urls import path

from doorverwijzing.views import network

urlpatterns = [
    path("netwerk/blijft-liggen/", network.stuck, name="stuck"),
    path("netwerk/termijnen/", network.deadlines, name="deadlines"),
]
