"""Makes the index record of one service. Holds nothing that the public page does not show."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone

from search.language.analyser import fold
from search.language.compounds import Splits
from search.records import derive
from search.records.doc import ALTERNATE, CATEGORY, EVERYWHERE, NAME, ORGANIZATION, TEXT, Passage, SearchDoc
from search.records.fingerprint import fingerprint
from search.records.hours import packed
from search.records.listing import Listing, listings
from search.records.popularity import lifts
from search.understanding.known import current
from search.understanding.places import Places, nodes_named, places, written_out
from sociale_kaart.areas import COUNTRY
from sociale_kaart.models import Service, TaxonomyTerm

# Part of the index generation: raise it when the same service gives another record.
VERSION = "7"
DECIMALS = 6
# What our own needs are called in searches; their names on screen are for reading.
NEED_WORDS = {
    "money": "geld", "housing": "wonen woning", "shelter": "dakloos thuisloos crisis opvang",
    "family": "gezin kinderen opvoeding", "health": "gezondheid", "mind": "psychisch welzijn geestelijke gezondheid",
    "addiction": "verslaving", "care": "zorg thuis ouderen", "disability": "handicap beperking",
    "work": "werk opleiding", "safety": "geweld veiligheid", "law": "recht papieren administratie",
    "newcomers": "nieuwkomers taal", "meeting": "vrije tijd ontmoeten vrijwilligers", "transport": "vervoer",
    "utilities": "energie water digitaal",
}  # fmt: skip
GROUP_WORDS = {
    "everyone": "", "children": "kinderen", "youth": "jongeren", "students": "leerlingen studenten",
    "families": "gezinnen ouders", "single_parents": "alleenstaande ouders", "older": "ouderen senioren",
    "disability": "mensen met een handicap", "carers": "mantelzorgers", "newcomers": "nieuwkomers anderstaligen",
    "undocumented": "mensen zonder wettig verblijf", "homeless": "dakloze thuisloze mensen", "tenants": "huurders",
    "owners": "eigenaars", "jobseekers": "werkzoekenden", "workers": "werkenden", "women": "vrouwen", "men": "mannen",
    "lgbti": "holebi transgender lgbti", "detainees": "gedetineerden",
}  # fmt: skip
LONGEST_PRICE = 40
NEEDS, NEED_PARTS, TARGET_GROUPS, LIFE_DOMAINS = "needs", "need_parts", "target_groups", "life_domains"


def documents(services: Iterable[Service], keys: Collection[str] | None = None) -> Iterator[SearchDoc]:
    """Make the records of services that were fetched with `for_index()`; `keys` names them when they are few."""
    known, above, today = places(), terms_above(), timezone.localdate()
    splits, opened = current().splits, lifts(keys)
    for listing in listings(services, today):
        record = document(listing, known, above, splits, opened.get(str(listing.service.pk), 0.0))
        yield replace(record, version=fingerprint(record))


def terms_above() -> dict[str, tuple[str, str]]:
    """Give, for each term with a term above it, the id and the code of that one."""
    rows = TaxonomyTerm.objects.filter(parent__isnull=False).order_by("pk")
    listed = rows.values_list("pk", "parent_id", "parent__code", "parent__name")
    return {str(pk): (str(parent), code or name) for pk, parent, code, name in listed}


def document(
    listing: Listing, known: Places, above: Mapping[str, tuple[str, str]], splits: Splits, popularity: float
) -> SearchDoc:
    """Make the record of one service."""
    service = listing.service
    areas, size = _areas(listing, known)
    latitude, longitude = _place(listing)
    return SearchDoc(
        key=str(service.pk),
        version=0,
        passages=tuple(_passages(listing)),
        name=service.name,
        facets=_facets(listing, above),
        areas=areas,
        area_size=size,
        at=frozenset(_municipalities(listing, known)),
        parts=frozenset(fold(address.city) for address in listing.addresses),
        slots=listing.slots,
        closed=listing.closed,
        latitude=latitude,
        longitude=longitude,
        verified=service.assured_date,
        popularity=popularity,
        card=_card(listing),
        splits=splits,
    )


def _place(listing: Listing) -> tuple[float, float] | tuple[None, None]:
    """Give where its first door is, in degrees; to a decimetre, as the embedded index keeps it and so every engine."""
    for location in listing.doors:
        if position := location.position:
            latitude, longitude = position
            return round(latitude, DECIMALS), round(longitude, DECIMALS)
    return None, None


def _passages(listing: Listing) -> Iterator[Passage]:
    service, organization = listing.service, listing.service.organization
    yield Passage(NAME, service.name)
    for name in service.alternate_name.splitlines():
        yield Passage(ALTERNATE, name)
    for term in listing.terms:
        # A part says where to look, not what is offered: the words of the listing do that.
        if term.vocabulary != NEED_PARTS:
            yield _term_passage(term)
    yield Passage(ORGANIZATION, organization.name)
    yield Passage(ORGANIZATION, organization.alternate_name)
    for text in _texts(listing):
        yield Passage(TEXT, text)


def _term_passage(term: TaxonomyTerm) -> Passage:
    if term.vocabulary == NEEDS:
        return Passage(CATEGORY, NEED_WORDS.get(term.code, term.name))
    if term.vocabulary == TARGET_GROUPS:
        return Passage(TEXT, GROUP_WORDS.get(term.code, term.name))
    if term.vocabulary == LIFE_DOMAINS:
        # So broad that half of the catalogue would call itself by it.
        return Passage(TEXT, term.name)
    return Passage(CATEGORY, term.name)


def _texts(listing: Listing) -> Iterator[str]:
    service = listing.service
    yield from (
        service.summary, service.description, service.client_text, service.worker_text,
        service.eligibility_description, service.application_process, service.fees_description,
        service.interpretation_services,
    )  # fmt: skip
    if service.program:
        yield service.program.name
    # Dutch is spoken everywhere: as a word it would make every service answer "Nederlands leren".
    yield " ".join(derive.language_names(code for code in listing.languages if code != "nl"))
    yield from (location.name for location in listing.doors)
    yield from (address.city for address in listing.addresses)


def _facets(listing: Listing, above: Mapping[str, tuple[str, str]]) -> dict[str, frozenset[str]]:
    service = listing.service
    groups = frozenset(term.code for term in listing.terms if term.vocabulary == TARGET_GROUPS)
    others = {TARGET_GROUPS, LIFE_DOMAINS}
    needs = frozenset(code for term in listing.terms if term.vocabulary not in others for code in _line(term, above))
    takes_new = service.takes_new_people and service.status == "active"
    return {
        "category": needs,
        "target": groups,
        "language": frozenset(listing.languages),
        "cost": frozenset(filter(None, [listing.cost])),
        "referral": frozenset(filter(None, [listing.referral])),
        "how": listing.how,
        "accessibility": listing.ease,
        "access": frozenset({"takes_new"} if takes_new else ()),
        "organization": frozenset({str(service.organization_id)}),
    }


def _line(term: TaxonomyTerm, above: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Give the code of a term and of all above it, so that a need also holds what is filed under its parts."""
    yield term.code or term.name
    at, seen = str(term.pk), set[str]()
    while at in above and at not in seen:
        seen.add(at)
        at, code = above[at]
        yield code


