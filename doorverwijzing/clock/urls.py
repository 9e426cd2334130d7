"""Addresses of who coordinates the network, inside the namespace of the room."""

from django.urls import path

from doorverwijzing.clock import views

urlpatterns = [
    path("netwerk/blijft-liggen/", views.stuck, name="stuck"),
    path("netwerk/termijnen/", views.deadlines, name="deadlines"),
]
