"""Addresses of a worker's day, of referrals, and of the client page."""

from django.urls import include, path

from doorverwijzing.views import client_page, guest, guest_door, keeping, receiver, sending, work

app_name = "doorverwijzing"
urlpatterns = [
    path("vandaag/", work.my_day, name="today"),
    path("naar-ons/", work.inbox, name="inbox"),
    path("door-ons/", work.outbox, name="outbox"),
    path("vragen/<uuid:question>/zoeken/", sending.search, name="search"),
    path("vragen/<uuid:question>/naar/<str:service>/", sending.choose_service, name="choose_service"),
    path("doorverwijzing/<uuid:pk>/", work.referral, name="referral"),
    path("doorverwijzing/<uuid:pk>/delen/", sending.share, name="share"),
    path("doorverwijzing/<uuid:pk>/ja/", sending.say_yes, name="say_yes"),
    path("doorverwijzing/<uuid:pk>/terug/", sending.back_to_choices, name="back_to_choices"),
    path("doorverwijzing/<uuid:pk>/bewijs/", sending.receipt, name="receipt"),
    path("doorverwijzing/<uuid:pk>/intrekken/", sending.withdraw, name="withdraw"),
    path("doorverwijzing/<uuid:pk>/verder/", sending.settle, name="settle"),
    path("doorverwijzing/<uuid:pk>/antwoord/", sending.answer, name="answer"),
    path("", include("doorverwijzing.message_urls")),
    path("doorverwijzing/<uuid:pk>/aannemen/", receiver.accept, name="accept"),
    path("doorverwijzing/<uuid:pk>/weigeren/", receiver.refuse, name="refuse"),
    path("doorverwijzing/<uuid:pk>/doorgeven/", receiver.pass_on, name="pass_on"),
    path("doorverwijzing/<uuid:pk>/contact/", receiver.contact, name="contact"),
    path("doorverwijzing/<uuid:pk>/starten/", receiver.start, name="start"),
    path("doorverwijzing/<uuid:pk>/afronden/", receiver.close, name="close"),
    path("doorverwijzing/<uuid:pk>/overzicht/", keeping.keep, name="keep_overview"),
    path("doorverwijzing/<uuid:pk>/gebruikt/", keeping.tell_use, name="tell_use"),
    path("", include("doorverwijzing.live.urls")),
    path("gast/<str:signature>/", guest_door.door, name="guest_door"),
    path("gast/<str:signature>/code/", guest_door.code, name="guest_code"),
    path("gast/vraag/<uuid:pk>/", guest.question, name="guest"),
    path("gast/vraag/<uuid:pk>/aannemen/", guest.accept, name="guest_accept"),
    path("gast/vraag/<uuid:pk>/weigeren/", guest.refuse, name="guest_refuse"),
    path("gast/vraag/<uuid:pk>/doorgeven/", guest.pass_on, name="guest_pass_on"),
    path("gast/vraag/<uuid:pk>/contact/", guest.contact, name="guest_contact"),
    path("gast/vraag/<uuid:pk>/starten/", guest.start, name="guest_start"),
    path("gast/vraag/<uuid:pk>/afronden/", guest.close, name="guest_close"),
    path("gast/vraag/<uuid:pk>/bericht/", guest.message, name="guest_message"),
    path("gast/vraag/<uuid:pk>/meedoen/", guest.join, name="guest_join"),
    path("", include("doorverwijzing.ways_urls")),
    path("volg/", client_page.enter, name="enter"),
    path("volg/vraag/", client_page.status, name="client_page"),
    path("volg/vraag/antwoord/", client_page.answer, name="client_answer"),
    path("volg/vraag/terugnemen/", client_page.take_back, name="take_back"),
    path("volg/<str:code>/", client_page.scan, name="scan"),
]
