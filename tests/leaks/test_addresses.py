"""No address of the site tells an outsider anything, whatever the role, the thing and the method."""

import os

import pytest
from django.db import transaction

from core.models import AuditEvent
from tests.leaks.files import text_of
from tests.leaks.roads import roads

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OFTEN, ONE_IN = ("GET", "POST"), 6
# `make faults` lets everyone try everything.
EVERYTHING = bool(os.environ.get("LONG_RUN"))
DENIED = {403, 404}
# Who watches over the people of every partner manages them; nothing of a client is behind these addresses.
KNOW_COLLEAGUES = {"operator", "network_coordinator elsewhere", "network_coordinator of both sides"}
WATCHED_OVER = ("leden/", "verwijsrecht/", "gezondheid/")
# Who keeps a listing answers what a colleague said about it.
KEEP_LISTINGS, ABOUT_LISTINGS = KNOW_COLLEAGUES | {"listing_editor of both sides"}, "fiches/"
ABOUT_WORDS = "zoekwoorden/"
# What they hold of a person is of a colleague; that nobody else reads a saved search is told in its own tests.
ROOMS_OF_COLLEAGUES = {"core", "organisaties", "bewaarde_zoekvragen", "sociale_kaart"}
# Read by whoever carries the secret in them; without it they are nobody's.
BY_SECRET = {"leden/uitnodiging/<str:token>/", "volg/<str:code>/"}


def ask(browser, method, path):
    """Ask something and take back what it did."""
    with transaction.atomic():
        response = browser.generic(method, path)
        transaction.set_rollback(True)
    return response


def said(response):
    """Give everything that an answer says: its headers, its cookies and its page, or the text of its PDF."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    content = text_of(content).encode() if content.startswith(b"%PDF") else content
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{head}\n{response.cookies.output()}\n".encode() + content


def of_clients(homes):
    """Keep what is about clients."""
    return {home for home in homes if home.partition(".")[0] not in ROOMS_OF_COLLEAGUES}


def test_every_personal_field_holds_a_canary(world):
    assert world.aviary.silent() == [], (
        "These personal fields hold no canary: let tests/leaks/world.py make such a row."
    )


def hidden(world):
    """Give the addresses behind which an outsider may find nothing at all."""
    known = BY_SECRET | {road.name for road in roads(world.sender.pk) if road.name.startswith(ABOUT_WORDS)}
    return [road for road in roads(world.sender.pk) if road.private and road.ours and road.name not in known]


def tried(world, method, number):
    """Give who tries an address: everyone, or for a rare method one in six, other ones at each address."""
    people = list(world.outsiders.items())
    return people if method in OFTEN or EVERYTHING else people[number % ONE_IN :: ONE_IN]


@pytest.mark.parametrize("method", METHODS)
def test_an_outsider_finds_nothing_behind_any_private_address(world, method, settings):
    settings.ROOT_URLCONF = "tests.leaks.bare_urls"
    before, wrong = AuditEvent.objects.count(), {}
    for number, road in enumerate(hidden(world)):
        for who, browser in tried(world, method, number):
            response = ask(browser, method, road.path)
            heard = world.aviary.heard(said(response))
            does_their_work = works_with(who, road)
            if (heard and not does_their_work) or of_clients(heard):
                wrong[f"{method} {road.name} {who}"] = heard
            elif not (does_their_work or is_denied(response, browser, method, road)):
                wrong[f"{method} {road.name} {who}"] = response.status_code

    assert told(wrong) == ""
    assert AuditEvent.objects.count() == before


def works_with(who, road):
    """Tell whether this outsider, without any question of a client, has work at this address."""
    if road.name.startswith(ABOUT_LISTINGS):
        return who in KEEP_LISTINGS
    return who in KNOW_COLLEAGUES and (road.name.startswith(WATCHED_OVER) or "<uuid:" not in road.name)


def is_denied(response, browser, method, road):
    """Tell whether an answer says no. A method that no row accepts says nothing of this one."""
    if response.status_code == 302:
        return response["Location"].startswith("/account/")
    if response.status_code == 405:
        return ask(browser, method, road.nowhere).status_code == 405
    return response.status_code in DENIED


def told(wrong):
    """Say what went wrong, one line each."""
    return "\n".join(f"{where}: {what}" for where, what in wrong.items())
