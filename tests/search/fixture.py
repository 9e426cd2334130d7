"""The invented formal catalogue of `catalogue.toml`, as records and as rows of the database."""

import tomllib
from datetime import date, time
from functools import cache
from pathlib import Path

from search.records.doc import ALTERNATE, CATEGORY, EVERYWHERE, NAME, ORGANIZATION, TEXT, Passage, SearchDoc
from search.understanding.gazetteer import Gazetteer
from search.understanding.moments import WEEK, slots_between

HERE = Path(__file__).parent
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CHECKED = date(2026, 11, 1)


@cache
def rows():
    """Give the services as written."""
    return tomllib.loads((HERE / "catalogue.toml").read_text(encoding="utf-8"))["service"]


def spans(row):
    """Give (weekday, opens, closes) of a service; nothing for one that never closes."""
    for line in row["hours"]:
        if line == "24/7":
            continue
        days, hours = line.split()
        opens, closes = (time.fromisoformat(part) for part in hours.split("-"))
        for day in days.split(","):
            yield DAYS.index(day), opens, closes


def slots(row):
    """Give the half-hours of the week in which it is open."""
    if "24/7" in row["hours"]:
        return frozenset(range(WEEK))
    found = set()
    for day, opens, closes in spans(row):
        start, end = opens.hour + opens.minute / 60, closes.hour + closes.minute / 60
        found |= slots_between(day, start, end if end > start else end + 24)
    return frozenset(found)


def areas(row, gazetteer: Gazetteer):
    """Give the nodes that a service covers and how many municipalities these are."""
    nodes, wide = set(), False
    for name in row["area"]:
        province = name.removeprefix("provincie ")
        if name == "Vlaanderen":
            nodes.add("region:Vlaams Gewest")
            wide = True
        elif province != name:
            nodes.add(f"province:{province}")
            wide = True
        else:
            nodes.add(f"municipality:{gazetteer.named(name).municipality}")
    return frozenset(nodes), EVERYWHERE if wide else len(nodes)


def docs(gazetteer: Gazetteer):
    """Give the records, made without a database."""
    for row in rows():
        nodes, size = areas(row, gazetteer)
        city = gazetteer.named(row["city"]) if row["city"] else None
        yield SearchDoc(
            key=row["slug"],
            version=1,
            name=row["name"],
            passages=(
                Passage(NAME, row["name"]),
                Passage(ALTERNATE, row.get("alternate", "")),
                *(Passage(CATEGORY, term) for term in row["terms"]),
                Passage(ORGANIZATION, row["org"]),
                Passage(TEXT, row["text"]),
                Passage(TEXT, row["city"]),
                Passage(TEXT, row["cost"]),
            ),
            facets={
                "category": frozenset(row["terms"]),
                "language": frozenset(row.get("languages", ["nl"])),
                "cost": frozenset({"free"} if row["cost"] == "gratis" else ()),
                "access": frozenset({"takes_new"}),
            },
            areas=nodes,
            area_size=size,
            at=frozenset({city.municipality}) if city else frozenset(),
            parts=frozenset({row["city"].casefold()}) if city else frozenset(),
            latitude=city.latitude if city else None,
            longitude=city.longitude if city else None,
            slots=slots(row),
            verified=CHECKED,
            card={
                "name": row["name"],
                "organization": row["org"],
                "summary": row["text"],
                "url": f"/dienst/{row['slug']}/",
            },
        )
