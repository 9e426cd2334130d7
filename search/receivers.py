"""Follows every change of the catalogue that a search result could show; the only signals of the house."""

from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db.models import Model
from django.db.models.signals import post_migrate, post_save, pre_delete
from django.dispatch import receiver

from core.rows_written import rows_written
from search.changes.outbox import BATCH
from search.changes.shown_by import POINTED_AT, ROADS, services_of_all, services_of_row
from search.fresh.sync import note
from search.understanding import known
from search.words import seed
from sociale_kaart.changes import services_changed


def follow_row(sender: type[Model], instance: Model, *, created: bool = False, **kwargs: Any) -> None:
    """Follow a row that was saved or goes away, in any table of which a service shows something."""
    if not (created and sender in POINTED_AT):
        note(services_of_row(sender, instance))


for table in ROADS:
    post_save.connect(follow_row, sender=table, dispatch_uid=f"search-save-{table.__name__}")
    # Before, because afterwards nothing tells any more to which services it belonged.
    pre_delete.connect(follow_row, sender=table, dispatch_uid=f"search-delete-{table.__name__}")


@receiver(rows_written)
def follow_rows(sender: type[Model], ids: list[str], *, created: bool = False, **kwargs: Any) -> None:
    """Follow rows that were written without `save()`; a large piece of work wakes the index itself when it is done."""
    if not (created and sender in POINTED_AT):
        note(services_of_all(sender, ids), wake=len(ids) < BATCH)


@receiver(services_changed)
def follow_import(ids: list[str], **kwargs: Any) -> None:
    """Follow what an import says at its end."""
    note(ids)


@receiver(post_migrate)
def plant_words(sender: AppConfig, using: str, apps: Apps, **kwargs: Any) -> None:
    """Give an installation the rules of words that come with the product, and those of an update."""
    if sender.label == "search" and seed.plant(apps, using=using):
        known.rise()
