"""Loads the invented listings of `demo/catalogue`, one TOML file per organization, in bulk.

Ids are fixed by the slugs. A file that did not change since is skipped, so what an editor changed afterwards stays.
"""

import hashlib
import tomllib
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models, transaction

from demo.need_parts import above, parts_of
from gebied.models import Municipality
from organisaties.models import Organization
from sociale_kaart.areas import node_of
from sociale_kaart.models import (
    Accessibility,
    Address,
    Attribute,
    CostOption,
    Language,
    Location,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from sociale_kaart.spoken import name_of
from sociale_kaart.vocabulary import LIFE_DOMAINS, NEED_PARTS, NEEDS, TARGET_GROUPS, term_id

FOLDER = Path(__file__).parent / "catalogue"
SOURCE = "demo"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://dorpel.example/demo/")
DAYS = {"ma": "MO", "di": "TU", "wo": "WE", "do": "TH", "vr": "FR", "za": "SA", "zo": "SU"}
ALL_DAYS = ",".join(DAYS.values())
CHILDREN: tuple[type[models.Model], ...] = (
    Phone, Schedule, Language, CostOption, RequiredDocument, ServiceArea, Attribute, ServiceAtLocation,
)  # fmt: skip
TERMS = {"needs": NEEDS, "target_groups": TARGET_GROUPS, "life_domains": LIFE_DOMAINS}
Watch = Callable[[Sequence[Path]], Iterable[Path]]


def demo_id(*parts: str) -> str:
    """Give the id that the same parts always get."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(parts)))


def organization_id(slug: str) -> str:
    """Give the id of an organization of the demo."""
    return demo_id("organization", slug)


def service_id(organization: str, slug: str) -> str:
    """Give the id of a service by the slugs of its organization and itself."""
    return demo_id("service", organization, slug)


@dataclass
class Rows:
    """What the files say, as rows that are not saved yet."""

    organizations: list[Organization] = field(default_factory=list)
    locations: list[Location] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    rest: list[models.Model] = field(default_factory=list)

    def of(self, model: type[models.Model]) -> list[Any]:
        """Give the other rows of one table."""
        return [row for row in self.rest if type(row) is model]


def load(folder: Path = FOLDER, *, watch: Watch = iter) -> int:
    """Load each file that is new or changed; return how many. Vocabularies and places must be loaded before.

    Raises ValueError that names the file when a file cannot be right. `watch` may draw progress.
    """
    known = dict(Organization.objects.filter(source=SOURCE).values_list("pk", "extra__demo"))
    files = sorted(folder.glob("*.toml"))
    rows = Rows()
    for file in watch(files):
        content = file.read_bytes()
        print_of_file = hashlib.sha256(content).hexdigest()
        try:
            listing = tomllib.loads(content.decode())
            if known.get(organization_id(listing["organization"]["slug"])) != print_of_file:
                _read(listing, print_of_file, rows)
        except (KeyError, ValueError) as error:
            raise ValueError(f"{file.name}: {error!r}") from error
    _write(rows)
    return len(rows.organizations)


@transaction.atomic
def _write(rows: Rows) -> None:
    services = [service.pk for service in rows.services]
    places = [location.pk for location in rows.locations]
    organizations = [organization.pk for organization in rows.organizations]
    for child in CHILDREN:
        child._default_manager.filter(service__in=services).delete()
    Phone.objects.filter(organization__in=organizations).delete()
    Address.objects.filter(location__in=places).delete()
    Accessibility.objects.filter(location__in=places).delete()
    _upsert(Organization, rows.organizations)
    _upsert(Location, rows.locations)
    _upsert(Service, rows.services)
    tables: tuple[type[models.Model], ...] = (*CHILDREN, Address, Accessibility)
    for model in tables:
        model._default_manager.bulk_create(rows.of(model), batch_size=500)


def _upsert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    fields = [one.name for one in model._meta.concrete_fields if not one.primary_key]
    model._default_manager.bulk_create(
        rows, batch_size=100, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )


def _read(listing: dict[str, Any], print_of_file: str, rows: Rows) -> None:
    about = listing["organization"]
    organization = _organization(about, print_of_file)
    rows.organizations.append(organization)
    rows.rest.append(Phone(id=demo_id("phone", organization.pk), organization=organization, number=about["phone"]))
    places = {one["slug"]: _location(one, organization, rows) for one in listing.get("locations", [])}
    for one in listing["services"]:
        service = _service(one, organization, about["slug"])
        rows.services.append(service)
        rows.rest += _children(one, service)
        if one["location"]:
            offer = demo_id("offer", service.pk)
            rows.rest.append(ServiceAtLocation(id=offer, service=service, location=places[one["location"]]))


def _organization(about: dict[str, Any], print_of_file: str) -> Organization:
    return Organization(
        id=organization_id(about["slug"]),
        name=about["name"],
        alternate_name=about.get("alternate_name", ""),
        description=about["description"],
        email=about["email"],
        inbox=about["email"],
        website=about["website"],
        legal_status=about["legal_status"],
        kind=about["kind"],
        partner_type=about["partner_type"],
        secrecy_regime=about["secrecy"],
        how_we_work=about["how_we_work"],
        source=SOURCE,
        extra={"demo": print_of_file},
    )


def _location(one: dict[str, Any], organization: Organization, rows: Rows) -> Location:
    protected = one.get("protected", False)
    location = Location(
        id=demo_id("location", organization.pk, one["slug"]),
        organization=organization,
        name=one["name"],
        transportation="" if protected else one.get("transportation", ""),
        latitude=None if protected else one["latitude"],
        longitude=None if protected else one["longitude"],
        protected=protected,
        municipality_id=_municipality(one["municipality"]),
    )
    rows.locations.append(location)
    if not protected:
        rows.rest.append(
            Address(
                id=demo_id("address", location.pk),
                location=location,
                address_1=one["address"],
                postal_code=one["postal_code"],
                city=one["city"],
                state_province="West-Vlaanderen",
            )
        )
    rows.rest += _ways_in(one, location)
    return location


def _ways_in(one: dict[str, Any], location: Location) -> list[Accessibility]:
    return [
        Accessibility(
            id=demo_id("accessibility", location.pk, str(number)),
            location=location,
            sort_order=number,
            description=way,
        )
        for number, way in enumerate(one.get("accessibility", []))
    ]


def _service(one: dict[str, Any], organization: Organization, slug: str) -> Service:
    plain = {
        name: one[name]
        for name in (
            "name", "summary", "client_text", "worker_text", "alert", "referral_way", "accepts_referrals",
            "response_days", "home_visits", "outreach", "walk_in", "by_phone", "online", "undocumented_ok", "email",
        )
    }  # fmt: skip
    return Service(
        id=service_id(slug, one["slug"]),
        organization=organization,
        alternate_name="\n".join(one["alternate_names"]),
        eligibility_description="\n".join(one["eligibility"]),
        minimum_age=one.get("minimum_age"),
        maximum_age=one.get("maximum_age"),
        application_process="\n".join(one["how_to_begin"]),
        cost_kind=one["cost"],
        fees_description=one["cost_text"],
        interpretation_services=one.get("interpreter", ""),
        wait_time=one.get("waiting", ""),
        waiting_weeks=one.get("waiting_weeks") or None,
        takes_new_people=not one.get("full", False),
        partner_tip=one.get("partner_tip", ""),
        assured_date=one["checked"],
        assurer_email=organization.email,
        source=SOURCE,
        **plain,
    )


def _children(one: dict[str, Any], service: Service) -> list[models.Model]:
    def fixed(what: str, number: int = 0) -> str:
        return demo_id(what, service.pk, str(number))

    made: list[models.Model] = [
        *(
            Language(id=fixed("language", number), service=service, sort_order=number, code=code, name=name_of(code))
            for number, code in enumerate(one["languages"])
        ),
        *(
            RequiredDocument(id=fixed("paper", number), service=service, sort_order=number, document=paper)
            for number, paper in enumerate(one["bring"])
        ),
        *(
            ServiceArea(id=fixed("area", number), service=service, sort_order=number, name=name, node=_node(name))
            for number, name in enumerate(one["area"])
        ),
        *(
            Schedule(id=fixed("hours", number), service=service, sort_order=number, **parts)
            for number, parts in enumerate(schedules(one["hours"], one.get("hours_note", "")))
        ),
        *_attributes(one, service),
    ]
    if one.get("phone"):
        made.append(Phone(id=fixed("phone"), service=service, number=one["phone"]))
    if one.get("cost_amount"):
        about = {"amount": Decimal(str(one["cost_amount"])), "amount_description": one["cost_text"]}
        made.append(CostOption(id=fixed("cost"), service=service, currency="EUR", **about))
    return made


def _attributes(one: dict[str, Any], service: Service) -> list[Attribute]:
    filed = [(vocabulary, code) for key, vocabulary in TERMS.items() for code in one[key]]
    return [
        Attribute(
            id=demo_id("attribute", service.pk, vocabulary, code),
            service=service,
            link_id=service.pk,
            link_entity="service",
            link_type=vocabulary,
            taxonomy_term_id=term_id(vocabulary, code),
        )
        for vocabulary, code in [*filed, *((NEED_PARTS, part) for part in parts_of(one, _need_of()))]
    ]


@cache
def _need_of() -> dict[str, str]:
    return above()


def schedules(hours: list[str], note: str) -> list[dict[str, Any]]:
    """Read "ma 09:00-12:00" and "24/7" as the parts of HSDS schedules; days with the same hours share a row."""
    days_of: dict[str, list[str]] = {}
    for line in hours:
        if line == "24/7":
            days_of.setdefault("00:00-23:59", []).append(ALL_DAYS)
            continue
        day, clock = line.split()
        days_of.setdefault(clock, []).append(DAYS[day])
    rows: list[dict[str, Any]] = []
    for clock, days in days_of.items():
        opens, closes = (time.fromisoformat(part) for part in clock.split("-"))
        rows.append({"byday": ",".join(days), "opens_at": opens, "closes_at": closes})
    return [*rows, {"notes": note, "freq": ""}] if note else rows


@cache
def _node(name: str) -> str:
    if node := node_of(name):
        return node
    raise ValueError(f"unknown area {name}")


@cache
def _municipality(name: str) -> str:
    return Municipality.objects.get(name=name).pk
