"""Whoever sees something of a client is in the read log: a page that shows a canary has written down who looked."""

import pytest
from django.db import transaction

from core.models import AuditEvent
from tests.leaks.roads import roads
from tests.leaks.test_addresses import of_clients, said, told

pytestmark = pytest.mark.django_db
# Lists show the first name and the subject of what a team works on; opening a row is what is written down.
LISTS = {"vandaag/", "naar-ons/", "door-ons/", "gesprekken/", "gegevens/", "gegevens/bewaren/<str:pk>/"}
# What is written down instead of a reading: a file that is given out, an access with a reason.
AS_MUCH_AS_READING = (".read", "_read", ".exported")


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


def look(world, browser, path):
    """Open a page; give what of clients stood in it, and the lines of the read log that it wrote."""
    with transaction.atomic():
        before = AuditEvent.objects.count()
        response = browser.get(path)
        heard = of_clients(world.aviary.heard(said(response)))
        new = AuditEvent.objects.order_by("sequence").values_list("action", flat=True)[before:]
        lines = [action for action in new if action.endswith(AS_MUCH_AS_READING)]
        transaction.set_rollback(True)
    return heard, lines
