"""Addresses of what goes on paper, and of typing in what came back on it."""

from django.urls import path

from doorverwijzing.printing import views

urlpatterns = [
    path("doorverwijzing/<uuid:pk>/pakket-pdf/", views.packet, name="packet_pdf"),
    path("doorverwijzing/<uuid:pk>/toestemming-pdf/", views.consent, name="consent_pdf"),
    path("op-papier/", views.blanks, name="paper_forms"),
    path("op-papier/<str:code>/", views.type_in, name="paper_type_in"),
    path("op-papier/<str:code>/afdrukken/", views.blank, name="paper_blank"),
]
