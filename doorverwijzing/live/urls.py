"""Addresses of a live handover, below its referral; included under the same names as the rest."""

from django.urls import path

from doorverwijzing.live import views

urlpatterns = [
    path("doorverwijzing/<uuid:pk>/samen/", views.propose, name="handover"),
    path("doorverwijzing/<uuid:pk>/samen/kiezen/", views.choose, name="handover_choose"),
    path("doorverwijzing/<uuid:pk>/samen/niet/", views.decline, name="handover_decline"),
    path("doorverwijzing/<uuid:pk>/samen/afzeggen/", views.cancel, name="handover_cancel"),
    path("doorverwijzing/<uuid:pk>/samen/agenda/", views.invitation, name="handover_invitation"),
    path("doorverwijzing/<uuid:pk>/samen/uitkomst/", views.tell, name="handover_outcome"),
    path("leden/werkuren/<str:organization>/", views.hours, name="working_hours"),
]
