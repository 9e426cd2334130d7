"""Rules as a file: in and out in Solr's format, and what is wrong is told with its line."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from search.models import SynonymRule, WordChange
from search.rules import solr
from search.rules.draft import EQUAL, KEEP, ONE_WAY, PART, WHOLE, Draft
from search.words import actions, exchange
from tests.factories.search import listing

DRAFTS = [
    Draft(EQUAL, ("wasdraad",), ("droogrek", "wasrek"), note="gehoord aan het loket"),
    Draft(ONE_WAY, ("kot", "op kot gaan"), ("studio", "kamer")),
    Draft(ONE_WAY, ("zolder",), ("kamer",), active=False),
    Draft(KEEP, ("fedasil", "payoke"), note="geen typfout # echt"),
    Draft(PART, ("digi",)),
    Draft(WHOLE, ("huisarts",), active=False),
    Draft(EQUAL, ("kot=>kamer boven#kelder",), ("back\\slash",)),
]


def drafts_in(text):
    """Give the rules of a text."""
    return [line.draft for line in solr.read(text) if isinstance(line, solr.Line)]


def test_what_is_written_is_read_back():
    assert drafts_in("\n".join(solr.write(DRAFTS, ["een kop"]))) == DRAFTS


def test_solr_sees_synonyms_and_skips_the_rest():
    lines = [line for line in solr.write(DRAFTS) if not line.startswith("#")]

    assert lines[:2] == ["wasdraad, droogrek, wasrek", "kot, op kot gaan => studio, kamer"]
    assert len(lines) == 3


def test_a_file_of_solr_is_read():
    text = "\ufeff# kop\r\n\r\nkot,kamer , studio\nkot => kot, kamer  # noot\nx\\,y, z\n"

    assert drafts_in(text) == [
        Draft(EQUAL, ("kot",), ("kamer", "studio")),
        Draft(ONE_WAY, ("kot",), ("kot", "kamer"), note="noot"),
        Draft(EQUAL, ("x y",), ("z",)),
    ]


def test_a_line_that_is_no_rule_says_where_it_stands():
    faults = [line for line in solr.read("kot, kamer\na => b => c\n#: onzin: x\n") if isinstance(line, solr.Fault)]

    assert [(fault.number, fault.why) for fault in faults] == [(2, "arrows"), (3, "remark")]


@pytest.mark.django_db
def test_everything_goes_out_and_comes_in_without_a_loss(tmp_path):
    actions.take_in([draft for draft in DRAFTS if draft.active], by=None)
    huisarts = next(rule for rule in SynonymRule.objects.filter(kind=WHOLE) if rule.left == "huisarts")
    actions.switch(huisarts, on=False, by=None)
    file = tmp_path / "woorden.txt"
    call_command("search_synonyms", "export", str(file))
    before, text = {rule.draft for rule in SynonymRule.objects.all()}, file.read_text(encoding="utf-8")
    SynonymRule.objects.all().delete()
    shown = io.StringIO()
    call_command("search_synonyms", "import", str(file), stdout=io.StringIO(), stderr=shown)

    assert {rule.draft for rule in SynonymRule.objects.all()} == before
    assert [
        f"regels {done}: {len(before)} van {len(before)}" in shown.getvalue() for done in ("gelezen", "bewaard")
    ] == [True] * 2
    assert set(exchange.write().splitlines()) == set(text.splitlines())


@pytest.mark.django_db
def test_words_that_stand_in_no_listing_are_named_and_hold_nothing_up(tmp_path):
    listing("Wasrek te leen")
    file, out, err = tmp_path / "woorden.txt", io.StringIO(), io.StringIO()
    file.write_text("schabouwelijk, wasrek\n", encoding="utf-8")
    call_command("search_synonyms", "import", str(file), "--check", stdout=out, stderr=err)
    assert not SynonymRule.objects.filter(left="schabouwelijk").exists()
    call_command("search_synonyms", "import", str(file), stdout=out, stderr=err)

    assert err.getvalue().count("nog in geen fiche: schabouwelijk") == 2
    assert SynonymRule.objects.filter(left="schabouwelijk").exists()


@pytest.mark.django_db
def test_reading_the_own_file_in_changes_nothing(tmp_path):
    file = tmp_path / "woorden.txt"
    call_command("search_synonyms", "export", str(file))
    changes = WordChange.objects.count()
    out = io.StringIO()
    call_command("search_synonyms", "import", str(file), stdout=out)

    assert "niets veranderd" in out.getvalue()
    assert WordChange.objects.count() == changes


@pytest.mark.django_db
def test_wrong_lines_are_told_in_dutch_and_nothing_is_kept(tmp_path):
    file = tmp_path / "woorden.txt"
    file.write_text("wasdraad, droogrek\nde, wasrek\n\na => b => c\n#: foo: x\n", encoding="utf-8")
    rules, err = SynonymRule.objects.count(), io.StringIO()
    with translation.override("nl"), pytest.raises(CommandError, match="niets ingelezen"):
        call_command("search_synonyms", "import", str(file), stderr=err)

    told = err.getvalue().splitlines()
    assert [line.partition(":")[0] for line in told if line.startswith("Regel")] == ["Regel 2", "Regel 4", "Regel 5"]
    assert any("“de”" in line and "kleine woorden" in line for line in told)
    assert SynonymRule.objects.count() == rules


@pytest.mark.django_db
def test_a_file_is_checked_against_itself_and_against_what_is_here():
    reading = exchange.read(
        "kotje, zoldertje\nkotje, zoldertje\nkotje => loftje\nloftje => kotje\nbijstand => leefloon\n"
    )

    assert (reading.fresh, reading.known) == (3, 1)
    assert [wrong.line for wrong in reading.wrong] == [4]


@pytest.mark.django_db
def test_a_file_can_switch_a_rule_off_and_one_press_turns_the_file_back():
    rules = {rule.draft for rule in SynonymRule.objects.all()}
    reading = exchange.read("#: uit: nooit splitsen: huisarts\nwasdraad, droogrek\n")
    added, changed = actions.take_in(reading.drafts, by=None)

    assert (added, changed) == (1, 1)
    assert not SynonymRule.objects.get(kind=WHOLE, left="huisarts").active
    actions.undo(WordChange.objects.latest("pk").batch, by=None)
    assert {rule.draft for rule in SynonymRule.objects.all()} == rules


@pytest.mark.django_db
@pytest.mark.parametrize(("raw", "said"), [(b"\xff\xfe\x00", "UTF-8"), (b"# alleen een kop\n", "niets ingelezen")])
def test_what_cannot_be_read_is_said(tmp_path, raw, said):
    file = tmp_path / "woorden.txt"
    file.write_bytes(raw)
    with pytest.raises(CommandError, match=said):
        call_command("search_synonyms", "import", str(file), stderr=io.StringIO())


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError):
        call_command("search_synonyms", "import", str(tmp_path / "weg.txt"))
