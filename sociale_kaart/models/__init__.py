"""The tables of HSDS 3.x that a listing needs, one file per noun, and the network's own layer on them."""

from sociale_kaart.models.contact import Contact, Language, Phone
from sociale_kaart.models.correction import Correction
from sociale_kaart.models.gap import Gap
from sociale_kaart.models.location import Accessibility, Address, Location
from sociale_kaart.models.metadata import Metadata
from sociale_kaart.models.schedule import Schedule
from sociale_kaart.models.service import LONGEST_PROMISE, Program, Service, ServiceAtLocation
from sociale_kaart.models.supply import (
    CostOption,
    Funding,
    RequiredDocument,
    ServiceArea,
    ServiceCapacity,
    Unit,
    Url,
)
from sociale_kaart.models.taxonomy import Attribute, LifeDomain, Taxonomy, TaxonomyTerm

__all__ = [
    "LONGEST_PROMISE", "Accessibility", "Address", "Attribute", "Contact", "Correction", "CostOption", "Funding", "Gap",
    "Language", "LifeDomain", "Location", "Metadata", "Phone", "Program", "RequiredDocument", "Schedule", "Service",
    "ServiceArea", "ServiceAtLocation", "ServiceCapacity", "Taxonomy", "TaxonomyTerm", "Unit", "Url",
]  # fmt: skip
