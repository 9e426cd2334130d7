"""The whole demo in one command, twice."""

import pytest
from django.apps import apps
from django.core.management import call_command

from core.models import User
from doorverwijzing.models import Referral
from organisaties.models import Organization
from sociale_kaart.models import Service
from website.models import HomePage

pytestmark = pytest.mark.django_db

ROOMS = ("sociale_kaart", "organisaties", "gebied", "rechtenverkenning", "leernetwerk", "clienten", "vraagverheldering",
         "doorverwijzing", "website")  # fmt: skip


def rows_per_table():
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return {model._meta.db_table: model._default_manager.count() for model in models}


def test_the_demo_loads_and_a_second_time_adds_nothing(client, capsys):
    call_command("demo_load")
    first = rows_per_table()
    call_command("demo_load")

    assert rows_per_table() == first
    assert Service.objects.public().count() >= 160
    assert HomePage.objects.count() == 1
    assert Referral.objects.exists()
    assert all(Organization.objects.of(user).exists() for user in User.objects.filter(is_superuser=False))
    assert "0 organizations new or changed" in capsys.readouterr().out
    assert client.get("/").status_code == 200
