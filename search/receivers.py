"""Follows every change of the catalogue that a search result could show; the only signals of the house."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db.models import Model
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver

from organisaties.models import Organization
from search.sync import note
from search.words import known, seed
from sociale_kaart.changes import services_changed
from sociale_kaart.models import (
    Accessibility,
    Address,
    Attribute,
    CostOption,
    Language,
    Location,
    Phone,
    Program,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    TaxonomyTerm,
)

# Tables whose rows hang under a service, a service at a location or a location.
CHILDREN = (Address, Accessibility, Attribute, CostOption, Language, Phone, Schedule, ServiceArea, ServiceAtLocation)


@receiver([post_save, post_delete], sender=Service)
def follow_service(instance: Service, **kwargs: Any) -> None:
    """Follow a service that was saved, published, hidden or removed."""
    note([str(instance.pk)])


def follow_child(instance: Model, **kwargs: Any) -> None:
    """Follow a row that hangs under one or more services."""
    note(services_of(instance))


for model in CHILDREN:
    post_save.connect(follow_child, sender=model, dispatch_uid=f"search-save-{model.__name__}")
    post_delete.connect(follow_child, sender=model, dispatch_uid=f"search-delete-{model.__name__}")


@receiver([post_save, post_delete], sender=Location)
def follow_location(instance: Location, **kwargs: Any) -> None:
    """Follow a place that moved or was renamed: every service that is given there."""
    note(_at_location(str(instance.pk)))


@receiver([post_save], sender=Organization)
def follow_organization(instance: Organization, **kwargs: Any) -> None:
    """Follow an organization that was renamed or hidden: all its services."""
    note(Service.objects.filter(organization=instance).values_list("pk", flat=True))


@receiver([post_save], sender=Program)
def follow_program(instance: Program, **kwargs: Any) -> None:
    """Follow a program that was renamed."""
    note(instance.services.values_list("pk", flat=True))


@receiver([post_save, post_delete], sender=TaxonomyTerm)
def follow_term(instance: TaxonomyTerm, **kwargs: Any) -> None:
    """Follow a term that got another name: the services that carry it."""
    ids = instance.attributes.exclude(service=None).values_list("service_id", flat=True)
    note(str(pk) for pk in ids)


@receiver(services_changed)
def follow_import(ids: list[str], **kwargs: Any) -> None:
    """Rows that were written in bulk, as an import does."""
    note(ids)


@receiver(post_migrate)
def plant_words(sender: AppConfig, using: str, apps: Apps, **kwargs: Any) -> None:
    """Give an installation the rules of words that come with the product, and those of an update."""
    if sender.label == "search" and seed.plant(apps, using=using):
        known.rise()


def services_of(row: Model) -> Iterator[str]:
    """Give the ids of the services that show this row."""
    if service_id := getattr(row, "service_id", None):
        yield str(service_id)
    place_id = getattr(row, "service_at_location_id", None)
    if place_id:
        yield from _ids(ServiceAtLocation.objects.filter(pk=place_id).values_list("service_id", flat=True))
    if location_id := getattr(row, "location_id", None):
        yield from _at_location(str(location_id))


def _at_location(location_id: str) -> Iterator[str]:
    places = ServiceAtLocation.objects.filter(location_id=location_id)
    yield from _ids(places.values_list("service_id", flat=True))


def _ids(found: Iterable[Any]) -> Iterator[str]:
    return map(str, found)
