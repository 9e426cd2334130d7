"""Foreign keys follow the arrows of the imports: down, never up, never to a neighbour."""

from django.apps import apps
from django.db import models

from tests.architecture.sources import APPS, floors

PUBLIC = {"core", "gebied", "organisaties", "sociale_kaart", "search", "rechtenverkenning", "leernetwerk"}


def own_models() -> list[type[models.Model]]:
    """Give the models of our own rooms, with the tables between them."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in APPS]


def arrows():
    """Give each relation as (room it starts in, room it points to, name)."""
    for model in own_models():
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model in own_models():
                yield model._meta.app_label, field.related_model._meta.app_label, f"{model._meta.label}.{field.name}"


def test_every_foreign_key_points_down():
    height = floors()

    up = [name for here, there, name in arrows() if here != there and height[there] >= height[here]]

    assert up == []


def test_what_is_public_knows_nothing_of_who_is_helped():
    assert [name for here, there, name in arrows() if here in PUBLIC and there not in PUBLIC] == []


def test_the_floors_are_counted_from_below():
    height = floors()

    assert height["core"] == 0
    assert height["config"] == max(height.values())
    assert height["search"] == height["rechtenverkenning"] == height["leernetwerk"]


def test_every_app_is_on_a_floor():
    assert {app.label for app in apps.get_app_configs() if app.label in APPS} == set(APPS) <= set(floors())
