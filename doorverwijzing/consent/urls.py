"""Addresses of the yes: asked by code or again, shown later, taken back, and shared without one."""

from django.urls import path

from doorverwijzing.consent.views import overrides, saying_yes, taking_back

urlpatterns = [
    path("doorverwijzing/<uuid:pk>/ja/", saying_yes.say_yes, name="say_yes"),
    path("doorverwijzing/<uuid:pk>/ja/code/", saying_yes.by_code, name="yes_by_code"),
    path("doorverwijzing/<uuid:pk>/ja/opnieuw/", saying_yes.ask_again, name="ask_again"),
    path("doorverwijzing/<uuid:pk>/ja/getoond/", saying_yes.proof, name="proof"),
    path("doorverwijzing/<uuid:pk>/ja/getoond/<uuid:proof>/", saying_yes.scan, name="proof_scan"),
    path("doorverwijzing/<uuid:pk>/zonder-ja/", overrides.share_without_yes, name="without_yes"),
    path("doorverwijzing/<uuid:pk>/intrekken/", taking_back.withdraw, name="withdraw"),
    path("clienten/<uuid:card>/intrekken/", taking_back.take_back_everywhere, name="take_back_everywhere"),
    path("ingetrokken/<uuid:pk>/", taking_back.effect, name="effect"),
    path("gegevens/zonder-ja/", overrides.reviews, name="reviews"),
    path("gegevens/zonder-ja/<uuid:pk>/", overrides.review, name="review"),
    path("gegevens/grond/<str:organization>/", overrides.processing, name="processing"),
    path("cijfers/nooit-geopend/", overrides.breadth, name="breadth"),
]
