"""Addresses of a receiver without an account: the door, and the one question behind it."""

from django.urls import path

from doorverwijzing.guest.views import door, question, together

urlpatterns = [
    path("gast/<str:signature>/", door.door, name="guest_door"),
    path("gast/<str:signature>/code/", door.code, name="guest_code"),
    path("gast/vraag/<uuid:pk>/", question.question, name="guest"),
    path("gast/vraag/<uuid:pk>/aannemen/", question.accept, name="guest_accept"),
    path("gast/vraag/<uuid:pk>/weigeren/", question.refuse, name="guest_refuse"),
    path("gast/vraag/<uuid:pk>/doorgeven/", question.pass_on, name="guest_pass_on"),
    path("gast/vraag/<uuid:pk>/contact/", question.contact, name="guest_contact"),
    path("gast/vraag/<uuid:pk>/overnemen/", question.take_over, name="guest_take_over"),
    path("gast/vraag/<uuid:pk>/starten/", question.start, name="guest_start"),
    path("gast/vraag/<uuid:pk>/afronden/", question.close, name="guest_close"),
    path("gast/vraag/<uuid:pk>/gebruikt/", question.tell_use, name="guest_tell_use"),
    path("gast/vraag/<uuid:pk>/bericht/", question.message, name="guest_message"),
    path("gast/vraag/<uuid:pk>/bijlagen/<uuid:file>/", question.attachment, name="guest_attachment"),
    path("gast/vraag/<uuid:pk>/samen/", together.propose, name="guest_handover"),
    path("gast/vraag/<uuid:pk>/samen/kiezen/", together.choose, name="guest_handover_choose"),
    path("gast/vraag/<uuid:pk>/samen/niet/", together.decline, name="guest_handover_decline"),
    path("gast/vraag/<uuid:pk>/samen/afzeggen/", together.cancel, name="guest_handover_cancel"),
    path("gast/vraag/<uuid:pk>/samen/agenda/", together.invitation, name="guest_handover_invitation"),
    path("gast/vraag/<uuid:pk>/samen/uitkomst/", together.tell, name="guest_handover_outcome"),
    path("gast/vraag/<uuid:pk>/meedoen/", question.join, name="guest_join"),
]
