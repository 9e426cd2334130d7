"""The face for other programs: the same answers as the page, described, limited, and kind to nonsense."""

import json

import pytest
from jsonschema import Draft202012Validator

from search.api.description import PARAMETERS
from search.api.views import MOST_A_MINUTE
from search.engines import index
from search.engines.base import EngineDownError
from search.listening import tally
from search.models import Asked
from search.query import FACETS
from tests.factories.search import listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(visitor):
    """Ask as another program."""

    def asked(query="", **options):
        return visitor.get(f"/api/search{query}", **options)

    return asked


@pytest.fixture
def described(visitor):
    """Give the description for machines."""
    return visitor.get("/api/openapi.json").json()


def problems_of(described, name, answer):
    """Hold an answer against a schema of the description."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    return [error.message for error in Draft202012Validator(schema).iter_errors(answer)]


def test_the_answer_is_the_page_as_json(ask):
    listing("Schuldbemiddeling", organization__name="Budgethuis", cost_kind="free")
    listing("Schuldbemiddeling", area=("Jabbeke",))
    answer = ask("?q=schulden&area=Zedelgem&cost=free&facets=cost,how")

    page = answer.json()
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "no-store" in answer.headers["Cache-Control"]
    assert (page["total"], page["hits"][0]["organization"]) == (1, "Budgethuis")
    assert list(page["facets"]) == ["cost", "how"]
    assert page["took_ms"] > 0


@pytest.mark.parametrize(
    "query",
    [
        "", "?q=schulden", "?q=psygoloog", "?q=kernfusiereactor", "?q=schulden+zedelgem+gratis+zaterdag",
        "?q=oppas+tuinhulp&near=51.13,3.14&sort=distance", "?whole_facets=category&size=1", "?access=open_now",
        "?q=oppas&near=51.13,3.14&within_km=5", "?q=oppas+zedelgem&within_km=5", "?area=8210&within_km=1000",
        "?open_at=2026-11-23T10:00&municipality=Zedelgem&municipality=Jabbeke", "?page=1000000",
        "?q=mijn+man+slaat+mij", "?category=bestaatniet", "?facets=", "?q=a&q%00=b",
    ],
)  # fmt: skip
def test_every_answer_fits_the_description(ask, described, query):
    listing("Schuldbemiddeling", needs=["money"], cost_kind="free", home_visits=True)
    listing("Psycholoog en oppas", hours="")
    answer = ask(query)

    assert answer.status_code == 200
    assert problems_of(described, "SearchPage", answer.json()) == []


@pytest.mark.parametrize(
    "query",
    [
        "?onzin=1", "?sort=mooiste", "?open_at=gisteren", "?open_at=2026-02-31T10:00", "?open_at=0001-01-01T00:00",
        "?now=9999-12-31T23:59", "?near=ergens", "?near=nan,nan", "?near=999,3",
        "?within_km=ver", "?within_km=-1", "?within_km=nan", "?within_km=1e9", "?page=een", "?size=1e5",
        "?facets=onzin", "?whole_facets=cost,x", "?correct=misschien", "?within_km=5", "?within_km=5&area=Nergensveld",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(ask, described, query):
    answer = ask(query)

    assert answer.status_code == 400
    assert problems_of(described, "Error", answer.json()) == []


def test_the_description_names_every_parameter_and_every_answer(described):
    asked = described["paths"]["/api/search"]["get"]

    assert described["openapi"] == "3.1.0"
    assert [one["name"] for one in asked["parameters"]] == list(PARAMETERS)
    assert set(FACETS) <= set(PARAMETERS)
    assert set(asked["responses"]) == {"200", "400", "429", "503"}
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for one in asked["parameters"]:
        Draft202012Validator.check_schema(one["schema"])


def test_who_asks_too_much_waits_a_minute(ask, described, monkeypatch):
    monkeypatch.setattr("search.api.views.MOST_A_MINUTE", 3)
    answers = [ask() for _time in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert problems_of(described, "Error", answers[-1].json()) == []
    assert MOST_A_MINUTE >= 60


def test_who_asks_too_much_keeps_nobody_else_waiting_and_may_ask_again(ask, monkeypatch, time_machine):
    monkeypatch.setattr("search.api.views.MOST_A_MINUTE", 1)
    time_machine.move_to("2026-11-25T10:00:00+01:00", tick=False)
    here = [ask(REMOTE_ADDR="192.0.2.1").status_code for _time in range(2)]
    elsewhere = ask(REMOTE_ADDR="192.0.2.2").status_code
    time_machine.move_to("2026-11-25T10:01:01+01:00", tick=False)

    assert (here, elsewhere) == ([200, 429], 200)
    assert ask(REMOTE_ADDR="192.0.2.1").status_code == 200


def test_when_search_is_away_it_says_so(ask, described, monkeypatch):
    def away():
        raise EngineDownError("no index yet")

    monkeypatch.setattr(index, "engine", away)
    answer = ask("?q=schulden")

    assert answer.status_code == 503
    assert problems_of(described, "Error", answer.json()) == []


def test_only_reading_is_possible(visitor):
    assert visitor.post("/api/search", {"q": "x"}).status_code == 405


def test_people_can_read_what_programs_may_ask(visitor):
    page = visitor.get("/api/").content.decode()

    assert "/api/openapi.json" in page
    for name in PARAMETERS:
        assert f"<code>{name}</code>" in page


def test_what_is_asked_is_not_counted(ask, caplog):
    tally.write_down()
    counted = Asked.objects.count()
    with caplog.at_level("DEBUG"):
        ask("?q=heel+bijzondere+woorden")
    tally.write_down()

    assert "bijzondere" not in caplog.text
    assert Asked.objects.count() == counted


def test_the_command_prints_the_same_as_the_address(ask, capsys):
    from django.core.management import call_command  # noqa: PLC0415 (only here)

    listing("Schuldbemiddeling")
    call_command("search", "schulden", "--json", "--open-at", "2026-11-23T10:00", "--near", "51.1,3.1")
    printed = json.loads(capsys.readouterr().out)
    answered = ask("?q=schulden&open_at=2026-11-23T10:00&near=51.1,3.1").json()

    assert printed | {"took_ms": 0} == answered | {"took_ms": 0}
