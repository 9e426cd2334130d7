"""Journey 2, the broad road: what was said becomes steps with a name and a day, and a sheet to take home."""

import pytest

from tests.journeys import roads, talking
from tests.journeys.looking import look_at
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

RAF = Client("Raf", phone="0470 00 00 85", said="Ik lig er wakker van.")


def test_a_broad_conversation_ends_in_steps_a_handed_over_question_and_a_sheet(person):
    worker = person(roads.LOTTE)

    traces = talking.walk(worker, RAF, look_at)

    for path in (
        f"/clienten/{traces.card}/",
        f"/clienten/{traces.card}/wijzigen/",
        f"/gesprekken/{traces.talk}/stap/{traces.step}/",
        f"/gesprekken/{traces.talk}/vraag/{traces.question}/",
        f"/gesprekken/{traces.talk}/rechten/antwoorden/",
    ):
        assert worker.go(path) == 200
        look_at(worker.page)
    worker.go(f"/gesprekken/{traces.talk}/overzicht/")
    assert worker.title == "Dit spraken we af"
    worker.sees(RAF.said)
    worker.sees("De opzegbrief samen lezen")
    assert not worker.page.get_by_role("button", name="Rond het gesprek af").count()
    worker.follow("Schrijf op wat er anders is als het lukt.")
    assert worker.page.get_by_label("Wat is er anders als het lukt?").input_value() == "Dan slaap ik weer."
    look_at(worker.page)
    worker.press("Bewaar, naar het overzicht")
    worker.press("Rond het gesprek af")
    worker.sees("Afgerond. Wat afgesproken is, staat hieronder.")
    look_at(worker.page)


def test_a_paused_conversation_goes_on_where_it_stood(person):
    worker, client = person(roads.LOTTE), Client("Siham", said="")
    talking.open_broadly(worker, client)
    worker.type("Jouw verwoording", "Zoekt een woning.")

    worker.press("Pauzeer")
    worker.sees("Bewaard. Ga verder wanneer je wilt.")
    worker.follow(f"Ga verder met {client.name}")
    worker.press("Wonen")

    assert worker.page.get_by_label("Jouw verwoording").input_value() == "Zoekt een woning."
