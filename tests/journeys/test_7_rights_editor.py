"""Journey 7: a coordinator publishes a right, and the checklist knows it at once."""

import re
from datetime import date

import pytest

from tests.journeys import editing, roads
from tests.journeys.looking import look_at

pytestmark = pytest.mark.journey

CODE, NAME = "R96", "Toelage voor een tweedehandsfiets"


def write(editor):
    """Write a right about whoever is sixty or older, with its source."""
    editing.fill(
        editor, code=CODE, name=NAME, summary="De gemeente betaalt een deel van je tweedehandsfiets.",
        client_text="Ben je 60 of ouder? Dan betaalt de gemeente een deel.", worker_text="Een factuur volstaat.",
        automatic="moet je vragen", apply_channels="bij het sociaal huis", documents="de factuur van de fiets",
    )  # fmt: skip
    editing.open_tab(editor, "Voorwaarden")
    editing.insert_block(editor, "conditions", "Leeftijd")
    editing.fill(editor, conditions__0__value__op="minstens", conditions__0__value__number="60")
    editing.open_tab(editor, "Bron en controle")
    editing.fill(
        editor, authority="de gemeente", level="lokaal", executing_body="het sociaal huis",
        source_url="https://gemeente.example/fiets", legal_basis="reglement van de gemeenteraad",
    )  # fmt: skip
    editing.fill_day(editor, "checked_on", date.today().isoformat())


def number_of_rights(visitor) -> int:
    """Read how many rights the checklist looks at."""
    found = re.search(r"We kijken naar (\d+) rechten", visitor.page.locator("main").inner_text())
    assert found
    return int(found[1])


def test_a_published_right_appears_in_the_checklist_and_in_the_list_of_all_rights(person):
    editor, visitor = person(roads.BERT), person(width=390)
    visitor.go("/rechten/")
    before = number_of_rights(visitor)
    editor.go("/beheer/")
    editor.page.get_by_role("button", name="Rechten").click()
    editor.follow("Rechten")
    look_at(editor.page)
    editor.follow("Recht toevoegen")
    look_at(editor.page)
    write(editor)
    editing.act(editor, "Bewaar concept")
    visitor.go("/rechten/overzicht/")
    visitor.sees_not(NAME)

    editing.act(editor, "Publiceren")

    visitor.go("/rechten/overzicht/")
    visitor.sees(NAME)
    look_at(visitor.page)
    visitor.go("/rechten/")
    assert number_of_rights(visitor) == before + 1
    assert visitor.page.locator("#vraag h2").inner_text() == "Hoe oud ben je?"
    visitor.type("Hoe oud ben je?", "66")
    visitor.press("Ga verder")
    likely = visitor.page.get_by_role("region", name="Waarschijnlijk wel")
    right = likely.get_by_role("listitem").filter(has=visitor.page.get_by_role("heading", name=NAME)).first
    assert "66 jaar" in right.inner_text()
    look_at(visitor.page)
    visitor.press(NAME)
    assert visitor.title == NAME
    visitor.sees("bij het sociaal huis")
    look_at(visitor.page)
