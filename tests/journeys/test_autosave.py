"""A page that saves itself while someone writes: what the server refuses is said, and no word of it goes."""

import pytest

from tests.journeys import roads
from tests.journeys.looking import look_at
from tests.journeys.person import Person
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

WORDING = "Jouw verwoording"
SAVED_ITSELF_MS = 12_000


def says(worker: Person, words: str) -> None:
    """Wait until the head of the page says this."""
    worker.page.locator("[data-autosave-state]", has_text=words).wait_for(timeout=SAVED_ITSELF_MS)


def wording(worker: Person) -> str:
    """Read what stands in the field."""
    return worker.page.get_by_role("textbox", name=WORDING).input_value()


def open_subject(worker: Person, client: Client) -> str:
    """Begin a broad talk, open its first subject and give its address."""
    worker.go("/vandaag/")
    roads.begin(worker, client, road="Breed gesprek")
    worker.press("Wonen")
    return worker.path


def test_a_national_number_is_named_while_writing_and_the_text_stays(person):
    worker = person(roads.LOTTE, width=390)
    open_subject(worker, Client("Saida"))
    typed = "Op de brief staat 85.07.30-033.99."

    with worker.expecting(422):
        worker.type(WORDING, typed)
        says(worker, f"Niet bewaard: {WORDING}. Dit lijkt een rijksregisternummer.")
    worker.page.locator("#vervolg").scroll_into_view_if_needed()
    assert worker.page.locator("[data-autosave-state]").evaluate("one => one.getBoundingClientRect().top >= 0"), (
        "the sentence stays in sight further down"
    )
    assert wording(worker) == typed
    look_at(worker.page)

    worker.type(WORDING, "Op de brief staat een nummer.")
    says(worker, "Bewaard om")
    worker.page.reload()
    assert wording(worker) == "Op de brief staat een nummer."


def test_who_writes_second_is_told_and_keeps_both_texts(person):
    first, second = person(roads.ELS), person(roads.LOTTE)
    path = open_subject(second, Client("Sabah"))
    first.go(path)
    first.type(WORDING, "Els schreef dit.")
    first.press("Sla over")

    with second.expecting(409):
        second.type(WORDING, "Lotte schreef dat.")
        says(second, "Hier is intussen ook geschreven.")
    assert wording(second) == "Lotte schreef dat."

    second.press("Volgende: ")
    assert second.path == path
    second.sees("Er is niets weg.")
    assert wording(second).split("\n\n") == ["Els schreef dit.", "Lotte schreef dat."]
    look_at(second.page)
    second.press("Bewaar samen")
    assert second.path == path
    second.sees_not("Er is niets weg.")
    assert wording(second).split("\n\n") == ["Els schreef dit.", "Lotte schreef dat."]


def clash(first: Person, second: Person, client: Client) -> str:
    """Let two people write in one field, bring the second to the page with both texts, and give its address."""
    path = open_subject(second, client)
    first.go(path)
    first.type(WORDING, "Els schreef dit.")
    first.press("Sla over")
    second.type(WORDING, "Lotte schreef dat.")
    second.press("Sla over")
    second.sees("Er is niets weg.")
    return path


@pytest.mark.parametrize(
    ("press", "kept"), [("Neem die van Els", "Els schreef dit."), ("Neem die van jou", "Lotte schreef dat.")]
)
def test_one_press_takes_one_of_two_texts_and_saves_it(person, press, kept):
    path = clash(first := person(roads.ELS), second := person(roads.LOTTE), Client("Salma"))

    second.press(press)

    assert second.path == path
    assert wording(second) == kept
    first.go(path)
    assert wording(first) == kept


def test_what_was_changed_by_hand_is_shown_and_saved_with_the_same_press(person):
    clash(person(roads.ELS), second := person(roads.LOTTE), Client("Safae"))
    together = second.page.locator(".clash-both .clash-text")

    field = second.page.get_by_role("textbox", name=WORDING)
    field.fill("Samen schreven ze iets beters.")
    assert together.inner_text() == "Samen schreven ze iets beters."
    second.page.get_by_role("button", name="Neem die van Els").click()
    assert wording(second) == together.inner_text() == "Els schreef dit."
    field.fill("Toch iets beters.")
    second.press("Bewaar samen")

    assert wording(second) == "Toch iets beters."


def test_without_a_script_one_press_saves_the_two_texts_together(person):
    second = person(roads.LOTTE, javascript=False)
    path = clash(person(roads.ELS), second, Client("Sana"))
    assert not second.page.get_by_role("button", name="Neem die van").count()

    second.press("Bewaar samen")

    assert second.path == path
    assert wording(second).split("\n\n") == ["Els schreef dit.", "Lotte schreef dat."]


def test_a_talk_that_a_colleague_finished_says_so_to_who_still_writes(person):
    finisher, writer = person(roads.ELS), person(roads.LOTTE)
    path = open_subject(writer, Client("Samira"))
    finisher.go(path.split("onderwerp")[0] + "overzicht/")
    finisher.follow("Schrijf de volgende stap op")
    finisher.type("Wat is er anders als het lukt?", "Dan slaapt ze weer.")
    finisher.type("Volgende stap", "Samen bellen naar de huisbaas")
    finisher.press("Bewaar, naar het overzicht")
    finisher.press("Rond het gesprek af")

    with writer.expecting(409):
        writer.type(WORDING, "Nog één ding.")
        says(writer, "Dit gesprek is afgerond op")

    assert wording(writer) == "Nog één ding."
