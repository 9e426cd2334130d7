"""Journey 8: an author writes a guide, a reader lets it through, and a worker meets its card in a conversation."""

import pytest

from tests.journeys import editing, roads, talking
from tests.journeys.looking import look_at
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

TITLE, FIRST = "Samen de opzegbrief lezen", "Leg de brief open op tafel."


def write(author):
    """Fill in a whole guide about living."""
    editing.fill(
        author, title=TITLE, summary="Samen de datum zoeken en één ding doen.", card_first=FIRST,
        card_say="‘Vandaag zoeken we alleen de datum.’", card_ask="‘Wie heeft de brief al gezien?’",
        card_leave="Beloof geen andere woning.", goal="De datum is zichtbaar en de paniek zakt.",
        for_whom="Voor wie thuis of aan het loket over een opzeg praat.", when_not="Is er nu gevaar? Bel 112.",
        author="maatschappelijk werkers van het sociaal huis",
    )  # fmt: skip
    editing.insert_block(author, "steps")
    editing.fill(author, steps__0__value__title="Lees samen.", steps__0__value__text="Zin per zin, de datum eerst.")
    editing.insert_block(author, "evidence")
    editing.fill(
        author, evidence__0__value__claim="Een datum op papier geeft rust.",
        evidence__0__value__strength="praktijk, niet gemeten", evidence__0__value__source="eigen praktijk",
    )  # fmt: skip
    author.page.locator("[name='life_domains'][value='housing']").check()


def test_a_guide_goes_from_author_to_reader_to_a_card_beside_a_conversation(person):
    author, reader, worker = person(roads.ELS), person(roads.BERT), person(roads.LOTTE)
    author.go("/leernetwerk/")
    look_at(author.page)
    author.follow("Schrijf zelf een kaart")
    look_at(author.page)
    write(author)
    editing.act(author, "Stuur door naar Leernetwerk: nalezen")
    author.go("/leernetwerk/")
    assert author.page.get_by_role("region", name="Jouw concepten").get_by_role("link", name=TITLE).count() == 1
    worker.go("/leernetwerk/?q=opzegbrief")
    assert not worker.page.get_by_role("link", name=TITLE).count()

    reader.go("/beheer/")
    look_at(reader.page)
    reader.follow(TITLE)
    look_at(reader.page)
    editing.act(reader, "Goedkeuren en publiceren")

    worker.go("/leernetwerk/?q=opzegbrief")
    worker.follow(TITLE)
    assert worker.title == TITLE
    worker.sees("Netwerkcoördinator")
    look_at(worker.page)

    talking.open_broadly(worker, Client("Ferre"))
    card = worker.page.get_by_role("complementary", name="Past hierbij").locator("details", has_text=TITLE)
    assert not card.get_by_text(FIRST).is_visible()
    card.locator("summary").click()
    assert card.get_by_text(FIRST).is_visible()
    look_at(worker.page)
