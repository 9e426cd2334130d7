"""The tables of HSDS 3.x: their columns and links, what they cannot do without, and what hangs on what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models

from organisaties.models import Organization, OrganizationIdentifier
from sociale_kaart import models as kaart
from sociale_kaart.hsds.cleaning import Cleaner, cleaner_of

# Columns of the standard for which our own tables have no field; they are kept in `extra` without a remark.
KEPT = {"service": {"last_modified"}, "taxonomy_term": {"taxonomy"}}

# Fields of our own that an import fills when they are empty.
_OURS = {
    "organization": ("source", "last_modified"),
    "service": ("source", "last_modified"),
    "location": ("municipality", "protected"),
    "service_area": ("node",),
}

# Columns that point to a row of any table: its id and the name of its table.
ANCHORS = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}


@dataclass(frozen=True, eq=False)
class Table:
    """One object of HSDS. A shared one (organization, location …) may be told by several records."""

    name: str
    model: type[models.Model]
    cleaners: Mapping[str, Cleaner]
    links: Mapping[str, str]
    must: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    should: frozenset[str] = frozenset()
    children: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    parents: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    shared: bool = False
    rank: int = 0

    @property
    def written(self) -> list[str]:
        """Name the fields that an import may write; the network's own layer is not among them."""
        links = [name.removesuffix("_id") for name in self.links]
        return [*self.cleaners, *links, "extra", *ANCHORS.get(self.name, ()), *_OURS.get(self.name, ())]

    @property
    def upward(self) -> list[str]:
        """Name the links to another row of this same table."""
        return [column for column, name in self.links.items() if name == self.name]

    def knows(self, column: str) -> bool:
        """Tell whether HSDS names this column or nested key here."""
        homes = (self.cleaners, self.links, self.children, self.parents)
        return (
            column == "id"
            or any(column in home for home in homes)
            or column in KEPT.get(self.name, ())
            or column in ANCHORS.get(self.name, ())
        )


@dataclass(frozen=True)
class _Spec:
    model: type[models.Model]
    columns: str
    links: str = ""
    must: str = ""
    needs: str = ""
    should: str = ""
    shared: bool = False


# In the order of writing: what is linked to comes first. A link is "column:table".
_SPECS = {
    "taxonomy": _Spec(kaart.Taxonomy, "name description uri version", must="name", should="description", shared=True),
    "taxonomy_term": _Spec(
        kaart.TaxonomyTerm, "code name description language term_uri", "parent_id:taxonomy_term taxonomy_id:taxonomy",
        must="name", should="description", shared=True,
    ),
    "organization": _Spec(
        Organization,
        "name alternate_name description email website tax_status tax_id year_incorporated legal_status logo uri",
        "parent_organization_id:organization", must="name", should="description", shared=True,
    ),
    "organization_identifier": _Spec(
        OrganizationIdentifier, "identifier_scheme identifier_type identifier", "organization_id:organization",
        must="identifier", needs="organization_id", should="identifier_type",
    ),
    "program": _Spec(
        kaart.Program, "name alternate_name description", "organization_id:organization",
        must="name", needs="organization_id", should="description", shared=True,
    ),
    "unit": _Spec(kaart.Unit, "name scheme identifier uri", must="name", shared=True),
    "location": _Spec(
        kaart.Location,
        "location_type url name alternate_name description transportation latitude longitude"
        " external_identifier external_identifier_type",
        "organization_id:organization", should="location_type", shared=True,
    ),
    "address": _Spec(
        kaart.Address,
        "attention address_1 address_2 city region state_province postal_code country address_type",
        "location_id:location", should="address_1 city state_province postal_code country address_type",
    ),
    "accessibility": _Spec(kaart.Accessibility, "description details url", "location_id:location"),
    "service": _Spec(
        kaart.Service,
        "name alternate_name description url email status interpretation_services application_process fees_description"
        " wait_time fees accreditations eligibility_description minimum_age maximum_age assured_date assurer_email"
        " licenses alert",
        "organization_id:organization program_id:program",
        must="name", needs="organization_id", should="status", shared=True,
    ),
    "service_at_location": _Spec(
        kaart.ServiceAtLocation, "description", "service_id:service location_id:location",
        needs="service_id location_id",
    ),
    "contact": _Spec(
        kaart.Contact, "name title department email",
        "organization_id:organization service_id:service service_at_location_id:service_at_location"
        " location_id:location",
    ),
    "phone": _Spec(
        kaart.Phone, "number extension type description",
        "organization_id:organization service_id:service service_at_location_id:service_at_location"
        " location_id:location contact_id:contact",
        must="number",
    ),
    "schedule": _Spec(
        kaart.Schedule,
        "valid_from valid_to dtstart timezone until count wkst freq interval byday byweekno bymonthday byyearday"
        " description opens_at closes_at schedule_link attending_type notes",
        "service_id:service location_id:location service_at_location_id:service_at_location",
    ),
    "service_area": _Spec(
        kaart.ServiceArea, "name description extent extent_type uri",
        "service_id:service service_at_location_id:service_at_location",
    ),
    "cost_option": _Spec(
        kaart.CostOption, "valid_from valid_to option currency amount amount_description", "service_id:service",
        needs="service_id",
    ),
    "funding": _Spec(kaart.Funding, "source", "organization_id:organization service_id:service"),
    "required_document": _Spec(kaart.RequiredDocument, "document uri", "service_id:service"),
    "language": _Spec(
        kaart.Language, "name code note", "service_id:service location_id:location phone_id:phone",
    ),
    "url": _Spec(kaart.Url, "label url", "organization_id:organization service_id:service", must="url"),
    "service_capacity": _Spec(
        kaart.ServiceCapacity, "available maximum description updated", "service_id:service unit_id:unit",
        must="available updated", needs="service_id unit_id",
    ),
    "attribute": _Spec(
        kaart.Attribute, "link_type value label", "taxonomy_term_id:taxonomy_term service_id:service",
        needs="taxonomy_term_id", should="link_entity",
    ),
    "metadata": _Spec(
        kaart.Metadata,
        "last_action_date last_action_type field_name previous_value replacement_value updated_by",
        must="last_action_date", should="last_action_type field_name updated_by",
    ),
}  # fmt: skip

