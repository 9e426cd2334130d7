"""Areas served, as nodes: a municipality, a zone, a province, a region or the country.

A service carries few nodes; a municipality is asked as all nodes that cover it.
"""

from gebied.models import Municipality, Place, PrimaryCareZone, ReferenceRegion

COUNTRY = "country:BE"
_REGIONS = {
    "vlaanderen": "region:Vlaams Gewest",
    "vlaams gewest": "region:Vlaams Gewest",
    "brussel": "region:Brussels Hoofdstedelijk Gewest",
    "wallonië": "region:Waals Gewest",
    "belgië": COUNTRY,
    "nationaal": COUNTRY,
}


def node_of(name: str) -> str:
    """Give the node that a name means ("Zedelgem", "8210", "WE40", "West-Vlaanderen"), or "" when unknown."""
    plain = " ".join(name.split())
    if not plain:
        return ""
    if region := _REGIONS.get(plain.casefold()):
        return region
    municipality = Municipality.objects.named(plain).first()
    if municipality:
        return f"municipality:{municipality.pk}"
    for prefix, model in (("zone", PrimaryCareZone), ("referenceregion", ReferenceRegion)):
        area = model._default_manager.filter(name__iexact=plain).first()
        if area:
            return f"{prefix}:{area.name}"
    province = Municipality.objects.filter(province__iexact=plain).first()
    if province:
        return f"province:{province.province}"
    place = Place.objects.matching(plain).first()
    return f"municipality:{place.municipality_id}" if place else ""


def covering_nodes(municipality: Municipality) -> list[str]:
    """Give every node that covers a municipality, the narrowest first."""
    zones = [f"zone:{zone.name}" for zone in municipality.zones.all()]
    regions = [f"referenceregion:{region.name}" for region in municipality.reference_regions.all()]
    province = [f"province:{municipality.province}"] if municipality.province else []
    return [
        f"municipality:{municipality.pk}", *zones, *regions, *province, f"region:{municipality.region}", COUNTRY,
    ]  # fmt: skip
