"""The machine face: one question, a file of questions, a new index, a score."""

import json
from dataclasses import fields
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.api.as_json import query_from
from search.engines import index
from search.query import SearchQuery
from tests.factories.search import listing

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    """Run a command and give what it printed."""
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_search_prints_one_page_as_json():
    service = listing("Schuldbemiddeling", organization__name="Budgethuis")
    page = json.loads(run("search", "schulden", "--municipality", "Zedelgem", "--now", "2026-11-23T10:00", "--json"))

    assert {"total", "hits", "related", "facets", "suggestion", "understood", "engine", "took_ms"} <= page.keys()
    hit = page["hits"][0]
    assert (hit["id"], hit["name"], hit["organization"]) == (service.pk, "Schuldbemiddeling", "Budgethuis")
    assert hit["url"] == service.get_absolute_url()
    assert hit["score"] > 0
    assert hit["open_now"] is True
    assert page["engine"] == "embedded"


def test_nothing_found_is_no_failure():
    assert json.loads(run("search", "kernfusiereactor", "--json"))["total"] == 0


def test_filters_may_be_repeated():
    listing("Oppas", area=("Jabbeke",))
    listing("Oppas", area=("Oostkamp",))
    page = json.loads(
        run("search", "oppas", "--filter", "municipality=Jabbeke", "--filter", "municipality=Oostkamp", "--json")
    )

    assert page["total"] == 2
    assert json.loads(run("search", "oppas", "--filter", "municipality=Jabbeke", "--json"))["total"] == 1


def test_without_json_people_can_read_it():
    listing("Oppas", organization__name="Thuishulp")

    assert "Oppas · Thuishulp · Zedelgem" in run("search", "oppas")


def test_a_batch_gives_one_page_per_line(tmp_path):
    listing("Oppas")
    lines = [
        {"q": "oppas", "municipality": "Zedelgem", "now": "2026-11-23T10:00:00"},
        {"q": "nietsdaarvan", "municipality": None, "now": None},
        {"q": "oppas", "filters": {"municipality": ["Jabbeke"]}, "facets": ["cost"]},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    pages = [json.loads(line) for line in run("search", "--batch", str(file)).splitlines()]

    assert [page["total"] for page in pages] == [1, 0, 0]
    assert list(pages[2]["facets"]) == ["cost"]
    assert all(page["took_ms"] > 0 for page in pages)


def test_a_line_may_carry_every_field_of_a_question_but_who_may_see_it():
    line = {
        "q": "oppas", "filters": {"cost": "free"}, "area": "Mol", "area_only": True, "open_at": "2026-11-23T10:00",
        "near": [51.1, 3.1], "within_km": 5, "sort": "name", "page": 2, "size": 5, "facets": ["cost"],
        "whole_facets": ["language"], "correct": False, "now": "2026-11-23T09:00", "visible_to": ["staff"],
    }  # fmt: skip
    asked, plain = query_from(line), SearchQuery()

    assert [one.name for one in fields(asked) if getattr(asked, one.name) == getattr(plain, one.name)] == ["visible_to"]
    assert (asked.near, asked.filters) == ((51.1, 3.1), {"cost": frozenset({"free"})})


def test_a_line_that_cannot_be_read_gets_an_answer_in_its_place(tmp_path):
    listing("Oppas")
    file = tmp_path / "questions.jsonl"
    whole = '{"q": \n{"q": "oppas", "now": "gisteren"}\n[1]\n\n{"q": "café"}\n{"q": "oppas"}\n'
    file.write_bytes(whole.encode("latin-1"))
    pages = [json.loads(line) for line in run("search", "--batch", str(file)).splitlines()]

    assert ["error" in page for page in pages] == [True, True, True, True, False]
    assert "now" in pages[1]["error"]
    assert pages[0]["error"] == pages[3]["error"] == "deze regel is geen JSON in UTF-8"


def test_a_line_that_is_nested_without_end_stops_no_batch(tmp_path):
    listing("Oppas")
    file = tmp_path / "questions.jsonl"
    file.write_text("[" * 100_000 + '\n{"q": "oppas"}\n')

    pages = [json.loads(line) for line in run("search", "--batch", str(file)).splitlines()]

    assert ["error" in page for page in pages] == [True, False]


def test_a_municipality_that_nobody_knows_is_told_beside_the_page():
    listing("Oppas")
    out, told = StringIO(), StringIO()

    call_command("search", "oppas", municipality="Nergenshuizen", as_json=True, stdout=out, stderr=told)

    assert json.loads(out.getvalue())["total"] == 1
    assert "We kennen ‘Nergenshuizen’ niet." in told.getvalue()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--now", "gisteren"],
        ["--now", "2026-02-31T10:00"],
        ["--filter", "zonderteken"],
        ["--near", "ergens"],
    ],
)
def test_bad_options_say_what_is_wrong(arguments):
    with pytest.raises(CommandError, match=arguments[0].strip("-")):
        run("search", "oppas", *arguments)


