"""Finds every row that belongs to one person, by following the foreign keys of all models that list their fields.

A model takes part by having a `Privacy` class; nobody has to remember to add it here.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from clienten.models import ClientCard
from clienten.rights_of_subject import rooms
from core.key_reference import KeyReference

Found = dict[type[models.Model], dict[object, models.Model]]
Link = tuple[type[models.Model], "models.ForeignKey[models.Model, models.Model]"]


def listed_models() -> list[type[models.Model]]:
    """Give every model that says which of its fields are personal."""
    return [model for model in apps.get_models() if "Privacy" in model.__dict__]


def links(*, letting_go: bool) -> list[Link]:
    """Give the keys that tie one listed model to another; those that let go (SET_NULL) only when asked."""
    listed = listed_models()
    return [
        (model, field)
        for model in listed
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model in listed
        and (letting_go or field.remote_field.on_delete is not models.SET_NULL)
    ]


def trace(card: ClientCard, *, mentions: bool = True) -> Found:
    """Find the card and all rows that hang on it, however far, but nothing of another organization's own file.

    Without `mentions` only what cannot exist without the card, and all of that.
    """
    found: Found = {ClientCard: {card.pk: card}}
    newest = found
    ties = links(letting_go=mentions)
    if mentions:
        ties = [(model, field) for model, field in ties if (model, field.name) not in rooms.ELSEWHERE]
    while newest:
        newest = _one_further(found, newest, ties)
    return found


def _one_further(found: Found, newest: Found, ties: list[Link]) -> Found:
    """Add the rows that point at what was found last; give those that are new."""
    added: Found = {}
    for model, field in ties:
        towards = newest.get(field.related_model)
        if not towards:
            continue
        known = found.setdefault(model, {})
        for row in model._base_manager.filter(**{f"{field.name}__in": list(towards)}):
            if row.pk not in known:
                known[row.pk] = added.setdefault(model, {})[row.pk] = row
    for model in [model for model, rows in found.items() if not rows]:
        del found[model]
    return added


def children_first(found: Found) -> Iterator[type[models.Model]]:
    """Name the models in an order in which no row is deleted while another still needs it."""
    waiting = list(found)
    needs = {model: {field.related_model for _, field in _ties_of(model) if field.related_model in found} - {model}
             for model in waiting}  # fmt: skip
    while waiting:
        free = [model for model in waiting if not any(model in needs[other] for other in waiting if other is not model)]
        for model in free or waiting[:1]:
            waiting.remove(model)
            yield model


def _ties_of(model: type[models.Model]) -> list[Link]:
    return [tie for tie in links(letting_go=False) if tie[0] is model]


def keys_of(found: Found) -> Iterator[object]:
    """Name every key of the key store that a found row still refers to."""
    for model, rows in found.items():
        names = [field.attname for field in model._meta.concrete_fields if isinstance(field, KeyReference)]
        for row in rows.values():
            yield from (key for name in names if (key := getattr(row, name)))
