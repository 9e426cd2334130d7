"""Fill the places from the files in `gebied/data`; safe to repeat."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from gebied.models import FormerMunicipality, Municipality, Place, PrimaryCareZone, ReferenceRegion

DATA = Path(__file__).parent / "data"
WITHOUT_NAME = ""


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _boundaries() -> dict[str, dict[str, object]]:
    collection = json.loads((DATA / "flanders_brussels_municipalities_2025.geojson").read_text(encoding="utf-8"))
    return {feature["properties"]["nis"]: feature["geometry"] for feature in collection["features"]}


def _load_municipalities() -> None:
    boundaries = _boundaries()
    rows = [
        Municipality(
            nis=row["nis_2025"],
            name=row["name_nl"],
            name_fr=row["name_fr"],
            province=row["province_nl"],
            region=row["region_nl"],
            latitude=float(row["lat"]) if row["lat"] else None,
            longitude=float(row["lon"]) if row["lon"] else None,
            population=int(row["population_2020"]) if row["population_2020"] else None,
            boundary=boundaries.get(row["nis_2025"]),
        )
        for row in _rows("be_municipalities_2025.csv")
    ]
    fields = ["name", "name_fr", "province", "region", "latitude", "longitude", "population", "boundary"]
    Municipality.objects.bulk_create(rows, update_conflicts=True, unique_fields=["nis"], update_fields=fields)


def _load_former() -> None:
    known = set(Municipality.objects.values_list("nis", flat=True))
    rows = [
        FormerMunicipality(nis=row["nis_2019"], name=row["name_2019_nl"], municipality_id=row["nis_2025"])
        for row in _rows("be_refnis_2019_to_2025.csv")
        if row["nis_2025"] in known
    ]
    FormerMunicipality.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["nis"], update_fields=["name", "municipality"]
    )


def _load_places() -> None:
    rows = {
        (row["postcode"], row["place"]): Place(
            postcode=row["postcode"],
            name=row["place"],
            municipality_id=row["nis_2025"],
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
        )
        for row in _rows("be_postcodes.csv")
        if row["nis_2025"]
    }
    Place.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["postcode", "name"],
        update_fields=["municipality", "latitude", "longitude"],
    )


def _load_areas(file: str, column: str, model: type[PrimaryCareZone] | type[ReferenceRegion], link: str) -> None:
    """Read which municipality lies in which zone or region; a merged one may lie in two. Some rows have no code."""
    by_name = dict(Municipality.objects.values_list("name", "nis"))
    pairs = {(row[column], row["nis_2025"] or by_name[row["gemeente_2019"]]) for row in _rows(file)}
    for name in sorted({name for name, _nis in pairs} - {WITHOUT_NAME}):
        area, _new = model.objects.get_or_create(name=name)
        members = Municipality.objects.filter(nis__in=[nis for other, nis in pairs if other == name])
        getattr(area, link).set(members)


@transaction.atomic
def load() -> dict[str, int]:
    """Load everything; return how many rows of each kind there are now."""
    _load_municipalities()
    _load_former()
    _load_places()
    _load_areas("vl_eerstelijnszones_2022.csv", "eerstelijnszone", PrimaryCareZone, "municipalities")
    _load_areas("vl_referentieregios_2022.csv", "referentieregio", ReferenceRegion, "municipalities")
    counted = (Municipality, FormerMunicipality, Place, PrimaryCareZone, ReferenceRegion)
    return {model.__name__: model._default_manager.count() for model in counted}
