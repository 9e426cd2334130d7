"""Addresses of the other ways of referring, inside the namespace of the room."""

from django.urls import path

from doorverwijzing.ways.views import referrers, roads

urlpatterns = [
    path("meetekenen/", roads.to_sign, name="to_sign"),
    path("meetekenen/<uuid:pk>/", roads.sign, name="sign"),
    path("verwijsrecht/", referrers.referrers, name="referrers"),
    path("verwijsrecht/<uuid:pk>/weg/", referrers.drop, name="drop_right"),
    path("verwijsrecht/overleg/<uuid:pk>/", referrers.review, name="review_consultation"),
    path("vragen/<uuid:question>/wegen/", roads.ways, name="ways"),
    path("doorverwijzing/<uuid:pk>/overleg/", roads.consult, name="consult"),
    path("doorverwijzing/<uuid:pk>/mee-tekenen/", roads.ask_signature, name="ask_signature"),
    path("doorverwijzing/<uuid:pk>/overdracht/", roads.transferring, name="transfer"),
    path("doorverwijzing/<uuid:pk>/overdracht/niet/", roads.plain_again, name="plain_again"),
    path("doorverwijzing/<uuid:pk>/overdracht/loslaten/", roads.let_go, name="let_go"),
    path("doorverwijzing/<uuid:pk>/brug/", roads.bridge, name="bridge"),
    path("doorverwijzing/<uuid:pk>/verder-verwijzen/", roads.refer_on, name="refer_on"),
]
