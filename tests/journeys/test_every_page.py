"""Every page of the journeys, and those beside them: for everyone, on a phone and a desk, light and dark."""

import fnmatch
import json
from urllib.parse import urlsplit

import pytest

from tests.journeys import roads
from tests.journeys.looking import cramped, lengthen, look_at, sideways, violations

pytestmark = pytest.mark.journey

PUBLIC = [
    "/", "/zoeken/", "/zoeken/?q=eten+in+het+weekend&waar=Zedelgem", "/zoeken/?q=huur&waar=Oostkamp&beeld=kaart",
    "/zoeken/?q=xyzzyqwk", "/zoeken/?q=huur&waar=Nergenshuizen", "/zoeken/?q=ik+wil+dood", "/zoeken/tekort/",
    "/organisaties/", "/rechten/", "/rechten/antwoorden/", "/rechten/overzicht/", "/rechten/r01/", "/leernetwerk/",
    "/leernetwerk/samen-bellen/", "/leernetwerk/samen-bellen/?kaart", "/over/", "/privacy/", "/toegankelijkheid/",
    "/klopt-er-iets-niet/", "/zet-je-organisatie-erbij/", "/weergave/", "/account/login/", "/account/password/reset/",
    "/volg/", "/ja/", "/componenten/", "/zoeken/thema/", "/zoeken/thema/money/", "/zoeken/a-z/", "/api/",
    "/rechten/r35/",
]  # fmt: skip
WORKERS = [
    "/vandaag/", "/naar-ons/", "/door-ons/", "/gesprekken/", "/gesprekken/?toon=afgerond", "/gesprekken/nieuw/",
    "/gesprekken/nieuw/?naam=Greta", "/zoeken/", "/zoeken/?q=huur", "/zoeken/?q=huur&beeld=kaart", "/rechten/",
    "/leernetwerk/", "/meer/",
    "/weergave/", "/account/password/change/", "/meetekenen/", "/berichten/teksten/",
    "/op-papier/", "/noodtoegang/", "/account/2fa/", "/account/sessions/",
    "/account/2fa/totp/activate/",
]  # fmt: skip
COORDINATORS = [
    "/verwijsrecht/", "/netwerk/termijnen/", "/netwerk/blijft-liggen/", "/cijfers/nooit-geopend/", "/tekorten/",
    "/gezocht/", "/zoekwoorden/", "/zoekwoorden/nieuw/", "/zoekwoorden/veranderd/", "/zoekwoorden/inlezen/",
    "/netwerk/", "/tekorten/shelter/", "/fiches/", "/fiches/?toon=over-tijd",
]  # fmt: skip
WATCHING = [
    (roads.CONTACT, "/gegevens/"), (roads.CONTACT, "/gegevens/zonder-ja/"), (roads.CONTACT, "/nazicht/"),
    (roads.CONTACT, "/gegevens/voorvallen/"),
    (roads.OPERATOR, "/gezondheid/"), (roads.OPERATOR, "/zoekmotor/"),
]  # fmt: skip
NAMES = ("Pannenhoek", "Deur", "Knopen", "wonen", "Greta", "Lotte", "Noor")
# Where such a name stands: who, the page, and the start of the link behind which the page is.
NAMED = [
    (roads.LOTTE, "/vandaag/", ""), (roads.LOTTE, "/leden/", ""), (roads.LOTTE, "/op-papier/", ""),
    (roads.LOTTE, "/gesprekken/?toon=afgerond", ""), (roads.LOTTE, "/door-ons/", "/doorverwijzing/"),
    (roads.NOOR, "/naar-ons/", "/doorverwijzing/"), (roads.NOOR, "/fiches/", ""),
    (roads.BERT, "/cijfers/nooit-geopend/", ""), (roads.CONTACT, "/gegevens/zonder-ja/", ""),
    ("", "/zoeken/?q=huur", ""), ("", "/organisaties/", ""), ("", "/zoeken/?q=huur", "/dienst/"),
]  # fmt: skip
# What each side may open of a referral, besides its own page.
SENDERS = (
    "bewijs/", "bewijs/?taal=ar", "intrekken/", "antwoord/", "brug/", "samen/", "ja/getoond/", "overdracht/",
    "overleg/", "mee-tekenen/",
)  # fmt: skip
RECEIVERS = ("doorgeven/", "contact/", "samen/")
# Behind a link on a page: who, where the link stands, and how its address ends.
BEHIND = [
    (roads.LOTTE, "/organisaties/", "/organisatie/*/"),
    (roads.LOTTE, "/organisatie/*/", "/organisatie/*/kaartje/"),
    (roads.LOTTE, "/vandaag/", "/ja/opnieuw/"), (roads.LOTTE, "/op-papier/", "/afdrukken/"),
    (roads.LOTTE, "/leden/", "/weg/"), (roads.LOTTE, "/leden/", "/stoppen/"),
    (roads.CONTACT, "/vandaag/", "/clienten/*/gegevens/"),
    (roads.CONTACT, "/clienten/*/gegevens/", "/gegevens/wissen/"),
    (roads.CONTACT, "/gegevens/zonder-ja/", "/gegevens/zonder-ja/*/"), (roads.CONTACT, "/nazicht/", "/nazicht/*/"),
    (roads.CONTACT, "/gegevens/zonder-ja/", "/gegevens/grond/*/"),
    (roads.CONTACT, "/gegevens/", "/gegevens/bewaren/*/"),
    (roads.CONTACT, "/gegevens/", "/gegevens/leeslog/*/"),
    (roads.CONTACT, "/gegevens/voorvallen/", "/gegevens/voorvallen/*/"),
    (roads.CONTACT, "/clienten/*/gegevens/", "/gegevens/vraag/*/"),
]  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_for_everyone(reader, path):
    visitor = reader()

    assert visitor.go(path) == 200

    look_at(visitor.page)
    assert not cramped(visitor.page)


