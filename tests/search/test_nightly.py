"""The night forgets, hides the order of the day, and lets what people open lift a service a little."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from search.find import search
from search.fresh import nightly
from search.listening import tally
from search.models import Asked, Change, GapWords, Opened, Popularity
from search.query import SearchQuery
from search.records import popularity
from tests.factories.search import listing, need

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    """Give the day."""
    return timezone.localdate()


def asked(text, day, times=1):
    """Count a question on a day."""
    tally.write([tally.asked(tally.Question(day, text), again=False, total=1, milliseconds=5)] * times)


def opened(service, day, times):
    """Count that a service was opened on a day."""
    tally.write([tally.Note(tally.Choice(day, str(service.pk)), {"times": times})])


def test_counts_are_kept_for_180_days(today):
    for days in (0, 179, 180, 181, 400):
        asked("oppas", today - timedelta(days=days))
        tally.write([tally.Note(tally.Choice(today - timedelta(days=days), "x"), {"times": 1})])

    assert nightly.forget(today) == 4
    assert {(today - row.day).days for row in Asked.objects.all()} == {0, 179, 180}
    assert {(today - row.day).days for row in Opened.objects.all()} == {0, 179, 180}


def test_words_of_a_report_are_kept_for_a_year(today):
    for days in (10, 380):
        GapWords.objects.create(need=need("housing"), month=today - timedelta(days=days), words=f"kamer {days}")
    nightly.forget(today)

    assert [row.words for row in GapWords.objects.all()] == ["kamer 10"]


def test_after_the_night_a_day_lies_in_the_order_of_its_words(today):
    yesterday = today - timedelta(days=1)
    for text in ("tolk", "oppas", "schulden"):
        asked(text, yesterday, times=2)
    before = {row.text: (row.pk, row.times) for row in Asked.objects.all()}
    nightly.lay_anew(today)

    assert {row.text: (row.pk, row.times) for row in Asked.objects.all()} == before
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT text FROM search_asked ORDER BY rowid")
            assert [text for (text,) in cursor.fetchall()] == ["oppas", "schulden", "tolk"]


@pytest.mark.parametrize(("times", "lift"), [(0, 0), (4, 0), (5, 0.25), (20, 0.5), (200, 1), (100_000, 1)])
def test_the_lift_of_being_opened_has_a_floor_and_a_ceiling(times, lift):
    assert popularity.lift(times) == lift


def test_what_people_open_stands_a_little_higher(places, today):
    first, second = sorted((listing("Oppas"), listing("Oppas")), key=lambda service: str(service.pk))
    search(SearchQuery("oppas"))
    opened(second, today, 60)
    opened(first, today - timedelta(days=91), 60)
    call_command("search_nightly")

    assert [row.service_id for row in Popularity.objects.all()] == [str(second.pk)]
    assert [hit.key for hit in search(SearchQuery("oppas")).hits] == [str(second.pk), str(first.pk)]


def test_only_services_whose_lift_changed_are_read_again(places, today):
    service = listing("Oppas")
    opened(service, today, 20)
    assert nightly.weigh(today) == 1
    changes = Change.objects.count()
    opened(service, today, 1)

    assert nightly.weigh(today) == 0
    assert Change.objects.count() == changes
    assert nightly.weigh(today + timedelta(days=100)) == 1
    assert not Popularity.objects.exists()


def test_what_is_no_service_of_ours_gets_no_lift(places, today):
    tally.write([tally.Note(tally.Choice(today, "made-up"), {"times": 100})])

    assert nightly.weigh(today) == 0
