"""Addresses of the editors' pages of search words."""

from django.urls import path

from search.words import views

app_name = "woorden"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("nieuw/", views.new, name="new"),
    path("inlezen/", views.take_in, name="import"),
    path("bestand/", views.give_out, name="export"),
    path("veranderd/", views.changes, name="history"),
    path("veranderd/<uuid:batch>/terug/", views.undo, name="undo"),
    path("<int:number>/", views.rule, name="rule"),
    path("<int:number>/doe/", views.act, name="act"),
]
