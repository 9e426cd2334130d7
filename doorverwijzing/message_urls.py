"""Addresses of messages, prints and forms on paper."""

from django.urls import path

from doorverwijzing.views import messages, printing

urlpatterns = [
    path("doorverwijzing/<uuid:pk>/bericht/", messages.message, name="message"),
    path("doorverwijzing/<uuid:pk>/bijlagen/<uuid:file>/", messages.attachment, name="attachment"),
    path("doorverwijzing/<uuid:pk>/pakket-pdf/", printing.packet, name="packet_pdf"),
    path("doorverwijzing/<uuid:pk>/toestemming-pdf/", printing.consent, name="consent_pdf"),
    path("berichten/teksten/", messages.texts, name="message_texts"),
    path("berichten/teksten/<uuid:pk>/", messages.text, name="message_text"),
    path("berichten/meldingen/", messages.notices, name="notices"),
    path("op-papier/", printing.blanks, name="paper_forms"),
    path("op-papier/<str:code>/", printing.type_in, name="paper_type_in"),
    path("op-papier/<str:code>/afdrukken/", printing.blank, name="paper_blank"),
]
