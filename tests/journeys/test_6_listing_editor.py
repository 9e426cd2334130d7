"""Journey 6: a listing editor changes a listing in Wagtail, and it can be found at once."""

import json

import pytest

from tests.journeys import editing, roads
from tests.journeys.looking import look_at

pytestmark = pytest.mark.journey

SERVICE, WORD = "Samen een huis zoeken", "kwibbelzolder"


def found_on_the_page(visitor) -> bool:
    """Tell whether a visitor who types the word finds the service."""
    visitor.go(f"/zoeken/?q={WORD}")
    return visitor.page.get_by_role("heading", name=SERVICE).count() > 0


def found_by_the_command(site) -> bool:
    """Tell whether the command line finds it."""
    page = json.loads(site.manage("search", WORD, "--json"))
    return SERVICE in [hit["name"] for hit in page["hits"]]


def test_what_a_listing_editor_publishes_is_found_at_once_and_a_draft_is_not(site, person):
    editor, visitor = person(roads.NOOR), person()
    editor.go("/vandaag/")
    editor.follow("Onze fiches")
    look_at(editor.page)
    editor.follow(SERVICE)
    look_at(editor.page)
    names = editor.page.get_by_label("Andere namen, één per lijn")
    before = names.input_value()

    names.fill(f"{before}\n{WORD}")
    editing.act(editor, "Bewaar concept")
    assert not found_on_the_page(visitor)
    assert not found_by_the_command(site)

    # Who comes back later finds the draft.
    editor.page.reload()
    assert names.input_value().endswith(WORD)
    editing.act(editor, "Publiceren")
    assert found_on_the_page(visitor)
    assert found_by_the_command(site)

    editor.follow(SERVICE)
    names.fill(before)
    editing.act(editor, "Publiceren")
    assert not found_on_the_page(visitor)
    assert not found_by_the_command(site)


def test_a_listing_editor_does_not_reach_the_listings_of_others(person):
    visitor, editor = person(), person(roads.NOOR)
    visitor.go("/zoeken/?q=budgethulp+Zeven+Knopen")
    other = visitor.page.locator(".result").filter(has_text="Budgethuis De Zeven Knopen").locator(".result-title a")
    service = other.first.get_attribute("href").split("/")[2]

    editor.go("/beheer/snippets/sociale_kaart/service/")
    assert "Zeven Knopen" not in editor.page.locator("main").inner_text()
    with editor.expecting(404):
        assert editor.go(f"/beheer/snippets/sociale_kaart/service/edit/{service}/") == 404
