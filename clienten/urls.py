"""Addresses of client cards."""

from django.urls import path

from clienten import views

app_name = "clienten"
urlpatterns = [
    path("clienten/<uuid:pk>/", views.card, name="card"),
    path("clienten/<uuid:pk>/wijzigen/", views.change, name="change"),
]
