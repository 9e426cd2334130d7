"""Words about time become half-hours of the week."""

from datetime import datetime

import pytest

from search.language.analyser import words
from search.understanding.moments import MomentReader, slot_of, slots_between

NOW = datetime(2026, 11, 25, 10, 30)  # a Wednesday
WEDNESDAY, SATURDAY, SUNDAY = 2, 5, 6


def read(text, now=NOW):
    """Read one question; give the opening and the words that are left."""
    asked = [word for word in words(text) if not word.joined]
    reader = MomentReader(asked, set(range(len(asked))), now)
    opening = reader.read()
    return opening, [word.text for at, word in enumerate(asked) if at not in reader.used]


@pytest.mark.parametrize(
    ("text", "slots", "left"),
    [
        ("dokter nu open", {slot_of(NOW)}, ["dokter"]),
        ("open dokter", {slot_of(NOW)}, ["dokter"]),
        ("dokter zaterdag", slots_between(SATURDAY, 7, 22), ["dokter"]),
        ("dokter zondag", slots_between(SUNDAY, 7, 22), ["dokter"]),
        ("dokter open op zaterdag", slots_between(SATURDAY, 7, 22), ["dokter"]),
        ("dokter zaterdagvoormiddag", slots_between(SATURDAY, 8, 12), ["dokter"]),
        ("dokter zaterdag voormiddag", slots_between(SATURDAY, 8, 12), ["dokter"]),
        ("dokter vanavond", slots_between(WEDNESDAY, 18, 22), ["dokter"]),
        ("dokter in het weekend", slots_between(SATURDAY, 7, 22) | slots_between(SUNDAY, 7, 22), ["dokter"]),
        ("dokter om 20 uur woensdag", slots_between(WEDNESDAY, 20, 20.5), ["dokter"]),
        ("bed vannacht", slots_between(WEDNESDAY, 23, 30), ["bed"]),
        ("hulp 24/7", {6}, ["hulp"]),
        ("doctor open now", {slot_of(NOW)}, ["doctor"]),
        ("doctor on saturday", slots_between(SATURDAY, 7, 22), ["doctor"]),
        ("médecin dimanche matin", slots_between(SUNDAY, 6, 12), ["medecin"]),
        ("hulp dag en nacht", {6}, ["hulp"]),
        ("hulp 24/24", {6}, ["hulp"]),
        ("hulp 7 op 7", {6}, ["hulp"]),
        ("dokter morgenavond", slots_between(3, 18, 22), ["dokter"]),
        ("eten 's middags", frozenset().union(*(slots_between(day, 12, 14) for day in range(7))), ["eten"]),
        ("loket open na 17", frozenset().union(*(slots_between(day, 17, 21) for day in range(5))), ["loket"]),
        ("loket na het werk", frozenset().union(*(slots_between(day, 17, 21) for day in range(5))), ["loket"]),
        ("loket over de middag", frozenset().union(*(slots_between(day, 12.5, 13) for day in range(5))), ["loket"]),
    ],
)
def test_a_moment_is_understood_and_taken_out(text, slots, left):
    opening, rest = read(text)

    assert opening.slots == frozenset(slots)
    assert rest == left


@pytest.mark.parametrize("text", ["as van de open haard", "een open brief schrijven"])
def test_what_a_thing_is_like_is_no_opening_hour(text):
    assert read(text)[0] is None


def test_tomorrow_is_the_next_day():
    assert read("tandarts morgen")[0].slots == slots_between(WEDNESDAY + 1, 7, 22)


@pytest.mark.parametrize(
    "text", ["wie kan ik dag en nacht bellen over zelfmoord", "waar is er nu nog een dokter bereikbaar"]
)
def test_in_a_long_question_a_time_counts_where_something_is_to_be_reached(text):
    assert read(text)[0] is not None


def test_evenings_mean_every_evening():
    assert len(read("les 's avonds")[0].slots) == 7 * 8


def test_after_midnight_a_night_belongs_to_the_next_day():
    assert max(slots_between(SUNDAY, 23, 30)) < 7 * 48
    assert 0 in slots_between(SUNDAY, 23, 30)


@pytest.mark.parametrize(
    "text",
    [
        "dokter",
        "avondschool",
        "nachtopvang",
        "weekendwerk",
        "huis nummer 8",
        "1733",
        "huis voor 5 kinderen",
        "wat nu",
        "ik ben nu alleen",
        "hij zit dag en nacht achter zijn scherm",
        "mijn broer kan nergens heen nu mama dood is",
    ],
)
def test_words_that_only_look_like_time_are_left_alone(text):
    assert read(text)[0] is None
