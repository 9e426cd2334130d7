"""Whoever sees something of a client is in the read log: a page that shows a canary has written down who looked."""

import pytest
from django.core.cache import cache
from django.db import transaction

from core.models import AuditEvent
from tests.leaks.roads import roads
from tests.leaks.test_addresses import of_clients, said, told
from tests.leaks.world import ONE_ID

pytestmark = pytest.mark.django_db
# Lists show the first name and the subject of what a team works on; opening a row is what is written down.
LISTS = {"vandaag/", "naar-ons/", "door-ons/", "gesprekken/", "gegevens/", "gegevens/bewaren/<str:pk>/"}
# What is written down instead of a reading: a file that is given out, an access with a reason.
AS_MUCH_AS_READING = (".read", "_read", ".exported")
# Where someone is looked up or chosen: a method, an address, and what is typed there.
ASKED = [
    ("get", f"/gesprekken/nieuw/?persoon={ONE_ID}", {}),
    ("post", f"/gesprekken/nieuw/?persoon={ONE_ID}", {"look": "1"}),
    ("post", f"/gesprekken/nieuw/?persoon={ONE_ID}", {"road": "help"}),
    ("post", "/gesprekken/nieuw/", {"look": "1", "first_name": "knry"}),
    ("get", f"/vragen/{ONE_ID}/zoeken/?q=huur", {}),
    ("get", f"/doorverwijzing/{ONE_ID}/?kant=ontvanger", {}),
    ("get", f"/doorverwijzing/{ONE_ID}/?tekst={ONE_ID}", {}),
]


def test_every_page_that_shows_a_client_writes_down_who_looked(world, settings):
    settings.ROOT_URLCONF = "tests.leaks.bare_urls"
    unwritten, shown = {}, set()
    for road in roads(world.sender.pk):
        if not road.ours or road.name in LISTS:
            continue
        for who in ("sender", "receiver", "privacy"):
            heard, lines = look(world, world.insiders[who], road.path)
            if heard:
                shown.add(road.name)
            if heard and not lines:
                unwritten[f"{road.name} {who}"] = sorted(heard)

    assert told(unwritten) == "", "These pages show something of a client and write down nobody: use logs_reading."
    assert {"clienten/<uuid:pk>/", "doorverwijzing/<uuid:pk>/", "gesprekken/<uuid:pk>/"} <= shown
    assert {f"doorverwijzing/<uuid:pk>/{sheet}-pdf/" for sheet in ("bewijs", "pakket", "toestemming")} <= shown


@pytest.mark.parametrize("who", ["sender", "receiver", "privacy"])
def test_a_page_that_answers_what_was_pressed_writes_down_who_looked(world, who, settings):
    settings.ROOT_URLCONF = "tests.leaks.bare_urls"
    unwritten, shown = {}, set()
    for road in roads(world.sender.pk):
        if not road.ours or road.name in LISTS:
            continue
        heard, lines = look(world, world.insiders[who], road.path, "post")
        if heard:
            shown.add(road.name)
        if heard and not lines:
            unwritten[road.name] = sorted(heard)

    assert told(unwritten) == "", "These pages answer a press with something of a client and write down nobody."
    assert shown or who == "privacy"


@pytest.mark.parametrize(("method", "path", "typed"), ASKED, ids=lambda part: str(part)[:40])
def test_who_looks_someone_up_is_written_down(world, method, path, typed):
    found = {who: look(world, world.insiders[who], path, method, typed) for who in ("sender", "receiver")}

    assert any(heard for heard, _lines in found.values())
    assert {who: sorted(heard) for who, (heard, lines) in found.items() if heard and not lines} == {}


def look(world, browser, path, method="get", typed=None):
    """Open a page; give what of clients stood in it, and the lines of the read log that it wrote."""
    cache.clear()
    with transaction.atomic():
        before = AuditEvent.objects.count()
        response = getattr(browser, method)(path, typed or {})
        heard = of_clients(world.aviary.heard(said(response)))
        new = AuditEvent.objects.order_by("sequence").values_list("action", flat=True)[before:]
        lines = [action for action in new if action.endswith(AS_MUCH_AS_READING)]
        transaction.set_rollback(True)
    return heard, lines
