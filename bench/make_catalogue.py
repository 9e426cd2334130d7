"""Makes an invented catalogue of any size as HSDS tables, the same bytes for the same seed.

    python bench/make_catalogue.py 25000 /tmp/catalogue --seed 7

Compound names and kinds of help follow a Zipf distribution, organizations have a long tail, areas are named as a
municipality, a zone, a province or a region. Phones, mail addresses and names are recognisably invented.
"""

import argparse
import csv
import random
import sys
import tomllib
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GEO = ROOT / "gebied" / "data"
WORDS = tomllib.loads((ROOT / "bench" / "catalogue_words.toml").read_text(encoding="utf-8"))
VOCABULARY = tomllib.loads((ROOT / "sociale_kaart" / "data" / "vocabularies.toml").read_text(encoding="utf-8"))
# The ids of the network's own words, as `sociale_kaart.vocabulary` makes them; a test compares the two.
OUR_WORDS = uuid.uuid5(uuid.NAMESPACE_URL, "https://dorpel.example/sociale-kaart/")
TODAY = date(2026, 11, 1)
SEED = 7
SERVICES_PER_ORGANIZATION = 9
OFFICE_HOURS = (("09:00", "12:00"), ("13:00", "17:00"), ("08:30", "12:30"), ("14:00", "19:00"), ("10:00", "16:00"))
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LANGUAGES = (("nl", "Nederlands"), ("fr", "Frans"), ("en", "Engels"), ("ar", "Arabisch"), ("tr", "Turks"))
COLUMNS = {
    "organizations": "id name alternate_name description email website legal_status",
    "organization_identifiers": "id organization_id identifier_scheme identifier_type identifier",
    "locations": "id organization_id location_type name latitude longitude",
    "addresses": "id location_id address_1 city state_province postal_code country address_type",
    "accessibility": "id location_id description",
    "services": "id organization_id name alternate_name description url email status application_process "
                "fees_description eligibility_description minimum_age maximum_age assured_date",
    "service_at_location": "id service_id location_id",
    "phones": "id service_id number type",
    "schedules": "id service_id freq byday opens_at closes_at",
    "service_areas": "id service_id name",
    "languages": "id service_id code name",
    "cost_options": "id service_id option currency amount amount_description",
    "required_documents": "id service_id document",
    "taxonomies": "id name description",
    "taxonomy_terms": "id taxonomy_id code name description language",
    "attributes": "id link_id link_entity taxonomy_term_id",
}  # fmt: skip


def term_id(vocabulary: str, code: str) -> str:
    """Give the id of one of the network's own words."""
    return str(uuid.uuid5(OUR_WORDS, f"term/{vocabulary}/{code}"))


@dataclass(frozen=True)
class Town:
    """A municipality with its villages."""

    name: str
    province: str
    zone: str
    villages: list[dict[str, str]]


@dataclass
class Maker:
    """Draws everything from one seeded source of chance."""

    chance: random.Random
    towns: list[Town]
    weights: list[float] = field(default_factory=list)

    def id(self) -> str:
        """Draw an id."""
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def zipf(self, words: Sequence[Any]) -> Any:
        """Draw a word; the second is half as frequent as the first, the third a third."""
        return self.chance.choices(words, [1 / rank for rank in range(1, len(words) + 1)])[0]

    def some(self, words: Sequence[str], most: int) -> list[str]:
        """Draw a few different words."""
        return self.chance.sample(list(words), self.chance.randint(1, min(most, len(words))))

    def town(self) -> Town:
        """Draw a town; larger ones come more often."""
        return self.chance.choices(self.towns, self.weights)[0]