# Nested key in a record: the table of its items, and the link by which they point back.
_EVERYWHERE = {"attributes": ("attribute", ""), "metadata": ("metadata", "")}
_CHILDREN: dict[str, dict[str, tuple[str, str]]] = {
    "organization": {
        "funding": ("funding", "organization_id"), "contacts": ("contact", "organization_id"),
        "phones": ("phone", "organization_id"), "locations": ("location", "organization_id"),
        "programs": ("program", "organization_id"), "services": ("service", "organization_id"),
        "organization_identifiers": ("organization_identifier", "organization_id"),
        "additional_websites": ("url", "organization_id"),
    },
    "service": {
        "phones": ("phone", "service_id"), "schedules": ("schedule", "service_id"),
        "service_areas": ("service_area", "service_id"), "languages": ("language", "service_id"),
        "service_at_locations": ("service_at_location", "service_id"), "funding": ("funding", "service_id"),
        "cost_options": ("cost_option", "service_id"), "required_documents": ("required_document", "service_id"),
        "contacts": ("contact", "service_id"), "capacities": ("service_capacity", "service_id"),
        "additional_urls": ("url", "service_id"),
    },
    "service_at_location": {
        "contacts": ("contact", "service_at_location_id"), "phones": ("phone", "service_at_location_id"),
        "schedules": ("schedule", "service_at_location_id"),
        "service_areas": ("service_area", "service_at_location_id"),
    },
    "location": {
        "languages": ("language", "location_id"), "addresses": ("address", "location_id"),
        "contacts": ("contact", "location_id"), "accessibility": ("accessibility", "location_id"),
        "phones": ("phone", "location_id"), "schedules": ("schedule", "location_id"),
    },
    "contact": {"phones": ("phone", "contact_id")},
    "phone": {"languages": ("language", "phone_id")},
    "taxonomy": {"taxonomy_terms": ("taxonomy_term", "taxonomy_id")},
}  # fmt: skip

# Nested key that holds what a row points to: its table, and the link of the row.
_PARENTS: dict[str, dict[str, tuple[str, str]]] = {
    "service": {"organization": ("organization", "organization_id"), "program": ("program", "program_id")},
    "service_at_location": {"location": ("location", "location_id"), "service": ("service", "service_id")},
    "service_capacity": {"unit": ("unit", "unit_id")},
    "attribute": {"taxonomy_term": ("taxonomy_term", "taxonomy_term_id")},
    "taxonomy_term": {"taxonomy_detail": ("taxonomy", "taxonomy_id")},
}  # fmt: skip


def _built(rank: int, name: str, spec: _Spec) -> Table:
    fields: dict[str, Any] = {item.name: item for item in spec.model._meta.concrete_fields}
    return Table(
        name=name,
        model=spec.model,
        cleaners={column: cleaner_of(fields[column]) for column in spec.columns.split()},
        links=dict(link.split(":") for link in spec.links.split()),
        must=frozenset(spec.must.split()),
        needs=frozenset(spec.needs.split()),
        should=frozenset(spec.should.split()),
        children={**_CHILDREN.get(name, {}), **({} if name in {"attribute", "metadata"} else _EVERYWHERE)},
        parents=_PARENTS.get(name, {}),
        shared=spec.shared,
        rank=rank,
    )


@cache
def tables() -> dict[str, Table]:
    """Give all tables by name, in the order of writing."""
    return {name: _built(rank, name, spec) for rank, (name, spec) in enumerate(_SPECS.items())}