@pytest.mark.parametrize(("file", "why"), [("nergens.jsonl", "bestaat niet"), (".", "dat is een map")])
def test_a_batch_that_cannot_be_read_is_told_in_a_sentence(tmp_path, file, why):
    with pytest.raises(CommandError, match=f"^Kan .* niet lezen: .*{why}\\.$"):
        run("search", "--batch", str(tmp_path / file))


def test_reindex_builds_anew_and_says_how_far_and_how_many():
    listing("Oppas")
    run("search", "oppas")
    before = index.current()

    shown, printed = StringIO(), StringIO()
    call_command("search_reindex", stdout=printed, stderr=shown)

    assert "Diensten geïndexeerd: 1, in" in printed.getvalue()
    assert "diensten: 1 van 1" in shown.getvalue()
    assert index.current() != before
    assert not before.exists()


def test_score_prints_the_figures_per_class(tmp_path):
    listing("Oppas", organization__name="Thuishulp")
    file = tmp_path / "judged.toml"
    file.write_text(
        '[[question]]\nkind = "exact"\nq = "oppas"\ngood = [["Oppas", "Thuishulp", 3]]\n'
        '[[question]]\nkind = "typos"\nq = "zzzz"\ngood = [["Oppas", "Thuishulp", 3]]\n', encoding="utf-8",
    )  # fmt: skip
    printed = run("search_score", str(file), "--weak")

    assert "nDCG@10 1.000" in printed
    assert "nDCG@10 0.500" in printed
    assert "zzzz" in printed


@pytest.mark.parametrize(
    "content", [b"", b"no table", b'[[question]]\nq = "oppas"\n', b"question = 3", b"\x00\xff\xfe", b'question = ["x"]']
)
def test_score_tells_in_a_sentence_that_a_file_holds_no_questions(tmp_path, content):
    file = tmp_path / "judged.toml"
    file.write_bytes(content)

    with pytest.raises(CommandError, match=r"judged\.toml bevat geen beoordeelde vragen\. "):
        run("search_score", str(file))


@pytest.mark.parametrize(("file", "why"), [("nergens.toml", "bestaat niet"), (".", "dat is een map")])
def test_score_tells_in_a_sentence_that_a_file_cannot_be_read(tmp_path, file, why):
    with pytest.raises(CommandError, match=f"^Kan .* niet lezen: .*{why}\\.$"):
        run("search_score", str(tmp_path / file))


def test_half_a_letter_does_not_end_a_batch(tmp_path):
    listing("Oppas")
    file = tmp_path / "questions.jsonl"
    file.write_text('{"q": "\\ud800 oppas", "area": "\\udfff"}\n{"q": "oppas"}\n')

    pages = [json.loads(line) for line in run("search", "--batch", str(file)).encode().splitlines()]

    assert [page["total"] for page in pages] == [1, 1]


@pytest.mark.parametrize(
    "asked",
    [
        {"filters": {"prijs": "free"}}, {"q": ["oppas"]}, {"area_only": "misschien"}, {"correct": 7},
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told(asked):
    with pytest.raises(ValueError, match=next(iter(asked))):
        query_from(asked)


def test_false_in_words_is_false():
    asked = query_from({"area_only": "false", "correct": "false"})

    assert (asked.area_only, asked.correct) == (False, False)


def test_an_unknown_filter_ends_with_an_error():
    with pytest.raises(CommandError, match="prijs"):
        run("search", "oppas", "--filter", "prijs=free")
