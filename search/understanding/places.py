"""Fills the gazetteer and the areas from the places in the database, once per process."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gebied.models import Municipality, Place, PrimaryCareZone, ReferenceRegion
from search.language.analyser import fold
from search.understanding.gazetteer import Gazetteer, Spot
from sociale_kaart.areas import COUNTRY

WALLONIA = "Waals Gewest"
WIDE = ("province:", "region:", "country:")
SEVERAL = re.compile(r"[,;/+&]| en ")
KIND_OF_AREA = re.compile(
    r"^(provincie|prov\.?|gemeente|stad|regio|arrondissement|eerstelijnszone|elz|zone|heel|gans)\s+"
)
REGIONS = {
    "vlaanderen": "region:Vlaams Gewest", "vlaams gewest": "region:Vlaams Gewest", "belgie": COUNTRY,
    "brussel": "region:Brussels Hoofdstedelijk Gewest", "nationaal": COUNTRY, "wallonie": f"region:{WALLONIA}",
}  # fmt: skip


@dataclass(frozen=True)
class Places:
    """The gazetteer, and the municipalities of each zone, region and province."""

    gazetteer: Gazetteer
    members: dict[str, frozenset[str]]
    provinces: dict[str, str]
    names: dict[str, str]
    nodes: dict[str, tuple[str, ...]]
    areas: dict[str, str]


class _Cache:
    """Places hardly ever change; an empty database is asked again."""

    places: Places | None = None


def places() -> Places:
    """All places, kept as soon as there are any."""
    if _Cache.places is None:
        loaded = _load()
        if not loaded.names:
            return loaded
        _Cache.places = loaded
    return _Cache.places


def _load() -> Places:
    municipalities = list(Municipality.objects.all().defer("boundary"))
    spots = {municipality.pk: _spot(municipality) for municipality in municipalities}
    members = {
        **_members("zone", PrimaryCareZone),
        **_members("referenceregion", ReferenceRegion),
    }
    return Places(
        gazetteer=Gazetteer([*_names_of(municipalities, spots), *_parts(spots)]),
        members=members,
        provinces={municipality.pk: municipality.province for municipality in municipalities},
        names={municipality.pk: municipality.name for municipality in municipalities},
        nodes={nis: spot.nodes for nis, spot in spots.items()},
        areas=_areas(municipalities, members),
    )


def _areas(municipalities: list[Municipality], members: dict[str, frozenset[str]]) -> dict[str, str]:
    """Give the nodes of zones, provinces and regions by their folded name."""
    provinces = {municipality.province for municipality in municipalities if municipality.province}
    return {
        **{fold(node.partition(":")[2]): node for node in members},
        **{fold(name): f"province:{name}" for name in provinces},
        **REGIONS,
    }


def _spot(municipality: Municipality) -> Spot:
    """Give the nodes that can stand on a record and cover this municipality; zones are written out."""
    nodes = [f"municipality:{municipality.pk}", f"region:{municipality.region}", COUNTRY]
    if municipality.province:
        nodes.insert(1, f"province:{municipality.province}")
    return Spot(
        municipality.pk, municipality.name, municipality.latitude, municipality.longitude, tuple(nodes),
        weight=municipality.population or 0,
    )  # fmt: skip


def _names_of(municipalities: list[Municipality], spots: dict[str, Spot]) -> Iterator[tuple[str, Spot]]:
    for municipality in municipalities:
        yield municipality.name, spots[municipality.pk]
        yield municipality.pk, spots[municipality.pk]
        if municipality.name_fr and municipality.name_fr != municipality.name and municipality.region != WALLONIA:
            yield municipality.name_fr, spots[municipality.pk]


def _parts(spots: dict[str, Spot]) -> Iterator[tuple[str, Spot]]:
    """Villages by name, and postcodes; Walloon villages stay out, too many of them are words."""
    for place in Place.objects.all():
        whole = spots.get(place.municipality_id)
        if whole is None or f"region:{WALLONIA}" in whole.nodes:
            continue
        is_part = place.name.casefold() != whole.municipality_name.casefold()
        spot = Spot(
            whole.municipality, whole.municipality_name, place.latitude, place.longitude, whole.nodes,
            place.name if is_part else "", whole.weight,
        )  # fmt: skip
        yield place.name, spot
        yield place.postcode, spot


def _members(prefix: str, model: type[PrimaryCareZone] | type[ReferenceRegion]) -> dict[str, frozenset[str]]:
    pairs = model._default_manager.values_list("name", "municipalities__nis")
    found: dict[str, set[str]] = {}
    for name, nis in pairs:
        if nis:
            found.setdefault(f"{prefix}:{name}", set()).add(nis)
    return {node: frozenset(members) for node, members in found.items()}


def nodes_named(name: str, known: Places) -> frozenset[str]:
    """Give the nodes that a free name means: "Mol, Geel en Ham", "provincie Antwerpen", "heel Vlaanderen"."""
    found = (_node_named(part, known) for part in SEVERAL.split(fold(name)))
    return frozenset(node for node in found if node)


def _node_named(name: str, known: Places) -> str:
    plain = KIND_OF_AREA.sub("", name).strip()
    is_province = KIND_OF_AREA.match(name) is not None and name.startswith("prov")
    has_postcode = any(letter.isdigit() for letter in plain)
    spot = known.gazetteer.spot(plain) if has_postcode else known.gazetteer.named(plain)
    if spot and not is_province:
        return f"municipality:{spot.municipality}"
    return known.areas.get(plain, "")


def unknown_place(where: str) -> str:
    """Say what is the matter with a place that we do not know, with the one that was probably meant."""
    gazetteer = places().gazetteer
    if not where or gazetteer.spot(where):
        return ""
    meant = gazetteer.meant(where)
    if meant:
        return _("We do not know “%(asked)s”. Do you mean %(meant)s?") % {"asked": where, "meant": meant}
    return _("We do not know “%(asked)s”. Write a postcode or a municipality.") % {"asked": where}


def written_out(nodes: set[str], known: Places) -> frozenset[str]:
    """Nodes such that each municipality is covered by at most one: zones as municipalities, the wide ones first."""
    if COUNTRY in nodes:
        return frozenset({COUNTRY})
    wide = {node for node in nodes if node.startswith(WIDE)}
    regions = {node for node in wide if node.startswith("region:")}
    provinces = {node for node in wide - regions if not _region_of(node, known) & regions}
    narrow: set[str] = set()
    for node in nodes - wide:
        nis_codes = known.members.get(node) or {node.removeprefix("municipality:")}
        narrow.update(f"municipality:{nis}" for nis in nis_codes if not _covered(nis, regions | provinces, known))
    return frozenset(regions | provinces | narrow)


def _covered(nis: str, wide: set[str], known: Places) -> bool:
    return bool(wide.intersection(known.nodes.get(nis, ())))


def _region_of(province: str, known: Places) -> set[str]:
    """Give the region nodes that cover a province node."""
    name = province.removeprefix("province:")
    inside = next((nis for nis, of in known.provinces.items() if of == name), "")
    return {node for node in known.nodes.get(inside, ()) if node.startswith("region:")}
