"""The keyboard alone: the way past the menu, a ring that is seen on every stop, and a whole login without a mouse."""

import pytest

from demo.accounts import PASSWORD
from tests.journeys import roads

pytestmark = pytest.mark.journey

STOPS = 60
# A ring counts when it is at least two pixels thick, has a colour, and lies inside the window with what it surrounds.
RING = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const carrier = one.matches("input[type=radio], input[type=checkbox]") ? [one, ...one.labels] : [one];
    const seen = carrier.some((part) => {
        const style = getComputedStyle(part);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
            && !/, 0\\)$|transparent/.test(style.outlineColor);
    });
    const box = carrier[carrier.length - 1].getBoundingClientRect();
    const within = box.bottom > 0 && box.top < innerHeight && box.width > 0;
    return {what: one.outerHTML.slice(0, 140), seen, within};
}"""


@pytest.mark.parametrize(
    ("address", "path"), [("", "/"), ("", "/zoeken/?q=huur&waar=Oostkamp"), (roads.LOTTE, "/vandaag/")]
)
def test_the_first_stop_leads_past_the_menu_and_every_stop_is_seen(person, address, path):
    someone = person(address)
    someone.go(path)
    page = someone.page

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Ga naar de inhoud"
    assert page.evaluate(RING)["seen"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    stops = []
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(RING)
        if stop is None:
            break
        stops.append(stop)
    assert len(stops) > 10
    assert not [stop for stop in stops if not stop["seen"]]
    assert not [stop for stop in stops if not stop["within"]], "the head or the foot covers what has the focus"


def test_someone_logs_in_and_begins_a_conversation_without_a_mouse(person):
    worker = person()
    worker.go("/account/login/?next=/gesprekken/nieuw/")
    page = worker.page

    page.get_by_label("E-mail").focus()
    page.keyboard.type(roads.LOTTE)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/gesprekken/nieuw/")
    page.get_by_label("Voornaam").focus()
    page.keyboard.type("Kobe")
    page.get_by_label("Wat wil deze persoon?").focus()
    page.keyboard.type("een plek om te slapen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vragen/**")

    assert page.get_by_role("button", name="Kies voor Kobe").count()
