"""Addresses of client cards."""

from django.urls import path

from clienten import read_log_views, views
from clienten.incidents import views as incidents
from clienten.rights_of_subject import views as rights

app_name = "clienten"
urlpatterns = [
    path("clienten/<uuid:pk>/", views.card, name="card"),
    path("clienten/<uuid:pk>/wijzigen/", views.change, name="change"),
    path("clienten/<uuid:pk>/vraag-over-gegevens/", views.ask, name="ask"),
    path("gegevens/", rights.requests, name="subjects"),
    path("gegevens/voorvallen/", incidents.overview, name="incidents"),
    path("gegevens/voorvallen/<uuid:pk>/", incidents.one, name="incident"),
    path("gegevens/voorvallen/nieuw/<str:pk>/", incidents.note, name="note_incident"),
    path("gegevens/bewaren/<str:pk>/", rights.keeping, name="keeping"),
    path("gegevens/leeslog/<str:pk>/", read_log_views.overview, name="read_log"),
    path("gegevens/leeslog/<str:pk>/bestand/csv/", read_log_views.give, {"kind": "csv"}, name="read_log_csv"),
    path("gegevens/leeslog/<str:pk>/bestand/json/", read_log_views.give, {"kind": "json"}, name="read_log_json"),
    path("clienten/<uuid:pk>/gegevens/", rights.subject, name="subject"),
    path("clienten/<uuid:pk>/gegevens/vraag/", rights.note, name="note_request"),
    path("clienten/<uuid:pk>/gegevens/vraag/<uuid:one>/", rights.answer, name="answer_request"),
    path("clienten/<uuid:pk>/gegevens/bestand/<str:kind>/", rights.give, name="give_file"),
    path("clienten/<uuid:pk>/gegevens/verbeteren/", rights.correct, name="correct"),
    path("clienten/<uuid:pk>/gegevens/bewaren/", rights.hold, name="hold"),
    path("clienten/<uuid:pk>/gegevens/wissen/", rights.wipe, name="erase"),
]
