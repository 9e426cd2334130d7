"""The invented catalogue as index records, without a database: the same records for the same seed, any number."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bench.make_catalogue import DAYS, SEED, catalogue, term_id
from search.language.analyser import fold
from search.records.doc import ALTERNATE, CATEGORY, EVERYWHERE, NAME, ORGANIZATION, TEXT, Passage, SearchDoc
from search.understanding.moments import SLOTS_PER_DAY
from search.understanding.places import Places, nodes_named, places, written_out

NEEDS = (
    "money", "housing", "shelter", "family", "health", "mind", "addiction", "care", "disability", "work", "safety",
    "law", "newcomers", "meeting", "transport", "utilities",
)  # fmt: skip
GROUPS = ("everyone", "children", "youth", "families", "single_parents", "older", "disability", "carers", "newcomers",
          "undocumented", "homeless", "tenants", "owners", "jobseekers", "workers", "women", "lgbti", "detainees",
          "students", "men")  # fmt: skip
Row = dict[str, Any]


@dataclass
class _Around:
    """What the rows of one service refer to."""

    needs: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    organizations: dict[str, Row] = field(default_factory=dict)
    locations: dict[str, Row] = field(default_factory=dict)
    towns: dict[str, Row] = field(default_factory=dict)


def records(size: int, seed: int = SEED) -> Iterator[SearchDoc]:
    """Give `size` records; needs the places in the database."""
    known, around = places(), _Around()
    around.needs = {term_id("needs", code): code for code in NEEDS}
    around.groups = {term_id("target_groups", code): code for code in GROUPS}
    rows: list[tuple[str, Row]] = []
    for table, row in catalogue(size, seed):
        if table in {"services", "organizations"} and rows:
            yield _record(rows, around, known)
            rows = []
        if table == "services" or rows:
            rows.append((table, dict(row)))
        else:
            _remember(table, dict(row), around)
    if rows:
        yield _record(rows, around, known)


def _remember(table: str, row: Row, around: _Around) -> None:
    if table == "organizations":
        # The locations of an earlier organization are not asked for again.
        around.organizations, around.locations, around.towns = {row["id"]: row}, {}, {}
    elif table == "locations":
        around.locations[row["id"]] = row
    elif table == "addresses":
        around.towns[row["location_id"]] = row
    elif table == "taxonomy_terms":
        around.names[row["id"]] = row["name"]


def _record(rows: list[tuple[str, Row]], around: _Around, known: Places) -> SearchDoc:
    service = rows[0][1]
    organization = around.organizations[service["organization_id"]]
    doors = [row["location_id"] for table, row in rows if table == "service_at_location"]
    towns = [around.towns[door] for door in doors]
    nodes = {node for table, row in rows if table == "service_areas" for node in nodes_named(row["name"], known)}
    areas = written_out(nodes, known)
    narrow = all(node.startswith("municipality:") for node in areas)
    facets = _facets(rows, around)
    at = {spot.municipality for town in towns if (spot := known.gazetteer.named(town["postal_code"]))}
    first = around.locations[doors[0]]
    return SearchDoc(
        key=service["id"],
        version=1,
        passages=tuple(_passages(rows, organization, towns, around)),
        name=service["name"],
        facets=facets,
        areas=areas,
        area_size=len(areas) if narrow else EVERYWHERE,
        at=frozenset(at),
        parts=frozenset(fold(town["city"]) for town in towns),
        slots=frozenset(_slots(rows)),
        latitude=first["latitude"],
        longitude=first["longitude"],
        verified=date.fromisoformat(service["assured_date"]),
        card=_card(rows, organization, towns[0], facets),
    )


def _passages(rows: list[tuple[str, Row]], organization: Row, towns: list[Row], around: _Around) -> Iterator[Passage]:
    service = rows[0][1]
    yield Passage(NAME, service["name"])
    yield Passage(ALTERNATE, service["alternate_name"])
    for table, row in rows:
        term = row.get("taxonomy_term_id", "")
        if table == "attributes" and term not in around.groups:
            yield Passage(CATEGORY, around.names.get(term, ""))
    yield Passage(ORGANIZATION, organization["name"])
    for name in ("description", "eligibility_description", "application_process", "fees_description"):
        yield Passage(TEXT, service[name])
    yield from (Passage(TEXT, town["city"]) for town in towns)


def _facets(rows: list[tuple[str, Row]], around: _Around) -> dict[str, frozenset[str]]:
    service = rows[0][1]
    terms = [row["taxonomy_term_id"] for table, row in rows if table == "attributes"]
    languages = [row["code"] for table, row in rows if table == "languages"]
    amounts = [row["amount"] for table, row in rows if table == "cost_options"]
    own = [around.needs.get(term) or around.names.get(term, term) for term in terms if term not in around.groups]
    cost = "free" if not any(amounts) else "low" if max(amounts) <= 10 else "paid"
    return {
        "category": frozenset(own),
        "target": frozenset(around.groups[term] for term in terms if term in around.groups),
        "language": frozenset(languages),
        "cost": frozenset({cost}),
        "referral": frozenset({"worker" if "OCMW" in service["application_process"] else "self"}),
        "how": frozenset({"walk_in"} if "Kom langs" in service["application_process"] else ()),
        "access": frozenset({"takes_new"} if service["status"] == "active" else ()),
        "organization": frozenset({service["organization_id"]}),
    }


def _slots(rows: list[tuple[str, Row]]) -> Iterator[int]:
    for table, row in rows:
        if table == "schedules":
            for day in row["byday"].split(","):
                start = DAYS.index(day) * SLOTS_PER_DAY
                yield from range(start + _slot(row["opens_at"]), start + _slot(row["closes_at"]))


def _slot(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 2 + int(minutes) // 30


def _card(
    rows: list[tuple[str, Row]], organization: Row, town: Row, facets: dict[str, frozenset[str]]
) -> dict[str, Any]:
    service = rows[0][1]
    hours = [
        {name: row[name] for name in ("freq", "byday", "opens_at", "closes_at")}
        for table, row in rows
        if table == "schedules"
    ]
    return {
        "name": service["name"],
        "url": f"/dienst/{service['id']}/",
        "organization": organization["name"],
        "organization_id": organization["id"],
        "place": town["city"],
        "summary": service["description"].split(".", maxsplit=1)[0] + ".",
        "cost": next(iter(facets["cost"])),
        "cost_text": service["fees_description"],
        "languages": [row["name"] for table, row in rows if table == "languages"],
        "phone": next((row["number"] for table, row in rows if table == "phones"), ""),
        "how": sorted(facets["how"]),
        "takes_new": service["status"] == "active",
        "waiting": "",
        "response_days": None,
        "accepts_referrals": False,
        "closed_for_now": False,
        "hours": hours,
    }
