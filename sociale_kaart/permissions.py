"""Who may keep which listing true: a listing editor those of their own organizations, a coordinator all of them."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.permission_policies import ModelPermissionPolicy

from core.models import User
from core.verdict import ALLOWED, Verdict
from organisaties import groups
from organisaties.models import Organization
from organisaties.permissions import is_coordinator
from organisaties.roles import Role
from sociale_kaart.models import LifeDomain, Location, Service, TaxonomyTerm

# What a Wagtail group may do with a kind of listing; which rows is decided by the policy below.
GRANTS: dict[str, dict[type[models.Model], tuple[str, ...]]] = {
    groups.LISTING_EDITORS: {
        Service: ("add", "change", "publish", "view"),
        Organization: ("change", "publish", "view"),
        Location: ("add", "change", "view"),
    },
    groups.COORDINATORS: {
        Service: ("add", "change", "delete", "publish", "view"),
        Organization: ("add", "change", "delete", "publish", "view"),
        Location: ("add", "change", "delete", "view"),
        TaxonomyTerm: ("change", "view"),
        LifeDomain: ("change", "view"),
    },
}
# Only who may add an organization may change its place in the network and its duty of silence.
NETWORK_LAYER = "organisaties.add_organization"


def edits_everything(user: User) -> bool:
    """Tell whether this person keeps all listings."""
    return user.is_superuser or is_coordinator(user)


def edited_organizations(user: User) -> models.QuerySet[Organization]:
    """Give the organizations whose listings this person keeps."""
    if edits_everything(user):
        return Organization.objects.all()
    mine = user.memberships.filter(role=Role.LISTING_EDITOR, ended_at=None).values("organization")
    return Organization.objects.filter(pk__in=mine)


def may_keep_listings(user: User) -> Verdict:
    """Tell whether this person keeps any listing at all."""
    keeps = edits_everything(user) or user.memberships.filter(role=Role.LISTING_EDITOR, ended_at=None).exists()
    return ALLOWED if keeps else Verdict(_("Only who keeps listings can do this."))


def may(user: User, what: str, thing: Service | Organization | Location) -> Verdict:
    """Tell whether this person may `what` ("change", "publish", "delete" …) this listing."""
    organization = thing if isinstance(thing, Organization) else thing.organization
    if organization is None:
        return ALLOWED if edits_everything(user) else Verdict(_("Only a network coordinator can do this."))
    if not edited_organizations(user).filter(pk=organization.pk).exists():
        return Verdict(_("Only a listing editor of %(organization)s can do this.") % {"organization": organization})
    if not user.has_perm(f"{thing._meta.app_label}.{what}_{thing._meta.model_name}"):
        return Verdict(_("Only a network coordinator can do this."))
    return ALLOWED


class ListingPolicy(ModelPermissionPolicy):
    """Wagtail's questions about a listing: the group says what, the membership says whose."""

    def __init__(self, model: type[models.Model], to_organization: str) -> None:
        super().__init__(model)
        self.to_organization = to_organization

    def user_has_permission_for_instance(self, user: User, action: str, instance: Any) -> bool:
        """Tell whether this person may do this to this row; a row that is not saved yet belongs to no one."""
        if instance.pk is None or instance._state.adding:
            return self.user_has_permission(user, action)
        return bool(may(user, action, instance))

    def instances_user_has_any_permission_for(self, user: User, actions: Sequence[str]) -> models.QuerySet:
        """Keep the rows of the organizations whose listings this person keeps."""
        rows = super().instances_user_has_any_permission_for(user, actions)
        if edits_everything(user):
            return rows
        return rows.filter(**{f"{self.to_organization}__in": edited_organizations(user).values("pk")})


def grant(**kwargs: Any) -> None:
    """Give the editors' groups their permissions; safe to repeat. Runs after every migrate."""
    for group, models_of_group in GRANTS.items():
        for model, actions in models_of_group.items():
            groups.allow(group, model, actions)