@pytest.mark.parametrize("path", WORKERS)
def test_a_workers_page_is_for_everyone(reader, path):
    worker = reader(roads.LOTTE)

    assert worker.go(path) == 200

    look_at(worker.page)
    assert not cramped(worker.page)


@pytest.mark.parametrize("path", ["/fiches/", "/beheer/snippets/sociale_kaart/service/"])
def test_a_page_of_who_keeps_listings_is_for_everyone(reader, path):
    editor = reader(roads.NOOR)

    assert editor.go(path) == 200

    look_at(editor.page)


def test_the_pages_of_who_manages_a_team_are_for_everyone(person):
    manager = person(roads.ELS)
    for path in ("/gegevens/", "/leden/"):
        manager.go(path)
        look_at(manager.page)

    manager.page.locator("a[href$='/wijzigen/']").first.click()
    manager.page.wait_for_url("**/wijzigen/")

    look_at(manager.page)
    manager.go("/leden/")
    manager.follow("Werkuren")
    assert manager.title.startswith("Wanneer werken jullie bij")
    look_at(manager.page)


@pytest.mark.parametrize("path", COORDINATORS)
def test_a_page_of_the_coordination_is_for_everyone(reader, path):
    coordinator = reader(roads.BERT)

    assert coordinator.go(path) == 200

    look_at(coordinator.page)
    assert not cramped(coordinator.page)


@pytest.mark.parametrize(("address", "path"), WATCHING)
def test_a_page_of_who_watches_is_for_everyone(reader, address, path):
    someone = reader(address)

    assert someone.go(path) == 200

    look_at(someone.page)


@pytest.mark.parametrize(("address", "start", "behind"), NAMED)
def test_a_name_of_sixty_signs_stays_on_a_narrow_phone(reader, address, start, behind):
    someone = reader(address)
    someone.go(start)
    for path in links_that_begin(someone, behind) if behind else [start]:
        assert someone.go(path) == 200

        assert lengthen(someone.page, NAMES)

        assert not sideways(someone.page), path


@pytest.mark.parametrize("when", ["all", "(prefers-color-scheme: dark)", "(min-width: 1000px)"])
def test_one_pale_text_among_many_that_are_alike_is_found(person, when):
    visitor = person()
    visitor.go("/zoeken/?q=huur")
    row = visitor.page.locator("main h3").nth(5)
    row.evaluate("(one) => one.setAttribute('data-pale', '')")
    pale = f"@media {when} {{ [data-pale], [data-pale] * {{ color: #7778 !important }} }}"
    visitor.page.evaluate(
        "(text) => { document.adoptedStyleSheets = [new CSSStyleSheet()];"
        " document.adoptedStyleSheets[0].replaceSync(text); }", pale,
    )  # fmt: skip

    assert any("color-contrast" in problem for problem in violations(visitor.page))


