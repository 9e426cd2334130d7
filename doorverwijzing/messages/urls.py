"""Addresses of messages: writing one with files, ready-made texts, and when mail may come."""

from django.urls import path

from doorverwijzing.messages import views

urlpatterns = [
    path("doorverwijzing/<uuid:pk>/bericht/", views.message, name="message"),
    path("doorverwijzing/<uuid:pk>/bijlagen/<uuid:file>/", views.attachment, name="attachment"),
    path("berichten/teksten/", views.texts, name="message_texts"),
    path("berichten/teksten/<uuid:pk>/", views.text, name="message_text"),
    path("berichten/meldingen/", views.notices, name="notices"),
]
