"""Addresses of the other ways of referring, inside the namespace of the room."""

from django.urls import path

from doorverwijzing.views import referrers, ways

urlpatterns = [
    path("meetekenen/", ways.to_sign, name="to_sign"),
    path("meetekenen/<uuid:pk>/", ways.sign, name="sign"),
    path("verwijsrecht/", referrers.referrers, name="referrers"),
    path("verwijsrecht/<uuid:pk>/weg/", referrers.drop, name="drop_right"),
    path("verwijsrecht/overleg/<uuid:pk>/", referrers.review, name="review_consultation"),
    path("vragen/<uuid:question>/wegen/", ways.ways, name="ways"),
    path("doorverwijzing/<uuid:pk>/overleg/", ways.consult, name="consult"),
    path("doorverwijzing/<uuid:pk>/mee-tekenen/", ways.ask_signature, name="ask_signature"),
    path("doorverwijzing/<uuid:pk>/overdracht/", ways.transferring, name="transfer"),
    path("doorverwijzing/<uuid:pk>/overdracht/niet/", ways.plain_again, name="plain_again"),
    path("doorverwijzing/<uuid:pk>/overdracht/loslaten/", ways.let_go, name="let_go"),
    path("doorverwijzing/<uuid:pk>/brug/", ways.bridge, name="bridge"),
    path("doorverwijzing/<uuid:pk>/verder-verwijzen/", ways.refer_on, name="refer_on"),
]
