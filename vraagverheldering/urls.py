"""Addresses of conversations."""

from django.urls import path

from vraagverheldering.views import along, clarifying, listing, result, rights, starting, talking

app_name = "gesprekken"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("nieuw/", starting.new, name="new"),
    path("<uuid:pk>/", talking.conversation, name="conversation"),
    path("<uuid:pk>/onderwerp/<slug:code>/", talking.subject, name="subject"),
    path("<uuid:pk>/samen/<slug:code>/", along.along, name="along"),
    path("<uuid:pk>/stap/<uuid:step>/", clarifying.step, name="step"),
    path("<uuid:pk>/rechten/", rights.rights, name="rights"),
    path("<uuid:pk>/rechten/antwoorden/", rights.answers, name="rights_answers"),
    path("<uuid:pk>/vraag/", clarifying.clarify, name="clarify"),
    path("<uuid:pk>/vraag/<uuid:question>/", clarifying.reword, name="reword"),
    path("<uuid:pk>/overzicht/", result.result, name="result"),
    path("<uuid:pk>/breed/", result.widen, name="widen"),
    path("<uuid:pk>/afronden/", result.finish, name="finish"),
    path("<uuid:pk>/heropenen/", result.reopen, name="reopen"),
]
