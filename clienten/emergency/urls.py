"""Addresses of emergency access."""

from django.urls import path

from clienten.emergency import views

app_name = "noodtoegang"
urlpatterns = [
    path("noodtoegang/", views.ask, name="ask"),
    path("nazicht/", views.reviews, name="reviews"),
    path("noodtoegang/<uuid:pk>/", views.card, name="card"),
    path("noodtoegang/<uuid:pk>/sluiten/", views.end, name="end"),
    path("nazicht/<uuid:pk>/", views.review, name="review"),
]
