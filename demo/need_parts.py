"""Under which part of a need an invented listing stands, told by the beginnings of its own words (without accents)."""

from typing import Any

from search.language.analyser import fold
from sociale_kaart.vocabulary import NEED_PARTS, read

BEGINNINGS = {
    "debts": "schuld deurwaarder afbetal rekening betaalprobleem",
    "income": "leefloon uitkering inkomen steun",
    "budget": "budget rondkomen tweedehands goedkoop korting halve uitpas",
    "food": "voedsel eten maaltijd kruidenier",
    "renting": "huur huurder huisbaas waarborg",
    "finding": "inschrijven sociale zoeken kandidaat",
    "repairs": "vocht slecht herstel aanpassen premie renov",
    "tonight": "nacht vannacht crisis slaap",
    "evicted": "uithuis huisuit vertrekken dreig blijven",
    "temporary": "noodwoning tijdelijk doorgang transit",
    "childcare": "opvang creche onthaal buitenschool",
    "parenting": "opvoed ouder consult groei",
    "school": "school huiswerk leer",
    "separating": "scheid elkaar bezoekruimte bemidd",
    "pregnant": "zwanger baby geboorte kraam luier",
    "doctor": "dokter arts huisarts wacht gezondheidscentrum",
    "teeth": "tand mond",
    "health-costs": "ziekenfonds kosten verzekering mutualiteit terugbet",
    "talking": "psycholoog praten luister gesprek therap",
    "crisis": "zelfmoord zelfdoding crisis mobiel",
    "grief": "rouw verlies overlijd",
    "alcohol-drugs": "alcohol drank drug nuchter",
    "gambling": "gok gamen",
    "cleaning": "poets huishoud boodschap klus",
    "nursing": "verpleg verzorg gezinszorg thuiszorg wassen",
    "carers": "mantelzorg oppas zorgvoor",
    "day-care": "dagopvang dagverzorg dienstencentrum",
    "devices": "hulpmiddel rolstoel kruk uitleen",
    "guidance": "begeleid dagbested ondersteun",
    "finding-work": "werk sollicit vacature",
    "learning": "opleiding cursus lezen leren diploma",
    "violence": "geweld vlucht misbruik",
    "victims": "slachtoffer misdrijf politie",
    "lawyer": "advocaat juridisch jurist prodeo",
    "papers": "papier formulier brief aanvra attest",
    "residence": "verblijf asiel vluchteling inburger",
    "dutch": "nederlands taal praat oefen",
    "interpreter": "tolk vertal",
    "company": "ontmoet buddy praat samen babbel koffie",
    "leisure": "sport spel kamp cultuur uitpas vrijetijd speelplein",
    "volunteering": "vrijwillig",
    "rides": "rit rijd vervoer mobiel",
    "energy": "energie stroom water stook verwarm",
    "digital": "digitaal computer internet digi",
}


def above() -> dict[str, str]:
    """Give the need above each part."""
    return {row["code"]: row["of"] for row in read()[NEED_PARTS]["terms"]}


def parts_of(one: dict[str, Any], need_of: dict[str, str]) -> list[str]:
    """Give the parts of its own needs under which a listing of the catalogue stands."""
    said = fold(" ".join([one["name"], *one.get("alternate_names", ()), one.get("summary", "")]))
    words = [word.strip(".,;:()‘’") for word in said.split()]
    return [
        part
        for part, beginnings in BEGINNINGS.items()
        if need_of[part] in one["needs"] and any(word.startswith(tuple(beginnings.split())) for word in words)
    ]