def test_the_pages_behind_a_link_are_for_everyone(reader):
    found: dict[str, list[str]] = {}
    at: dict[str, str] = {}
    for address, start, end in BEHIND:
        someone = reader(address)
        someone.go(at.get(start, start))
        link = link_that_ends(someone, end)
        assert someone.go(link) == 200, link
        at[end] = link
        found[end] = violations(someone.page) + sideways(someone.page)

    wrong = {name: problems for name, problems in found.items() if problems}
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)


def links_that_begin(someone, start: str) -> list[str]:
    """Give the first four addresses on the page that begin so."""
    links = someone.page.eval_on_selector_all("main a[href]", "found => found.map((one) => one.getAttribute('href'))")
    matching = list(dict.fromkeys(link for link in links if link.startswith(start)))
    assert matching, f"no link on {someone.page.url} begins with {start}"
    return matching[:4]


def link_that_ends(someone, end: str) -> str:
    """Give the first address on the page that ends so; a star stands for one part."""
    links = someone.page.eval_on_selector_all("main a[href]", "found => found.map((one) => one.getAttribute('href'))")
    matching = [link for link in links if fnmatch.fnmatch(link, f"*{end}") and link != urlsplit(someone.page.url).path]
    assert matching, f"no link on {someone.page.url} ends in {end}"
    return matching[0]


def test_sharing_without_a_yes_and_what_a_role_may_not_do_are_for_everyone(person):
    manager = person(roads.ELS)
    paths = one_per_state(manager, "/door-ons/")
    manager.go(first_that_opens(manager, paths.values(), "zonder-ja/"))
    look_at(manager.page)
    manager.page.locator("main form .button").last.click()
    manager.sees("dingen nog.")
    look_at(manager.page)

    with manager.expecting(403):
        assert manager.go("/verwijsrecht/") == 403
    look_at(manager.page)


def test_a_page_that_is_not_there_is_for_everyone(person):
    for someone in (person(), person(roads.LOTTE)):
        with someone.expecting(404):
            assert someone.go("/nergens/") == 404
        look_at(someone.page)


def one_per_state(worker, path: str) -> dict[str, str]:
    """Give the address of one referral in each state that a list shows."""
    worker.go(path)
    found = {}
    for row in worker.page.locator("table.flow tbody tr").all():
        state = row.locator(".flow-state").inner_text().strip()
        found.setdefault(state, row.locator("a").first.get_attribute("href"))
    return found


@pytest.mark.parametrize(
    ("address", "side", "beside"),
    [
        (roads.LOTTE, "/door-ons/", SENDERS),
        (roads.LOTTE, "/naar-ons/", RECEIVERS),
        (roads.NOOR, "/naar-ons/", RECEIVERS),
    ],
    ids=["sender", "receiver", "another receiver"],
)
def test_a_referral_is_for_everyone_in_every_state(person, address, side, beside):
    worker = person(address)
    states = one_per_state(worker, side)
    assert len(states) >= 2, states
    pages = {state: worker.site.url + path for state, path in states.items()}
    pages |= {part: first_that_opens(worker, states.values(), part) for part in beside}
    found = {}

    for name, page in pages.items():
        assert worker.go(page) == 200, name
        found[name] = violations(worker.page) + sideways(worker.page)
        worker.page.set_viewport_size({"width": 1280, "height": 900})

    wrong = {name: problems for name, problems in found.items() if problems}
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)


def first_that_opens(worker, paths, part: str) -> str:
    """Give the address of a page beside a referral, of the first one that has it."""
    for path in paths:
        with worker.expecting(404):
            if worker.go(path + part) == 200:
                return worker.page.url
    raise AssertionError(f"no referral has {part}")


def test_pages_with_errors_are_for_everyone(person):
    visitor, worker = person(), person(roads.LOTTE)
    visitor.go("/account/login/")
    visitor.press("Meld me aan")
    look_at(visitor.page)
    visitor.go("/volg/")
    with visitor.expecting(404):
        visitor.type("Typ de code van je blad", "AAAA AAAA")
        visitor.press("Toon mijn vraag")
    look_at(visitor.page)
    assert not cramped(visitor.page)

    worker.go("/gesprekken/nieuw/")
    worker.press("Zoek hulp, rechten later")
    worker.sees("Schrijf een voornaam.")
    assert worker.page.evaluate("document.activeElement.matches('[data-focus]')"), (
        "the summary of errors takes the focus"
    )
    look_at(worker.page)
