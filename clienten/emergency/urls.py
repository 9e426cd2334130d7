"""Addresses of emergency access."""

from django.urls import path

from clienten.emergency import views

app_name = "noodtoegang"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("nazicht/", views.reviews, name="reviews"),
    path("<uuid:pk>/", views.card, name="card"),
    path("<uuid:pk>/sluiten/", views.end, name="end"),
    path("<uuid:pk>/nazicht/", views.review, name="review"),
]
