"""Addresses of a worker's day and of referrals; each room below adds its own, under the same names."""

from django.urls import include, path

from doorverwijzing.views import keeping, open_tab, receiver, sending, work

app_name = "doorverwijzing"
urlpatterns = [
    path("", include("doorverwijzing.clock.urls")),
    path("vandaag/", work.my_day, name="today"),
    path("naar-ons/", work.inbox, name="inbox"),
    path("door-ons/", work.outbox, name="outbox"),
    path("vragen/<uuid:question>/zoeken/", sending.search, name="search"),
    path("vragen/<uuid:question>/naar/<str:service>/", sending.choose_service, name="choose_service"),
    path("doorverwijzing/<uuid:pk>/", work.referral, name="referral"),
    path("doorverwijzing/open/<str:given>/", open_tab.look, name="open_tab"),
    path("doorverwijzing/<uuid:pk>/delen/", sending.share, name="share"),
    path("", include("doorverwijzing.consent.urls")),
    path("doorverwijzing/<uuid:pk>/terug/", sending.back_to_choices, name="back_to_choices"),
    path("doorverwijzing/<uuid:pk>/verder/", sending.settle, name="settle"),
    path("doorverwijzing/<uuid:pk>/antwoord/", sending.answer, name="answer"),
    path("", include("doorverwijzing.messages.urls")),
    path("", include("doorverwijzing.printing.urls")),
    path("doorverwijzing/<uuid:pk>/aannemen/", receiver.accept, name="accept"),
    path("doorverwijzing/<uuid:pk>/weigeren/", receiver.refuse, name="refuse"),
    path("doorverwijzing/<uuid:pk>/doorgeven/", receiver.pass_on, name="pass_on"),
    path("doorverwijzing/<uuid:pk>/contact/", receiver.contact, name="contact"),
    path("doorverwijzing/<uuid:pk>/starten/", receiver.start, name="start"),
    path("doorverwijzing/<uuid:pk>/afronden/", receiver.close, name="close"),
    path("doorverwijzing/<uuid:pk>/overzicht/", keeping.keep, name="keep_overview"),
    path("doorverwijzing/<uuid:pk>/gebruikt/", keeping.tell_use, name="tell_use"),
    path("", include("doorverwijzing.live.urls")),
    path("", include("doorverwijzing.guest.urls")),
    path("", include("doorverwijzing.ways.urls")),
    path("", include("doorverwijzing.client.urls")),
]
