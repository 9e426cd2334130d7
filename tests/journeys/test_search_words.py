"""A coordinator hears a word that search does not know, tries it out, keeps it, and everyone finds help with it."""

import pytest

from tests.journeys import roads
from tests.journeys.looking import look_at

pytestmark = pytest.mark.journey

WORD, MEANT = "centenfretter", "deurwaarder"


def found(someone, word):
    """Search as someone does, and give the names of the results, the weaker ones last."""
    someone.go(f"/zoeken/?q={word}")
    return someone.page.locator("main .results h3").all_inner_texts()


def test_a_word_is_tried_kept_used_and_turned_back(person):
    editor, visitor = person(roads.BERT), person(javascript=False)
    before = found(visitor, WORD)

    editor.go("/zoekwoorden/")
    look_at(editor.page)
    editor.follow("Nieuwe regel")
    look_at(editor.page)
    editor.choose("betekent hetzelfde", exact=False)
    editor.type("Wat mensen typen", WORD)
    editor.type("Wat ook gevonden wordt", MEANT)
    editor.press("Bekijk wat verandert")
    look_at(editor.page)
    moved = editor.page.locator(".taught-shift", has_text=WORD)
    promised = moved.locator(".taught-lists > div").nth(1).locator("strong").all_inner_texts()
    assert promised
    assert "nieuw" in moved.inner_text()
    assert found(visitor, WORD) == before

    editor.press("Bewaar deze regel")
    editor.sees("vanaf de volgende vraag")
    after = found(visitor, WORD)
    assert after[: len(promised)] == promised
    assert after != before

    editor.follow("Wat veranderde")
    look_at(editor.page)
    editor.press("Zet terug")
    assert found(visitor, WORD) == before


def test_a_file_read_in_by_a_command_works_at_once_on_the_running_site(person, site, tmp_path):
    visitor = person(javascript=False)
    before = found(visitor, "pingelmans")
    file = tmp_path / "woorden.txt"
    file.write_text("pingelmans => deurwaarder\n", encoding="utf-8")
    site.manage("search_synonyms", "import", str(file))

    # Every worker of the server answers some of these.
    assert all(found(visitor, "pingelmans") != before for _time in range(6))


def test_without_javascript_a_wrong_rule_says_what_to_do(person):
    editor = person(roads.BERT, javascript=False, width=390)
    editor.go("/zoekwoorden/nieuw/")
    editor.choose("deel van lange woorden", exact=False)
    editor.type("Wat mensen typen", "ab")
    editor.press("Bekijk wat verandert")
    editor.sees("Neem minstens drie letters")
    assert editor.page.get_by_label("Wat mensen typen").input_value() == "ab"
