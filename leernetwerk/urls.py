"""The one address of this room that is not a page: what a colleague thinks of a guide."""

from django.urls import path

from leernetwerk import views

app_name = "leernetwerk"
urlpatterns = [path("<int:pk>/nuttig/", views.judge, name="judge")]
