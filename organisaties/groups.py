"""The editors' groups of Wagtail, and which role opens which."""

from collections.abc import Iterable

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models

from organisaties.roles import Role

LISTING_EDITORS = "Fichebeheerders"
LEARNING_EDITORS = "Redactie leernetwerk"
COORDINATORS = "Netwerkcoördinatoren"

GROUP_OF_ROLE = {
    Role.LISTING_EDITOR: LISTING_EDITORS,
    Role.LEARNING_EDITOR: LEARNING_EDITORS,
    Role.NETWORK_COORDINATOR: COORDINATORS,
}


def ensure(name: str) -> Group:
    """Give the group of this name, made when it is not there, with the key to the editors' screens."""
    group, _new = Group.objects.get_or_create(name=name)
    door = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin").first()
    if door:
        group.permissions.add(door)
    return group


def allow(name: str, model: type[models.Model], actions: Iterable[str]) -> None:
    """Let a group do these things ("add", "change", "publish" …) with a model; safe to repeat."""
    group = ensure(name)
    codes = [get_permission_codename(action, model._meta) for action in actions]
    kind = ContentType.objects.get_for_model(model)
    group.permissions.add(*Permission.objects.filter(content_type=kind, codename__in=codes))
