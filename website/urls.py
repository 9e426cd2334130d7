"""Addresses of the frame; the pages themselves are served by Wagtail."""

from django.urls import path

from website import views

app_name = "website"
urlpatterns = [path("meer/", views.more, name="more")]
