"""Journey 6: a listing editor changes a listing in Wagtail, and it can be found at once."""

import json

import pytest

from tests.journeys import editing, roads
from tests.journeys.looking import look_at

pytestmark = pytest.mark.journey

# Longer than the editor waits before it saves by itself, in milliseconds.
PAUSE = 1500
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

    assert names.input_value().endswith(WORD)
    editing.act(editor, "Publiceren")
    assert found_on_the_page(visitor)
    assert found_by_the_command(site)

    editor.follow(SERVICE)
    names.fill(before)
    editing.act(editor, "Publiceren")
    assert not found_on_the_page(visitor)
    assert not found_by_the_command(site)


TYPE_AND_PRESS = """(field, button) => {
  field.value += ' ';
  field.dispatchEvent(new Event('input', {bubbles: true}));
  button.click();
}"""


@pytest.fixture
def autosaves(person):
    """Open a listing in the editor; what it saves by itself is held back, what somebody presses is counted."""
    editor, held, pressed = person(roads.NOOR), [], []
    editor.go("/vandaag/")
    editor.follow("Onze fiches")
    editor.follow(SERVICE)
    editor.page.wait_for_load_state("networkidle")

    def on_the_way(route):
        if route.request.method == "POST" and "json" in route.request.headers["accept"]:
            held.append(route)
        elif route.request.method == "POST":
            pressed.append(route)
        else:
            route.continue_()

    editor.page.route("**/service/edit/**", on_the_way)
    names = editor.page.get_by_label("Andere namen, één per lijn")
    # It looks what stands there a moment after it opened: what is typed before that is no change to it.
    for _again in range(20):
        names.press_sequentially(" ")
        editor.page.wait_for_timeout(PAUSE)
        if held:
            return editor, names, held, pressed
    raise AssertionError("nothing was saved by itself")


def first_of(editor, requests, held=()):
    """Give the first request that was sent; what is held back goes on meanwhile. A busy machine takes its time."""
    went_on = 0
    for _again in range(editing.SLOWEST // 100):
        if requests:
            return requests[0]
        for route in held[went_on:]:
            route.continue_()
            went_on += 1
        editor.page.wait_for_timeout(100)
    raise AssertionError("nothing was sent")


# Else the older text could come last, and the next press would warn of a newer version "in another window".
def test_a_press_waits_for_the_autosave_that_is_under_way(autosaves):
    editor, _names, held, pressed = autosaves
    editing.button_of(editor, "Bewaar concept").click(no_wait_after=True)
    editor.page.wait_for_timeout(PAUSE)
    assert not pressed

    # More than one, where the machine was slow to see the first of what was typed.
    sent, saved = first_of(editor, pressed, held), len(held)
    with editor.page.expect_event("load", timeout=editing.SLOWEST):
        sent.continue_()
    assert (len(pressed), len(held)) == (1, saved)


def test_nothing_is_saved_by_itself_after_a_press(autosaves):
    editor, names, held, pressed = autosaves
    with editor.page.expect_event("requestfinished"):
        held[0].continue_()
    editor.page.wait_for_timeout(PAUSE)
    button = editing.button_of(editor, "Bewaar concept")
    # In one breath: on a busy machine it would be saved by itself before the press, as it may.
    names.evaluate(TYPE_AND_PRESS, button.element_handle())
    editor.page.wait_for_timeout(PAUSE)
    assert len(held) == 1

    sent = first_of(editor, pressed)
    with editor.page.expect_event("load", timeout=editing.SLOWEST):
        sent.continue_()


def test_a_listing_editor_does_not_reach_the_listings_of_others(person):
    visitor, editor = person(), person(roads.NOOR)
    visitor.go("/zoeken/?q=budgethulp+Zeven+Knopen")
    other = visitor.page.locator(".result").filter(has_text="Budgethuis De Zeven Knopen").locator(".result-title a")
    service = other.first.get_attribute("href").split("/")[2]

    editor.go("/beheer/snippets/sociale_kaart/service/")
    assert "Zeven Knopen" not in editor.page.locator("main").inner_text()
    with editor.expecting(404):
        assert editor.go(f"/beheer/snippets/sociale_kaart/service/edit/{service}/") == 404