def _areas(listing: Listing, known: Places) -> tuple[frozenset[str], int]:
    """Give the nodes it serves and how many municipalities that is; without areas it serves where its doors are."""
    nodes = {node for row in listing.areas for node in _nodes(row.node, row.name, known)}
    if nodes:
        written = written_out(nodes, known)
        narrow = all(node.startswith("municipality:") for node in written)
        return written, len(written) if narrow else EVERYWHERE
    at = frozenset(f"municipality:{code}" for code in _municipalities(listing, known))
    return at or frozenset({COUNTRY}), EVERYWHERE


def _nodes(node: str, name: str, known: Places) -> frozenset[str]:
    return frozenset({node}) if node else nodes_named(name, known)


def _municipalities(listing: Listing, known: Places) -> Iterator[str]:
    """Give the NIS codes of the doors: their own, else by the postcode or town of an address."""
    own = [str(location.municipality_id) for location in listing.doors if location.municipality_id]
    yield from own
    if not own:
        for address in listing.addresses:
            spot = known.gazetteer.named(address.postal_code) or known.gazetteer.named(address.city)
            if spot:
                yield spot.municipality


def _card(listing: Listing) -> dict[str, Any]:
    """Give what one result row shows, so that a page of results asks the database nothing."""
    service = listing.service
    return {
        "name": service.name,
        "url": service.get_absolute_url(),
        "organization": service.organization.name,
        "organization_id": str(service.organization_id),
        "place": listing.addresses[0].city if listing.addresses else "",
        "summary": service.summary or derive.sentence(service.client_text or service.description),
        "cost": listing.cost,
        "cost_text": service.fees_description if len(service.fees_description) <= LONGEST_PRICE else "",
        "languages": derive.language_names(listing.languages),
        "phone": listing.phone,
        "how": sorted(listing.how),
        "takes_new": service.takes_new_people,
        "waiting": service.wait_time,
        "response_days": service.response_days,
        "accepts_referrals": service.accepts_referrals,
        "closed_for_now": service.status != "active",
        "hours": packed(listing.hours),
    }
