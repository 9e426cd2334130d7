"""What a first visit weighs in a browser that has nothing yet: pages, style, scripts and the font, as they are sent."""

import pytest

from tests.journeys import roads

pytestmark = pytest.mark.journey

BUDGET = 60_000
COUNTED = {"document": "gzip", "stylesheet": "br", "script": "br", "font": ""}
# Words that find more than a page of rows, each with all that a row can say.
FULL_PAGES = ["schulden zedelgem", "hulp", "ik kan mijn huur niet betalen brugge"]


@pytest.mark.parametrize(
    ("address", "path"),
    [("", "/"), *(("", f"/zoeken/?q={question}") for question in FULL_PAGES), (roads.LOTTE, "/naar-ons/")],
)
def test_a_first_visit_stays_light_and_comes_compressed(person, address, path):
    person(address)
    someone = person(address)
    sent = []

    def note(request):
        sent.append(request)

    someone.page.on("requestfinished", note)

    with someone.page.expect_event("requestfinished", lambda one: one.resource_type == "font"):
        someone.page.goto(path)

    counted = [one for one in sent if one.resource_type in COUNTED]
    assert {one.resource_type for one in counted} == {*COUNTED}
    for one in counted:
        assert one.response().headers.get("content-encoding", "") == COUNTED[one.resource_type], one.url
    weights = {one.url: one.sizes()["responseBodySize"] for one in counted}
    assert sum(weights.values()) <= BUDGET, weights
    if "?q=" in path:
        assert someone.page.locator("li.result").count() == 20
