"""Journey 1: a visitor asks in own words, and goes home with a card."""

import pytest

from tests.journeys.looking import look_at

pytestmark = pytest.mark.journey

QUESTION, SERVICE, PHONE = "ik moet mijn huis uit", "Blijven wonen", "050 00 00 33"
SPANS = ("9 – 12 u.", "13 – 17 u.", "13 – 19 u.")


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_visitor_finds_help_in_own_words_and_takes_a_card_home(person, javascript):
    visitor = person(width=390, javascript=javascript)
    visitor.go("/")
    look = look_at if javascript else lambda page: None
    look(visitor.page)

    visitor.type("Je vraag", QUESTION)
    visitor.type("Waar woon je?", "Oostkamp")
    visitor.press("Zoek hulp")
    visitor.sees("Zo lezen we je vraag")
    look(visitor.page)

    visitor.follow(SERVICE)
    assert visitor.title == SERVICE
    look(visitor.page)
    way = visitor.page.get_by_role("link", name="Toon de weg").get_attribute("href")
    assert "51.1545" in way and "3.2264" in way
    visitor.sees("Blauwedeurstraat 7, 8020 Oostkamp")
    visitor.sees("4,4 km van Oostkamp. Bus 74, halte Kerk.")
    hours = " ".join(visitor.page.get_by_role("table", name="Open").inner_text().split())
    assert sum(hours.count(span) for span in SPANS) >= 3, f"five spans, and a holiday takes two at most: {hours}"
    assert visitor.page.get_by_role("link", name=f"Bel {PHONE}").get_attribute("href") == "tel:050000033"

    visitor.follow("Kaartje")
    assert visitor.title == SERVICE
    visitor.sees(PHONE)
    look(visitor.page)
    visitor.page.emulate_media(media="print")
    assert visitor.page.get_by_text("Terug naar de dienst").is_hidden()
    assert visitor.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1

    visitor.page.emulate_media(media="screen")
    visitor.follow("Terug naar de dienst")
    assert visitor.title == SERVICE
    visitor.page.emulate_media(media="print")
    assert visitor.page.get_by_text("Voor hulpverleners", exact=True).locator("visible=true").count() == 0


def test_the_way_back_from_a_service_leads_to_the_same_results(person):
    visitor = person()
    visitor.go("/zoeken/?q=huur&waar=Oostkamp")
    found = visitor.page.get_by_role("status").inner_text()

    visitor.page.locator(".result-title a").first.click()
    visitor.page.wait_for_url("**/dienst/**")
    visitor.page.locator(".back-link").click()
    visitor.page.wait_for_url("**/zoeken/**")

    assert visitor.page.get_by_role("status").inner_text() == found
    assert visitor.page.get_by_label("Je vraag").input_value() == "huur"


def test_words_typed_in_the_search_field_change_the_results_at_once(person):
    visitor = person()
    visitor.go("/zoeken/?q=huur&waar=Oostkamp")

    visitor.page.get_by_label("Je vraag").press("End")
    visitor.page.get_by_label("Je vraag").press_sequentially(" betalen")
    visitor.page.wait_for_url("**q=huur+betalen**")

    visitor.sees("Zo lezen we je vraag")
    assert visitor.page.get_by_label("Je vraag").input_value() == "huur betalen"
