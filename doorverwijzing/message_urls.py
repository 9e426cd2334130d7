"""Addresses of messages, prints, forms on paper and the read log."""

from django.urls import path

from doorverwijzing.views import messages

urlpatterns = [
    path("doorverwijzing/<uuid:pk>/bericht/", messages.message, name="message"),
    path("doorverwijzing/<uuid:pk>/bijlagen/<uuid:file>/", messages.attachment, name="attachment"),
    path("berichten/teksten/", messages.texts, name="message_texts"),
    path("berichten/teksten/<uuid:pk>/", messages.text, name="message_text"),
    path("berichten/meldingen/", messages.notices, name="notices"),
]
