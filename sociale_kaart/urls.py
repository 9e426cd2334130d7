"""The pages of the catalogue: for everyone, and the list of who keeps listings."""

from django.urls import path

from sociale_kaart import correction_views, keeping_views, views

app_name = "sociale_kaart"
urlpatterns = [
    path("dienst/<str:pk>/", views.service, name="service"),
    path("dienst/<str:pk>/kaartje/", views.card, name="card"),
    path("dienst/<str:pk>/verbetering/", correction_views.tell, name="correct"),
    path("organisatie/<str:pk>/", views.organization, name="organization"),
    path("organisatie/<str:pk>/kaartje/", views.organization_card, name="organization_card"),
    path("organisaties/", views.organizations, name="organizations"),
    path("fiches/", keeping_views.listings, name="listings"),
    path("fiches/verbetering/<uuid:pk>/", correction_views.close, name="close_correction"),
]