def _rows(name: str) -> list[dict[str, str]]:
    with (GEO / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _maker(seed: int) -> Maker:
    zones = {row["nis_2025"]: row["eerstelijnszone"] for row in _rows("vl_eerstelijnszones_2022.csv")}
    villages: dict[str, list[dict[str, str]]] = {}
    for row in _rows("be_postcodes.csv"):
        villages.setdefault(row["nis_2025"], []).append(row)
    maker = Maker(random.Random(seed), [])  # noqa: S311 (a bench, no secret)
    for row in _rows("be_municipalities_2025.csv"):
        if row["region_nl"] == "Vlaams Gewest" and row["nis_2025"] in villages:
            nis = row["nis_2025"]
            maker.towns.append(Town(row["name_nl"], row["province_nl"], zones.get(nis, ""), villages[nis]))
            maker.weights.append(float(row["population_2020"] or 1000))
    return maker


Rows = Iterator[tuple[str, dict[str, object]]]


def catalogue(size: int, seed: int) -> Rows:
    """Give (table, row) for a catalogue of `size` services."""
    maker = _maker(seed)
    yield from _terms()
    categories = list(_categories())
    for row in categories:
        yield "taxonomy_terms", row
    made = 0
    while made < size:
        town = maker.town()
        organization = _organization(maker, town)
        yield "organizations", organization
        yield "organization_identifiers", _identifier(maker, organization)
        doors: list[str] = []
        for _door in range(maker.chance.choice((1, 1, 1, 2, 3))):
            yield from _location(maker, town, organization, doors)
        needs = maker.some(list(WORDS["needs"]), 3)
        for _number in range(min(_how_many(maker), size - made)):
            yield from _service(maker, town, organization, doors, maker.zipf(needs), categories)
            made += 1


def _how_many(maker: Maker) -> int:
    """Draw how many services an organization has: most have a few, some have hundreds."""
    return min(400, int(maker.chance.paretovariate(1.1) * SERVICES_PER_ORGANIZATION / 4) + 1)


def _terms() -> Rows:
    """Give the network's own words, so that the folder stands by itself."""
    for vocabulary in ("needs", "target_groups"):
        taxonomy = str(uuid.uuid5(OUR_WORDS, f"taxonomy/{vocabulary}"))
        yield "taxonomies", {"id": taxonomy, "name": VOCABULARY[vocabulary]["name"], "description": vocabulary}
        for row in VOCABULARY[vocabulary]["terms"]:
            about = {"code": row["code"], "name": row["name"], "description": row["hint"], "language": "nl"}
            yield "taxonomy_terms", {"id": term_id(vocabulary, row["code"]), "taxonomy_id": taxonomy, **about}


def _categories() -> Iterator[dict[str, object]]:
    """Give a term per compound: what a provincial map would call its headings."""
    for need, words in WORDS["needs"].items():
        for left in words["left"]:
            for right in words["right"][:3]:
                name = f"{left}{right}".capitalize()
                code = f"bench-{need}-{left}{right}".replace(" ", "-")
                about = {"code": code, "name": name, "description": words["about"][0], "language": "nl"}
                yield {"id": str(uuid.uuid5(OUR_WORDS, code)), "taxonomy_id": "", **about}


def _organization(maker: Maker, town: Town) -> dict[str, object]:
    words = WORDS["organizations"]
    name = f"{maker.zipf(words['first'])} {maker.zipf(words['second'])} {town.name}"
    host = name.lower().replace(" ", "-").replace("'", "") + ".example"
    return {
        "id": maker.id(), "name": name, "alternate_name": "", "description": f"Werkt in {town.name} en omgeving.",
        "email": f"info@{host}", "website": f"https://{host}/", "legal_status": maker.zipf(words["kinds"]),
    }  # fmt: skip


def _identifier(maker: Maker, organization: dict[str, object]) -> dict[str, object]:
    number = f"0000{maker.chance.randrange(10**6):06d}"
    return {
        "id": maker.id(), "organization_id": organization["id"], "identifier_scheme": "BE-BCE_KBO",
        "identifier_type": "KBO-nummer", "identifier": number,
    }  # fmt: skip


def _location(maker: Maker, town: Town, organization: dict[str, object], doors: list[str]) -> Rows:
    village, location = maker.chance.choice(town.villages), maker.id()
    doors.append(location)
    near = [round(float(village[axis]) + maker.chance.uniform(-0.01, 0.01), 5) for axis in ("lat", "lon")]
    yield "locations", {
        "id": location, "organization_id": organization["id"], "location_type": "physical",
        "name": f"{organization['name']}, {village['place']}", "latitude": near[0], "longitude": near[1],
    }  # fmt: skip
    yield "addresses", {
        "id": maker.id(), "location_id": location, "city": village["place"], "state_province": town.province,
        "address_1": f"{maker.zipf(WORDS['places']['streets'])} {maker.chance.randint(1, 240)}",
        "postal_code": village["postcode"], "country": "BE", "address_type": "physical",
    }  # fmt: skip
    if maker.chance.random() < 0.6:
        about = maker.zipf(WORDS["places"]["access"])
        yield "accessibility", {"id": maker.id(), "location_id": location, "description": about}


def _service(
    maker: Maker, town: Town, organization: dict[str, object], doors: list[str], need: str, categories: list[Any]
) -> Rows:
    words, service = WORDS["needs"][need], maker.id()
    yield "services", _listing(maker, words, service, organization)
    for door in maker.chance.sample(doors, 1 if maker.chance.random() < 0.9 or len(doors) < 2 else 2):
        yield "service_at_location", {"id": maker.id(), "service_id": service, "location_id": door}
    yield from _surroundings(maker, town, service)
    mine = [row for row in categories if str(row["code"]).startswith(f"bench-{need}-")]
    terms = [term_id("needs", need), maker.zipf(mine)["id"]]
    terms += [term_id("target_groups", code) for code in maker.some(words["groups"], 2)]
    for term in terms:
        yield "attributes", {
            "id": maker.id(), "link_id": service, "link_entity": "service", "taxonomy_term_id": term,
        }  # fmt: skip


def _listing(maker: Maker, words: dict[str, Any], service: str, organization: dict[str, object]) -> dict[str, object]:
    text, chance = WORDS["text"], maker.chance
    name = f"{maker.zipf(words['left'])}{maker.zipf(words['right'])}".capitalize()
    other = f"{maker.zipf(words['left'])}{maker.zipf(words['right'])}"
    ages = chance.choices((("", ""), (0, 17), (12, 25), (18, ""), (65, "")), (70, 6, 8, 10, 6))[0]
    status = chance.choices(("active", "temporarily closed", "inactive"), (96, 2, 2))[0]
    return {
        "id": service, "organization_id": organization["id"], "name": name, "alternate_name": other, "status": status,
        "description": " ".join([*maker.some(words["about"], 3), *maker.some(text["opening"], 2)]),
        "url": f"{organization['website']}aanbod/{service[:8]}", "email": organization["email"],
        "application_process": "\n".join(maker.some(text["process"], 2)),
        "fees_description": maker.zipf(text["fees"]), "minimum_age": ages[0], "maximum_age": ages[1],
        "eligibility_description": maker.zipf(words["about"]),
        "assured_date": (TODAY - timedelta(days=int(chance.expovariate(1 / 250)))).isoformat(),
    }  # fmt: skip


def _surroundings(maker: Maker, town: Town, service: str) -> Rows:
    """Give phone, hours, area, languages, cost and papers of one service."""
    chance, text = maker.chance, WORDS["text"]

    def row(**parts: object) -> dict[str, object]:
        return {"id": maker.id(), "service_id": service, **parts}

    yield "phones", row(number=f"050 00 {chance.randrange(100):02d} {chance.randrange(100):02d}", type="voice")
    for opens, closes in (*chance.sample(OFFICE_HOURS[:2], chance.choice((1, 2))), maker.zipf(OFFICE_HOURS[2:])):
        days = sorted(chance.sample(DAYS[: chance.choice((5, 5, 5, 6, 7))], chance.randint(1, 5)), key=DAYS.index)
        yield "schedules", row(freq="WEEKLY", byday=",".join(days), opens_at=opens, closes_at=closes)
    for name in _areas(maker, town):
        yield "service_areas", row(name=name)
    for code, name in LANGUAGES[: chance.choice((1, 1, 2, 3, 5))]:
        yield "languages", row(code=code, name=name)
    if chance.random() < 0.4:
        amount = chance.choice((0, 2.5, 5, 10, 25))
        yield "cost_options", row(option="", currency="EUR", amount=amount, amount_description=maker.zipf(text["fees"]))
    if chance.random() < 0.5:
        yield "required_documents", row(document=maker.zipf(text["documents"]))


def _areas(maker: Maker, town: Town) -> list[str]:
    kind = maker.chance.choices(("town", "towns", "zone", "province", "region"), (55, 18, 12, 10, 5))[0]
    if kind == "towns":
        near = [other.name for other in maker.towns if other.zone == town.zone][:6]
        return sorted({town.name, *maker.some(near or [town.name], 3)})
    names = {"zone": town.zone or town.name, "province": town.province, "region": "Vlaanderen"}
    return [names.get(kind, town.name)]


def make(size: int, folder: Path, seed: int = SEED) -> dict[str, int]:
    """Write the tables; return how many rows each has."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = dict.fromkeys(COLUMNS, 0)
    with ExitStack() as files:
        writers = {}
        for table, columns in COLUMNS.items():
            out = files.enter_context((folder / f"{table}.csv").open("w", encoding="utf-8", newline=""))
            writers[table] = csv.DictWriter(out, columns.split())
            writers[table].writeheader()
        for table, row in catalogue(size, seed):
            writers[table].writerow(row)
            counts[table] += 1
    return counts


def main() -> None:
    """Read the command line and say what was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int, help="how many services")
    parser.add_argument("folder", type=Path, help="where the tables go")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    for table, count in make(options.size, options.folder, options.seed).items():
        sys.stdout.write(f"{table}: {count}\n")


if __name__ == "__main__":
    main()
