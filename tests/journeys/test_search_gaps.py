"""Nothing found: the gap is reported in one press, and the coordinator reads it; what people look for is counted."""

import contextlib
import sqlite3
import time

import pytest

from tests.journeys.looking import look_at

pytestmark = pytest.mark.journey

COORDINATOR = "bert@we40.example"
NOTHING = "/zoeken/?q=kernfusiereactor&thema=meeting&waar=Jabbeke"
REPORT = "Meld: Mensen ontmoeten ontbreekt in Jabbeke"
COUNT = "SELECT times, opened FROM search_asked WHERE text = ?"


def counted(site, text):
    """Read how often a question was asked and opened; counts are written a moment later."""
    time.sleep(2.5)
    with contextlib.closing(sqlite3.connect(site.data_dir / "dorpel.sqlite3")) as database:
        return [number for row in database.execute(COUNT, [text]) for number in row]


def test_what_is_not_found_is_reported_and_read(person):
    for number in range(5):
        visitor = person(width=390, javascript=number != 1)
        visitor.go(NOTHING)
        visitor.sees("We vinden niets dat past.")
        if number == 0:
            look_at(visitor.page)
        visitor.press(REPORT)
        visitor.sees("Dank je, we weten het nu")
        if number == 0:
            look_at(visitor.page)
    bert = person(COORDINATOR)
    bert.go("/vandaag/")
    bert.follow("Tekorten")
    row = bert.page.get_by_role("row").filter(has=bert.page.get_by_role("rowheader", name="Mensen ontmoeten"))
    assert int(row.locator(".gap-cell").filter(has_text="Jabbeke").locator(".gap-count").inner_text()) >= 5
    look_at(bert.page)

    with bert.page.expect_event("load"):
        row.locator(".gap-step a").click()
    look_at(bert.page)
    bert.type("Wat nu?", "Hanne vraagt het dorpshuis")
    bert.press("Bewaar")
    bert.sees("Hanne vraagt het dorpshuis")
    with bert.page.expect_download() as download:
        bert.page.get_by_role("link", name="Download deze tabel").click()
    assert "Mensen ontmoeten;Jabbeke;" in download.value.path().read_text(encoding="utf-8-sig")


def test_a_name_is_refused_and_nothing_typed_is_lost(person):
    visitor = person()
    visitor.go("/zoeken/tekort/?thema=mind&waar=Oostkamp")
    visitor.type("Wat precies?", "Lotte Peeters zoekt een psycholoog")
    visitor.press("Meld dit")

    visitor.sees("Dit lijkt een naam.")
    assert visitor.page.get_by_label("Wat precies?").input_value() == "Lotte Peeters zoekt een psycholoog"
    assert visitor.page.get_by_label("Waar?").input_value() == "Oostkamp"
    look_at(visitor.page)

    visitor.type("Wat precies?", "een psycholoog die Turks spreekt")
    visitor.press("Meld dit")
    visitor.sees("Dank je, we weten het nu")


def test_words_that_stay_and_a_result_that_opens_are_counted_without_a_trace(person, site):
    asked, opened = counted(site, "brandverzekering huurwaarborg") or (0, 0)
    visitor = person()
    visitor.go("/zoeken/?q=huur&waar=Oostkamp")
    field = visitor.page.get_by_label("Je vraag")
    field.fill("")
    field.press_sequentially("brandverzekering huurwaarborg", delay=30)
    visitor.page.wait_for_url("**q=brandverzekering+huurwaarborg**")
    visitor.page.wait_for_timeout(5500)
    link = visitor.page.locator(".result-title a").first
    assert "wat=" not in (link.get_attribute("href") or "")
    link.click()
    visitor.page.wait_for_url("**/dienst/**")

    assert counted(site, "brandverzekering huurwaarborg") == [asked + 1, opened + 1]
    assert counted(site, "brandverzekering huur") == []
    assert not [cookie for cookie in visitor.context.cookies() if "session" in cookie["name"]]


def test_the_editor_goes_from_a_question_to_a_synonym(person):
    bert = person(COORDINATOR)
    bert.go("/gezocht/")
    bert.sees("Niets gevonden")
    look_at(bert.page)
    row = bert.page.get_by_role("row").filter(has=bert.page.get_by_role("rowheader", name="tandarts zonder voorschot"))
    bert.press("Maak een synoniem", role="link", within=row)

    assert bert.page.locator("[name=left]").input_value() == "tandarts zonder voorschot"
