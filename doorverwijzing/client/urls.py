"""Addresses of the person's own pages: the yes on the own device, the question; and of the worker who answers there."""

from django.urls import path

from doorverwijzing.client.views import own_device, page, sheet, side

urlpatterns = [
    path("doorverwijzing/<uuid:pk>/bewijs/", sheet.receipt, name="receipt"),
    path("doorverwijzing/<uuid:pk>/bewijs-pdf/", sheet.receipt_pdf, name="receipt_pdf"),
    path("doorverwijzing/<uuid:pk>/bericht-aan/", side.write, name="write_to_client"),
    path("doorverwijzing/<uuid:pk>/opgevolgd/", side.handled, name="answer_handled"),
    path("ja/", own_device.enter, name="yes_enter"),
    path("ja/keuze/", own_device.choose, name="yes_own"),
    path("ja/<str:code>/", own_device.scan, name="yes_scan"),
    path("volg/", page.enter, name="enter"),
    path("volg/vraag/", page.status, name="client_page"),
    path("volg/vraag/antwoord/", page.answer, name="client_answer"),
    path("volg/vraag/terugnemen/", page.take_back, name="take_back"),
    path("volg/vraag/bericht/", page.write, name="client_write"),
    path("volg/weg/", page.leave, name="leave_fast"),
    path("volg/<str:code>/", page.scan, name="scan"),
]
