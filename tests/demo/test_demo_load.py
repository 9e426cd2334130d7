"""The whole demo in one command, twice; and no list that someone opens there is empty."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from core import audit
from core.models import User
from demo.accounts import ACCOUNTS, OPERATOR, PASSWORD, welcome
from demo.cast import BERT, ELS, INE, KARIM, LOTTE, MIEKE, NOOR
from doorverwijzing.live.rules import Stage
from doorverwijzing.models import Handover, Referral
from doorverwijzing.workflow import Status
from organisaties.models import Organization
from organisaties.roles import Role
from sociale_kaart.models import Service
from website.models import HomePage

pytestmark = pytest.mark.django_db

ROOMS = ("sociale_kaart", "organisaties", "gebied", "rechtenverkenning", "leernetwerk", "bewaarde_zoekvragen",
         "clienten", "vraagverheldering", "doorverwijzing", "website")  # fmt: skip

# What stands in each list that an account of the demo can open.
LISTS = {
    LOTTE: {
        "/vandaag/": ("Samira", "Amina", "Tess", "Marek", "Ronny", "Joris", "Yara", "Hamid", "Milan", "Windroos"),
        "/naar-ons/": ("Fatou", "Koen", "Stefaan"), "/door-ons/": ("Luc", "Hilde", "Gerda", "Robin"),
        "/gesprekken/": ("Amina", "Yara"), "/gesprekken/?toon=afgerond": ("Rita",), "/meetekenen/": ("Windroos",),
        "/berichten/teksten/": ("Nog iets nodig", "woensdag"), "/op-papier/": ("/afdrukken/",),
        "/weergave/": ("voedselpakket · Zedelgem",),
    },
    NOOR: {
        "/vandaag/": ("Luc", "Amina"), "/naar-ons/": ("Luc", "Kaatje"), "/door-ons/": ("Joris", "Gerry"),
        "/gesprekken/": ("Gerry",), "/gesprekken/?toon=afgerond": ("Raf",), "/berichten/teksten/": ("Huurcontract",),
    },
    KARIM: {
        "/vandaag/": ("Samira",), "/naar-ons/": ("Hasan", "Patrick"), "/door-ons/": ("Elif",),
        "/gesprekken/": ("Elif",), "/berichten/teksten/": ("Brieven",),
    },
    INE: {
        "/vandaag/": ("Veerle", "Jef"), "/naar-ons/": ("Jef",), "/door-ons/": ("Daria", "Hasan"),
        "/gesprekken/": ("Fien",), "/berichten/teksten/": ("Afrekening",),
    },
    ELS: {
        "/vandaag/": ("Samira",), "/nazicht/": ("Karim",), "/gegevens/": ("Rita", "Josiane"), "/leden/": ("Jonas",),
    },
    BERT: {
        "/verwijsrecht/": ("Onthaal Windroos", "Welzijnsschakel De Hand"), "/netwerk/termijnen/": ('value="60"',),
        "/netwerk/blijft-liggen/": ("Sociaal Huis Jabbeke", "Thuiszorg Lindeboom"),
        "/cijfers/nooit-geopend/": ("Budgethuis De Zeven Knopen",), "/tekorten/": ("Op stuurgroep",),
        "/gezocht/": ("schulden",),
    },
    MIEKE: {
        "/gegevens/": ("Rita",), "/gegevens/zonder-ja/": ("CAW Noord-West-Vlaanderen",), "/nazicht/": ("Karim",),
    },
}  # fmt: skip


def rows_per_table():
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return {model._meta.db_table: model._default_manager.count() for model in models}


def missing_from(account, path, words):
    """Name what does not stand on a page of this account."""
    visitor = Client()
    visitor.force_login(User.objects.get(email=account))
    response = visitor.get(path)
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    shown = main[0] if main else ""
    return [f"{account} {path}: {word} ({response.status_code})" for word in words if word not in shown]


def test_the_demo_loads_and_a_second_time_adds_nothing(client, capsys):
    call_command("demo_load")
    first = rows_per_table()
    call_command("demo_load")

    assert rows_per_table() == first
    assert Service.objects.public().count() >= 160
    assert HomePage.objects.count() == 1
    assert all(Organization.objects.of(user).exists() for user in User.objects.filter(is_superuser=False))
    assert "\nOrganisaties nieuw of gewijzigd: 0" in capsys.readouterr().out
    assert client.get("/").status_code == 200
    assert set(Referral.objects.values_list("status", flat=True)) >= set(Status) - {
        Status.PRESENTED, Status.CONSENT_LAPSED,
    }  # fmt: skip
    assert set(Handover.objects.values_list("stage", flat=True)) == set(Stage) - {Stage.CANCELLED}
    assert not list(audit.verify())
    lists = [(account, path, words) for account, pages in LISTS.items() for path, words in pages.items()]
    assert not [word for account, path, words in lists for word in missing_from(account, path, words)]


def test_the_first_screen_names_the_address_and_an_account_for_every_role():
    shown = welcome("http://127.0.0.1:8044")

    assert "http://127.0.0.1:8044" in shown and PASSWORD in shown and OPERATOR in shown
    for account in ACCOUNTS:
        assert account.what and re.search(rf"{account.email} +{account.what}", shown), account
    assert {role for account in ACCOUNTS for role in account.roles} == set(Role)
