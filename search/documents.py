"""Makes the index record of one service. Holds nothing that the public page does not show."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from search import derive
from search.analyser import fold
from search.doc import ALTERNATE, CATEGORY, EVERYWHERE, NAME, ORGANIZATION, TEXT, Passage, SearchDoc
from search.hours import closed_days, packed, slots_of
from search.places import Places, places, written_out
from sociale_kaart.models import Location, Service, TaxonomyTerm
from sociale_kaart.opening import hours_of

# Part of the index generation: raise it when the same service gives another record.
VERSION = "1"
# What our own needs are called in searches; their names on screen are for reading.
NEED_WORDS = {
    "money": "geld schulden", "housing": "wonen woning", "shelter": "dakloos thuisloos crisis opvang",
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
NEEDS, TARGET_GROUPS, LIFE_DOMAINS = "needs", "target_groups", "life_domains"


def documents(services: Iterable[Service]) -> Iterator[SearchDoc]:
    """Give the records of services that were fetched with `for_index()`."""
    known, today = places(), timezone.localdate()
    for service in services:
        yield document(service, known, today)


def document(service: Service, known: Places, today: date) -> SearchDoc:
    """Give the record of one service."""
    locations = [place.location for place in service.service_at_locations.all()]
    terms = [attribute.taxonomy_term for attribute in service.attributes.all()]
    doors = [location for location in locations if not location.protected]
    hours = hours_of(service)
    areas, size = _areas(service, doors, known)
    position = next((location.position for location in doors if location.position), None)
    return SearchDoc(
        key=str(service.pk),
        version=int(max(service.last_modified, service.organization.last_modified).timestamp() * 1000),
        passages=tuple(_passages(service, terms, doors)),
        name=service.name,
        facets=_facets(service, terms),
        areas=areas,
        area_size=size,
        at=frozenset(code for location in doors for code in _municipalities(location, known)),
        parts=frozenset(fold(address.city) for location in doors for address in location.addresses.all()),
        slots=slots_of(hours, today),
        closed=closed_days(hours, today),
        latitude=position[0] if position else None,
        longitude=position[1] if position else None,
        verified=service.assured_date,
        card=_card(service, doors, known) | {"hours": packed(hours)},
    )


def _passages(service: Service, terms: Iterable[TaxonomyTerm], doors: Iterable[Location]) -> Iterator[Passage]:
    yield Passage(NAME, service.name)
    for name in service.alternate_name.splitlines():
        yield Passage(ALTERNATE, name)
    for term in terms:
        yield _term_passage(term)
    organization = service.organization
    yield Passage(ORGANIZATION, organization.name)
    yield Passage(ORGANIZATION, organization.alternate_name)
    for text in _texts(service):
        yield Passage(TEXT, text)
    for location in doors:
        yield Passage(TEXT, location.name)
        for address in location.addresses.all():
            yield Passage(TEXT, address.city)


def _term_passage(term: TaxonomyTerm) -> Passage:
    if term.vocabulary == NEEDS:
        return Passage(CATEGORY, NEED_WORDS.get(term.code, term.name))
    if term.vocabulary == TARGET_GROUPS:
        return Passage(TEXT, GROUP_WORDS.get(term.code, term.name))
    return Passage(CATEGORY, term.name)


def _texts(service: Service) -> tuple[str, ...]:
    return (
        service.summary, service.description, service.client_text, service.worker_text,
        service.eligibility_description, service.application_process, service.fees_description,
        service.interpretation_services, service.program.name if service.program else "",
        " ".join(derive.language_names(derive.languages_of(service))),
    )  # fmt: skip


def _facets(service: Service, terms: Iterable[TaxonomyTerm]) -> dict[str, frozenset[str]]:
    listed = list(terms)
    groups = frozenset(term.code for term in listed if term.vocabulary == TARGET_GROUPS)
    needs = frozenset(term.code or term.name for term in listed if term.vocabulary not in {TARGET_GROUPS, LIFE_DOMAINS})
    takes_new = service.takes_new_people and service.status == "active"
    return {
        "category": needs,
        "target": groups,
        "language": frozenset(derive.languages_of(service)),
        "cost": frozenset(filter(None, [derive.cost_of(service)])),
        "referral": frozenset(filter(None, [derive.referral_of(service)])),
        "how": derive.how_of(service),
        "access": frozenset({"takes_new"} if takes_new else ()),
        "organization": frozenset({str(service.organization_id)}),
    }


def _areas(service: Service, doors: Iterable[Location], known: Places) -> tuple[frozenset[str], int]:
    """Give the nodes it serves and how many municipalities that is; without areas it serves where its doors are."""
    rows = [*service.service_areas.all()]
    for place in service.service_at_locations.all():
        rows.extend(place.service_areas.all())
    nodes = {node for row in rows for node in _nodes(row.node, row.name, known)}
    if nodes:
        written = written_out(nodes, known)
        narrow = all(node.startswith("municipality:") for node in written)
        return written, len(written) if narrow else EVERYWHERE
    at = {code for location in doors for code in _municipalities(location, known)}
    return frozenset(f"municipality:{code}" for code in at) or frozenset({"country:BE"}), EVERYWHERE


def _nodes(node: str, name: str, known: Places) -> Iterator[str]:
    if node:
        yield node
    elif spot := known.gazetteer.named(name):
        yield f"municipality:{spot.municipality}"


def _municipalities(location: Location, known: Places) -> Iterator[str]:
    """Give the NIS codes of a place: its own, else by the postcode or town of its address."""
    if location.municipality_id:
        yield str(location.municipality_id)
        return
    for address in location.addresses.all():
        spot = known.gazetteer.named(address.postal_code) or known.gazetteer.named(address.city)
        if spot:
            yield spot.municipality


def _card(service: Service, doors: list[Location], known: Places) -> dict[str, Any]:
    """Tell what one result row shows, so that a page of results asks the database nothing."""
    addresses = [address for location in doors for address in location.addresses.all()]
    phones = list(service.phones.all())
    return {
        "name": service.name,
        "url": service.get_absolute_url(),
        "organization": service.organization.name,
        "organization_id": str(service.organization_id),
        "place": addresses[0].city if addresses else "",
        "summary": service.summary or derive.sentence(service.client_text or service.description),
        "alert": service.alert,
        "cost": derive.cost_of(service),
        "cost_text": service.fees_description if len(service.fees_description) <= 40 else "",
        "languages": derive.language_names(derive.languages_of(service)),
        "phone": phones[0].number if phones else "",
        "how": sorted(derive.how_of(service)),
        "takes_new": service.takes_new_people,
        "waiting": service.wait_time,
        "response_days": service.response_days,
        "accepts_referrals": service.accepts_referrals,
        "checked": service.assured_date.isoformat() if service.assured_date else "",
        "closed_for_now": service.status != "active",
        "area": sorted(known.names.get(code, code) for code in _served_names(service)),
    }


def _served_names(service: Service) -> Iterator[str]:
    for row in service.service_areas.all():
        yield row.node.removeprefix("municipality:") if row.node.startswith("municipality:") else row.name
