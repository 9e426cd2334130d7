"""Searching as people do: half words, slips, chips, ticks, the way back, the map, and a few services side by side."""

import re

import pytest

from tests.journeys import roads
from tests.journeys.looking import cramped, look_at

pytestmark = pytest.mark.journey

HERE = {"latitude": 51.15734, "longitude": 3.19671}


def field(someone):
    """Give the field of the question."""
    return someone.page.locator("#q")


def spoken(someone):
    """Give what a reader of screens hears of the results."""
    return someone.page.locator("#gemeld").inner_text()


def shows(someone, question):
    """Wait until the field and the results are those of a question: the way back fetches them first."""
    someone.page.wait_for_function("(asked) => document.querySelector('#q').value === asked", arg=question)


def chip(someone, words):
    """Give the chip with these words."""
    return someone.page.locator(".chip", has_text=words)


def says(someone, words):
    """Wait until a reader of screens hears this of the results."""
    someone.page.wait_for_function("(words) => document.querySelector('#gemeld').innerText === words", arg=words)


def test_a_suggestion_is_taken_with_the_keyboard_alone(person):
    visitor = person()
    visitor.go("/zoeken/")
    page = visitor.page

    field(visitor).focus()
    page.keyboard.type("hulp bij schuldb")
    page.get_by_role("option", name="hulp bij schuldbemiddeling").wait_for()
    assert field(visitor).get_attribute("aria-expanded") == "true"
    look_at(page)

    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{field(visitor).get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert field(visitor).evaluate("(one) => one === document.activeElement"), "the focus stays in the field"
    page.keyboard.press("ArrowUp")
    assert field(visitor).get_attribute("aria-activedescendant") is None, "above the first one is in the field again"
    page.keyboard.press("ArrowDown")
    text = chosen.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**q={text.replace(' ', '+')}*")

    assert field(visitor).input_value() == text
    assert field(visitor).get_attribute("aria-expanded") == "false"
    visitor.sees("Zo lezen we je vraag")
    assert re.match(r"\d+ dienst", spoken(visitor))


def test_escape_closes_the_list_and_keeps_the_words(person):
    visitor = person()
    visitor.go("/zoeken/?q=huur")

    field(visitor).press("End")
    visitor.page.keyboard.type(" oost")
    visitor.page.get_by_role("option", name="huur Oostkamp").or_(
        visitor.page.get_by_role("option", name="Oostkamp")
    ).first.wait_for()
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Home")
    assert field(visitor).get_attribute("aria-activedescendant") is None
    visitor.page.keyboard.press("Escape")

    assert field(visitor).get_attribute("aria-expanded") == "false"
    assert field(visitor).input_value() == "huur oost"


def test_a_service_in_the_list_leads_to_its_page(person):
    visitor = person()
    visitor.go("/zoeken/")

    field(visitor).press_sequentially("blijven won")
    visitor.page.get_by_role("option", name="Blijven wonen", exact=True).click()
    visitor.page.wait_for_url("**/dienst/**")

    assert visitor.title == "Blijven wonen"


def test_typing_is_one_step_of_the_way_back(person):
    visitor = person()
    visitor.go("/zoeken/?q=huur&waar=Oostkamp")
    before = spoken(visitor)

    field(visitor).press("End")
    field(visitor).press_sequentially(" beta", delay=200)
    visitor.page.wait_for_url("**q=huur+beta&**")
    field(visitor).press_sequentially("len", delay=200)
    visitor.page.wait_for_url("**q=huur+betalen&**")
    visitor.page.go_back()
    visitor.page.wait_for_url("**q=huur&waar=Oostkamp")

    shows(visitor, "huur")
    assert spoken(visitor) == before


def test_enter_after_the_results_followed_the_typing_is_no_step_of_the_way_back(person):
    visitor = person()
    visitor.go("/zoeken/?q=huur")

    field(visitor).fill("schulden")
    visitor.page.wait_for_url("**q=schulden")
    steps = visitor.page.evaluate("history.length")
    with visitor.page.expect_response("**/zoeken/?q=schulden*"):
        field(visitor).press("Enter")
    visitor.page.wait_for_load_state("networkidle")

    assert visitor.page.evaluate("history.length") == steps
    visitor.page.go_back()
    shows(visitor, "huur")


# An answer of which only the beginning comes, until somebody gives it up.
HALF = """() => {
    window.begun = 0;
    window.fetch = async (url, {signal}) => {
        window.begun += 1;
        return new Response(new ReadableStream({
            start: (body) => signal.addEventListener("abort", () => body.error(signal.reason)),
        }));
    };
}"""


def test_who_types_on_gives_up_an_answer_that_came_half(person):
    visitor = person()
    visitor.go("/zoeken/")
    visitor.page.evaluate(HALF)

    for number, letters in enumerate(("hu", "ur"), start=1):
        field(visitor).press_sequentially(letters)
        visitor.page.wait_for_function("(number) => window.begun === number", arg=number)

    assert visitor.problems == []


def test_words_without_an_answer_do_not_stand_above_the_results_of_others(person):
    visitor = person()
    visitor.go("/zoeken/?q=huur")
    told = visitor.page.get_by_text("Er kwam geen antwoord op je vraag.")

    visitor.context.set_offline(True)
    field(visitor).fill("schulden")
    told.wait_for()
    visitor.context.set_offline(False)
    field(visitor).press("Enter")
    visitor.page.wait_for_url("**q=schulden")

    assert told.is_hidden()
    assert visitor.problems
    visitor.problems.clear()


def test_a_slip_is_corrected_with_a_way_back(person):
    visitor = person()
    visitor.go("/zoeken/")

    field(visitor).press_sequentially("psygoloog")
    visitor.sees("We zochten ook naar ‘psycholoog’.")
    visitor.follow("Zoek toch naar ‘psygoloog’")

    assert "getypt=1" in visitor.page.url


def test_chips_are_taken_away_one_by_one(person):
    visitor = person()
    visitor.go("/zoeken/?q=tolk+zedelgem+gratis&taal=ar")

    for value in ("Arabisch", "gratis", "Zedelgem"):
        visitor.follow(f"Haal {value} weg")
        assert not visitor.page.locator(".chip", has_text=value).count(), value

    assert visitor.page.url.endswith("?q=tolk")


def test_ticks_widen_and_narrow_and_the_way_back_undoes_them_one_by_one(person):
    visitor = person()
    visitor.go("/zoeken/?q=huur")
    page = visitor.page
    all_of_them = spoken(visitor)

    page.locator("#filter-gemeente-31022").check(force=True)
    chip(visitor, "Oostkamp").wait_for()
    one = spoken(visitor)
    assert page.evaluate("document.activeElement.id") == "filter-gemeente-31022", "the focus stays on the tick"
    page.locator("#filter-gemeente-31040").check(force=True)
    chip(visitor, "Zedelgem").wait_for()
    both = spoken(visitor)
    visitor.unfold("Prijs")
    page.locator("#filter-prijs-free").check(force=True)
    chip(visitor, "Gratis").wait_for()
    free = spoken(visitor)
    first, second, third = (int(words.split()[0]) for words in (one, both, free))
    assert first < second
    assert third < second

    page.go_back()
    says(visitor, both)
    assert page.locator("#filter-gemeente-31040").is_checked()
    page.go_back()
    says(visitor, one)
    page.go_back()
    says(visitor, all_of_them)
    assert page.url.endswith("/zoeken/?q=huur")


def test_every_filter_works_without_script(person):
    visitor = person(javascript=False)
    visitor.go("/zoeken/?q=huur")

    visitor.page.get_by_role("checkbox", name=re.compile("^Oostkamp")).check(force=True)
    visitor.unfold("Ander moment")
    visitor.page.get_by_label("Dag").fill("2026-11-30")
    visitor.press("Toon dit")

    assert "gemeente=31022" in visitor.page.url
    visitor.sees("maandag 30 november")


def test_the_map_and_its_list_choose_the_same(person):
    worker = person(roads.LOTTE)
    worker.go("/zoeken/?q=huur+oostkamp")
    worker.follow("Kaart")
    page = worker.page
    look_at(page)
    listed, picture = (page.locator(part).bounding_box() for part in (".on-map-list", ".on-map-picture"))
    assert listed["x"] + listed["width"] <= picture["x"], "side by side on a desk"
    assert abs(listed["y"] - picture["y"]) < 10

    page.locator("[data-number='3']").click()
    page.wait_for_url("**nr=3**")
    name = page.locator("#picked-title a").inner_text()
    assert page.locator("[data-number='3']").inner_text() == name
    number = page.locator(".map-figure:not(.map-figure-chosen)").first
    wanted = re.match(r"\d+", number.text_content()).group()
    number.click(force=True)
    page.wait_for_url(f"**nr={wanted}**")

    assert page.locator(f"[data-number='{wanted}'][aria-current]").count() == 1


def test_the_device_is_asked_once_and_named_by_its_village(person):
    visitor = person()
    visitor.context.grant_permissions(["geolocation"], origin=visitor.site.url)
    visitor.context.set_geolocation(HERE)
    sent = []
    visitor.page.on("request", lambda request: sent.append((request.url, request.post_data)))
    visitor.go("/zoeken/?q=huur")

    visitor.page.get_by_role("button", name="Neem het dorp waar ik ben.").click()
    visitor.page.wait_for_url("**waar=Loppem**")

    visitor.sees("Loppem (Zedelgem)")
    assert [body for url, body in sent if url.endswith("/zoeken/hier/")] == ["breedte=51.16&lengte=3.20"]
    assert not [url for url, _body in sent if "51.1" in url]


def test_a_device_that_says_no_is_answered_with_words(person):
    visitor = person()
    visitor.go("/zoeken/")

    visitor.page.get_by_role("button", name="Neem het dorp waar ik ben.").click()

    visitor.sees("We zien niet waar je bent. Schrijf de plaats.")


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_three_services_stand_side_by_side(person, javascript):
    visitor = person(javascript=javascript)
    visitor.go("/zoeken/?q=huur&waar=Oostkamp")
    names = [visitor.page.locator(".result-title").nth(number).inner_text() for number in range(3)]

    for number in range(3):
        visitor.page.locator(".result-compare input").nth(number).check(force=True)
    visitor.press("Vergelijk wat je aankruiste")

    assert visitor.page.locator(".compare-name").all_inner_texts() == names
    if javascript:
        look_at(visitor.page)
    visitor.follow("Haal weg")
    assert visitor.page.locator(".compare-name").all_inner_texts() == names[1:]
    visitor.page.go_back()
    visitor.follow("Terug naar de lijst")
    assert "q=huur" in visitor.page.url


@pytest.mark.parametrize(
    "path",
    [
        "/zoeken/thema/", "/zoeken/thema/money/", "/zoeken/thema/money/?waar=Zedelgem", "/zoeken/a-z/?letter=B",
        "/zoeken/vergelijken/", "/api/", "/zoeken/?q=huur&op=2026-11-31", "/zoeken/?q=huur&sorteer=afstand",
        "/zoeken/?q=huur&alles=gemeente&alles=taal&taal=ar", "/zoeken/?q=huur+oostkamp&beeld=kaart",
    ],
)  # fmt: skip
def test_a_page_of_search_is_for_everyone(person, path):
    visitor = person()

    assert visitor.go(path) == 200

    look_at(visitor.page)
    assert not cramped(visitor.page)
