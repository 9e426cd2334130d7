"""Completing while someone types: every kind, any word, folded accents, and nothing that is hidden."""

import time

import pytest

from search.fresh import sync
from search.page import completion
from search.page.completion import complete
from search.page.names import Name, Names
from sociale_kaart.models import Service
from tests.factories.search import listing

pytestmark = pytest.mark.django_db


def labels(text, kind=None):
    """Give what is offered, of one kind or of all."""
    return [one.label for one in complete(text) if kind in {None, one.kind}]


def test_each_kind_is_offered(vocabulary):
    listing("Wonen met hulp", organization__name="Woonhuis", summary="woonbegeleiding")

    assert labels("woon", "word") == ["woonbegeleiding", "woonhuis"]
    assert labels("wone", "need") == ["Wonen"]
    assert labels("wonen", "service") == ["Wonen met hulp"]
    assert labels("woonh", "organization") == ["Woonhuis"]
    assert labels("zedel", "place") == ["Zedelgem"]


def test_the_last_word_is_completed_and_what_stands_before_it_stays():
    listing("Schuldbemiddeling")
    found = {one.kind: one for one in complete("hulp bij schuldb")}

    assert found["word"].text == "hulp bij schuldbemiddeling"
    assert {one.text for one in complete("tolk zede") if one.kind == "place"} == {"tolk Zedelgem"}


@pytest.mark.parametrize("text", ["café", "cafe", "CAFÉ", "buurt", "het buurtc", "buurtcafé het ei", "ei"])
def test_a_name_is_found_by_the_beginning_of_any_word_with_or_without_accents(text):
    listing("Het Buurtcafé Het Ei")
    listing("Café Zonder Grenzen")

    assert labels(text, "service")


def test_a_name_that_begins_like_the_text_stands_first():
    listing("Oud papier halen")
    listing("Papier en post")

    assert labels("papier", "service") == ["Papier en post", "Oud papier halen"]


def test_a_slip_gives_the_word_that_was_meant():
    listing("Psycholoog")

    assert labels("psygoloog") == ["psycholoog"]


@pytest.mark.parametrize(
    "text", ["", " ", "a", "  ;--  ", "\x00", "\u202e", "字" * 300, "x" * 10_000, "🙂🙂", "de het een"]
)
def test_odd_beginnings_are_answered(text):
    listing("Oppas")

    assert isinstance(complete(text), list)


def test_never_more_than_asked_and_no_name_twice():
    for number in range(30):
        listing(f"Oppas {number}")
    found = complete("oppas", size=8)

    assert len(found) == 8
    assert len({(one.kind, one.label, one.url) for one in found}) == 8


@pytest.mark.parametrize("hide", ["service", "organization", "stopped"])
def test_what_is_hidden_is_not_offered_any_more(hide):
    service = listing("Geheime opvang", organization__name="Geheimhuis")
    assert labels("geheim", "service")

    if hide == "service":
        service.live = False
        service.save()
    elif hide == "organization":
        service.organization.live = False
        service.organization.save()
    else:
        service.status = "defunct"
        service.save()
    sync.catch_up()

    assert labels("geheim") == []


def test_a_table_that_is_behind_offers_no_hidden_name(monkeypatch):
    service = listing("Geheime opvang", organization__name="Geheimhuis")
    listing("Geheime tuin", organization__name="Tuinhuis")
    assert len(labels("geheime", "service")) == 2
    monkeypatch.setattr(completion, "READ_WHILE_WAITING", 0)

    Service.objects.get(pk=service.pk).delete()
    sync.catch_up()

    assert labels("geheime", "service") == ["Geheime tuin"]
    assert labels("geheimh", "organization") == []


def test_typing_asks_the_database_nothing(visitor, django_assert_num_queries):
    listing("Oppas")
    visitor.get("/zoeken/aanvullen/?q=opp")

    with django_assert_num_queries(0):
        answer = visitor.get("/zoeken/aanvullen/?q=oppa")

    assert 'role="option"' in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_options_stand_in_named_groups_and_names_are_text(visitor):
    listing("<b>Oppas</b>", organization__name="Oppashuis")
    page = visitor.get("/zoeken/aanvullen/?q=oppas").content.decode()

    assert page.count('role="group"') == 3
    assert 'aria-labelledby="q-service"' in page
    assert "&lt;b&gt;Oppas&lt;/b&gt;" in page
    assert "<b>" not in page


def test_who_asks_for_json_gets_json(visitor):
    service = listing("Oppas")
    answer = visitor.get("/zoeken/aanvullen/?q=oppas", headers={"Accept": "application/json"}).json()

    assert {"kind": "service", "label": "Oppas", "text": "", "url": service.get_absolute_url(), "hint": ""} in answer[
        "completions"
    ]


def test_completing_in_25_000_names_takes_less_than_five_milliseconds():
    names = Names(
        Name("service", str(number), f"Dienst {number % 97} voor {word} en hulp {number}")
        for number, word in enumerate(["wonen", "schulden", "oppas", "tolk", "dagopvang"] * 5000)
    )
    texts = ["di", "dienst 4", "hul", "wonen en h", "dagop", "zzz", "dienst voor tolk 1"]

    started = time.process_time()
    for text in texts * 10:
        names.beginning_with(text, 5)

    assert (time.process_time() - started) / (len(texts) * 10) < 0.005
