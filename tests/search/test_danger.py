"""Words of danger put help lines on top, whatever the catalogue holds, and also while search is away."""

from datetime import datetime

import pytest

from search.engines import index
from search.engines.base import EngineDownError
from search.rules.synonyms import seed_table
from search.understanding.planner import Planner
from search.understanding.vocabulary import Vocabulary
from tests.factories.search import listing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 10, 30)


@pytest.fixture
def get(visitor):
    """Ask the page as a visitor."""
    return lambda query="", **headers: visitor.get(f"/zoeken/{query}", **headers)


@pytest.fixture
def needs(vocabulary):
    """Have the sixteen needs."""


@pytest.fixture
def away(monkeypatch):
    """Let the index be away."""

    def gone():
        raise EngineDownError("no index yet")

    monkeypatch.setattr(index, "engine", gone)


def text_of(response):
    """Give the page as text with single spaces."""
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("keel dichtgeknepen", "violence"), ("hij wil zich iets aandoen", "suicide"),
        ("kwil nie mier leven", "suicide"), ("ik zie het niemeer zitten", "suicide"), ("mieren in huis", ""),
        ("geen slaapplaats vannacht", "shelter"), ("nieuwe fiets", ""),
    ],
)  # fmt: skip
def test_danger_is_noticed_also_where_no_listing_speaks_of_it(known, text, kind):
    nothing = Planner(Vocabulary({}, {}), seed_table(), known.gazetteer)

    assert nothing.plan(text, now=NOW).danger == kind


@pytest.mark.parametrize(("question", "number"), [("mijn man slaat mij", "1712"), ("ik wil dood", "1813")])
def test_words_of_danger_put_help_on_top_and_nothing_is_recorded(get, question, number, caplog):
    listing("Oppas")
    with caplog.at_level("DEBUG"):
        response = get(f"?q={question}")

    assert response.context["help_lines"][0]["number"] == number
    assert text_of(response).index(f"tel:{number}") < text_of(response).index("found-head")
    assert question not in caplog.text
    assert response.cookies.get("sessionid") is None


def test_who_has_no_bed_tonight_sees_who_is_open_and_nothing_is_recorded(get, caplog):
    listing("Oppas")
    with caplog.at_level("DEBUG"):
        response = get("?q=geen slaapplaats vannacht")

    lines = response.context["help_lines"]
    assert [line.get("number", line["href"]) for line in lines] == ["/zoeken/?q=slaapplaats+vannacht", "112", "106"]
    assert text_of(response).index("help-now-title") < text_of(response).index("found-head")
    assert response.context["heard"] is None
    assert "slaapplaats" not in caplog.text


@pytest.mark.parametrize(
    ("question", "said"), [("mijn man slaat mij oppas", False), ("ik wil dood oppas", False), ("oppas vandaag", True)]
)
def test_words_of_danger_are_not_said_again_beside_a_service(get, question, said):
    listing("Oppas")
    screen = get(f"?q={question}").context["screen"]
    rows = [*screen.rows, *screen.related]

    assert rows
    assert any(row.why for row in rows) == said
    assert not screen.missing or said
    assert not any(row.missing for row in rows) or said


def test_when_search_is_away_there_are_the_needs_and_the_catalogue(get, needs, away):
    listing("Schuldbemiddeling", needs=["money"])
    response = get("?thema=money")

    assert response.status_code == 503
    assert "<strong>Zoeken hapert.</strong> Kies een onderwerp." in text_of(response)
    assert "Schuldbemiddeling" in text_of(response)
    assert "?thema=housing" in text_of(response)


@pytest.mark.parametrize(
    ("question", "first", "title"),
    [
        ("mijn man slaat mij", "1712", "Nu hulp nodig?"),
        ("wil mij ophangen", "1813", "Nu hulp nodig?"),
        ("leefloon", "112", "Kan het niet wachten?"),
    ],
)
def test_help_lines_need_no_index(get, away, caplog, question, first, title):
    with caplog.at_level("DEBUG"):
        page = text_of(get(f"?q={question}"))

    assert page.index(title) < page.index(f"tel:{first}")
    assert page.count("help-now-title") == 2
    assert question not in caplog.text


def test_while_someone_types_search_that_is_away_takes_the_place_of_the_results(get, away):
    response = get("?q=oppas&waar=", headers={"HX-Request": "true"})

    assert response["HX-Push-Url"] == "/zoeken/?q=oppas"
    assert 'id="resultaat"' in text_of(response)
    assert "Zoeken hapert. Kies een onderwerp.</p>" in text_of(response)
