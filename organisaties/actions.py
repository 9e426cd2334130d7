"""Inviting, changing roles and leaving."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.errors import Refusal
from core.models import User
from organisaties.groups import GROUP_OF_ROLE
from organisaties.models import Invitation, Membership, Organization
from organisaties.notifications import invitation_sent
from organisaties.permissions import may
from organisaties.roles import MANAGER_ROLES, Role

INVITATION_LASTS = timedelta(days=14)


def sync_groups(user: User) -> None:
    """Make the editors' groups of this person agree with the roles that they hold now."""
    roles = set(user.memberships.filter(ended_at=None).values_list("role", flat=True))
    for role, name in GROUP_OF_ROLE.items():
        group, _new = Group.objects.get_or_create(name=name)
        if role in roles:
            user.groups.add(group)
        else:
            user.groups.remove(group)


@transaction.atomic
def invite(organization: Organization, *, email: str, roles: Iterable[str], by: User) -> Invitation:
    """Open the door for one mail address; mail the link after commit. Raises NotAllowed or Refusal."""
    may(by, "invite", organization).require()
    wanted = sorted({Role(role).value for role in roles})
    if not wanted:
        raise Refusal(_("Choose at least one role."))
    email = email.strip().lower()
    if organization.memberships.filter(user__email=email, ended_at=None, role__in=wanted).count() == len(wanted):
        raise Refusal(_("%(email)s already works here in that role.") % {"email": email})
    invitation = Invitation.objects.create(
        organization=organization,
        email=email,
        roles=wanted,
        invited_by=by,
        expires_at=timezone.now() + INVITATION_LASTS,
    )
    audit.record("invitation.sent", subject=invitation, by=by, organization=organization, roles=wanted)
    transaction.on_commit(partial(invitation_sent, invitation))
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Close the door again. Raises NotAllowed or Refusal."""
    may(by, "invite", invitation.organization).require()
    if not Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        raise Refusal(_("This invitation is no longer open."))
    audit.record("invitation.withdrawn", subject=invitation, by=by, organization=invitation.organization)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, user: User) -> None:
    """Let someone in. Raises Refusal when the invitation was used, withdrawn or is over."""
    if not Invitation.objects.open().filter(pk=invitation.pk).update(accepted_at=timezone.now()):
        raise Refusal(_("This invitation is no longer open. Ask for a new one."))
    for role in invitation.roles:
        Membership.objects.get_or_create(
            user=user, organization=invitation.organization, role=role, ended_at=None, defaults={}
        )
    sync_groups(user)
    audit.record("invitation.accepted", subject=invitation, by=user, organization=invitation.organization)


@transaction.atomic
def set_roles(user: User, organization: Organization, *, roles: Iterable[str], by: User) -> None:
    """Make `roles` the roles of this person here. Raises NotAllowed, or Refusal when no manager would be left."""
    may(by, "change_roles", organization).require()
    wanted = {Role(role).value for role in roles}
    _replace(user, organization, wanted)
    audit.record(
        "membership.changed", subject=user, by=by, organization=organization, roles=sorted(wanted)
    )


@transaction.atomic
def leave(user: User, organization: Organization, *, by: User) -> None:
    """End every role of this person here. Raises NotAllowed, or Refusal when no manager would be left."""
    if by != user:
        may(by, "change_roles", organization).require()
    _replace(user, organization, set())
    audit.record("membership.ended", subject=user, by=by, organization=organization)


def _replace(user: User, organization: Organization, wanted: set[str]) -> None:
    current = Membership.objects.select_for_update().filter(organization=organization, ended_at=None)
    others_manage = current.exclude(user=user).filter(role__in=MANAGER_ROLES).exists()
    managed = current.filter(user=user, role__in=MANAGER_ROLES).exists()
    if managed and not others_manage and not wanted & MANAGER_ROLES:
        raise Refusal(_("You are the last team lead. Make a colleague team lead first."))
    held = set(current.filter(user=user).values_list("role", flat=True))
    current.filter(user=user, role__in=held - wanted).update(ended_at=timezone.now())
    Membership.objects.bulk_create(
        [Membership(user=user, organization=organization, role=role) for role in sorted(wanted - held)]
    )
    sync_groups(user)
