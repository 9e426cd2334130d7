"""Addresses of members and invitations."""

from django.urls import path

from organisaties import absence_views, door_views, views

app_name = "organisaties"
urlpatterns = [
    path("", views.members, name="members"),
    path("uitnodiging/<str:token>/", views.accept, name="accept"),
    path("<str:pk>/", views.members, name="members"),
    path("<str:pk>/deur/", door_views.door, name="door"),
    path("<str:pk>/<int:user>/tweede-stap/", door_views.take_second_step_away, name="second_step"),
    path("<str:pk>/uitnodigen/", views.invite, name="invite"),
    path("<str:pk>/uitnodiging/<uuid:invitation>/opnieuw/", views.send_again, name="send_again"),
    path("<str:pk>/uitnodiging/<uuid:invitation>/intrekken/", views.withdraw, name="withdraw"),
    path("<str:pk>/<int:user>/wijzigen/", views.change, name="change"),
    path("<str:pk>/<int:user>/stoppen/", views.leave, name="leave"),
    path("<str:pk>/<int:user>/weg/", absence_views.away, name="away"),
    path("<str:pk>/<int:user>/weg/<uuid:noted>/terug/", absence_views.back, name="back"),
]
