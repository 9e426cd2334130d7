"""Inviting, coming in, changing roles and leaving."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, trusted_devices
from core.errors import Refusal
from core.models import User
from organisaties import departures
from organisaties.groups import GROUP_OF_ROLE
from organisaties.models import Invitation, Membership, MembershipQuerySet, Organization
from organisaties.notifications import invitation_sent
from organisaties.permissions import may, may_give
from organisaties.roles import CARE_ROLES, MANAGER_ROLES, Role

INVITATION_LASTS = timedelta(days=7)
# Pressing twice sends one mail.
MAIL_AGAIN_AFTER = timedelta(minutes=1)


@transaction.atomic
def sync_groups(user: User) -> None:
    """Make the editors' groups of this person agree with the roles that they hold now."""
    # Another organization may change the same person at this moment: who is second sees what the first did.
    User.objects.select_for_update(no_key=True).filter(pk=user.pk).order_by().first()
    roles = set(Membership.objects.of(user).values_list("role", flat=True))
    for role, name in GROUP_OF_ROLE.items():
        group, _new = Group.objects.get_or_create(name=name)
        if role in roles:
            user.groups.add(group)
        else:
            user.groups.remove(group)


@transaction.atomic
def invite(organization: Organization, *, email: str, roles: Iterable[str], by: User) -> Invitation:
    """Open the door for one mail address; mail the link after commit. Raises NotAllowed or Refusal.

    Asking the same twice gives the same invitation and no second mail; other roles replace an earlier invitation.
    """
    may(by, "invite", organization).require()
    wanted = _chosen(roles)
    may_give(by, wanted).require()
    email = email.strip().lower()
    _hold(organization)
    if Membership.objects.current().filter(organization=organization, user__email=email).exists():
        raise Refusal(_("%(email)s already works here. Change in the list what this person may do.") % {"email": email})
    earlier = Invitation.objects.unanswered().filter(organization=organization, email=email)
    if same := earlier.open().filter(roles=sorted(wanted)).first():
        return same
    earlier.update(withdrawn_at=timezone.now())
    invitation = Invitation.objects.create(
        organization=organization,
        email=email,
        roles=sorted(wanted),
        invited_by=by,
        expires_at=timezone.now() + INVITATION_LASTS,
    )
    audit.record("invitation.sent", subject=invitation, by=by, organization=organization, roles=sorted(wanted))
    invitation_sent(invitation)
    return invitation


@transaction.atomic
def send_again(invitation: Invitation, *, by: User) -> None:
    """Mail the link once more and give it its full time again. Raises NotAllowed or Refusal."""
    may(by, "invite", invitation.organization).require()
    _hold(invitation.organization)
    invitation = _unanswered(invitation)
    if timezone.now() < invitation.expires_at - INVITATION_LASTS + MAIL_AGAIN_AFTER:
        return
    invitation.expires_at = timezone.now() + INVITATION_LASTS
    invitation.save(update_fields=["expires_at"])
    audit.record("invitation.sent", subject=invitation, by=by, organization=invitation.organization, again=True)
    invitation_sent(invitation)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Close the door again. Raises NotAllowed or Refusal."""
    may(by, "invite", invitation.organization).require()
    if not Invitation.objects.unanswered().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        raise Refusal(_("This invitation is no longer open."))
    audit.record("invitation.withdrawn", subject=invitation, by=by, organization=invitation.organization)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, user: User) -> None:
    """Let someone in. Raises Refusal when it is for someone else, was used or withdrawn, or is over."""
    if user.email != invitation.email:
        raise Refusal(_("This invitation is for %(email)s.") % {"email": invitation.email})
    if not Invitation.objects.open().filter(pk=invitation.pk).update(accepted_at=timezone.now()):
        raise Refusal(_("This link does not work any more. Ask for a new one."))
    for role in invitation.roles:
        Membership.objects.get_or_create(
            user=user, organization=invitation.organization, role=role, ended_at=None, defaults={}
        )
    sync_groups(user)
    audit.record("invitation.accepted", subject=invitation, by=user, organization=invitation.organization)


@transaction.atomic
def begin(invitation: Invitation, *, first_name: str, last_name: str, phone: str, password: str) -> User:
    """Make the account of someone new and let them in. Raises Refusal as `accept_invitation` does.

    Also when they have an account since a moment ago, by the link of another organization: then the door is `accept`.
    """
    _hold(invitation.organization)
    about = {"first_name": first_name, "last_name": last_name, "phone": phone}
    try:
        with transaction.atomic():
            user = User.objects.create_user(invitation.email, password, **about)
    except IntegrityError:
        raise Refusal(_("This link does not work any more. Ask for a new one.")) from None
    accept_invitation(invitation, user=user)
    return user


@transaction.atomic
def set_roles(
    user: User, organization: Organization, *, roles: Iterable[str], by: User, seen: Collection[str] | None = None
) -> None:
    """Make `roles` the roles of this person here. Raises NotAllowed, or Refusal when no manager would be left.

    `seen` are the roles that the form was shown with: a colleague who was first is not overruled unseen.
    """
    may(by, "change_roles", organization).require()
    wanted = _chosen(roles)
    _hold(organization)
    held = _held(user, organization)
    if not held:
        raise Refusal(_("%(name)s no longer works here.") % {"name": user})
    if wanted == held:
        return
    if seen is not None and set(seen) != held:
        raise Refusal(_("A colleague changed this in the meantime. Look at it again and choose."))
    may_give(by, wanted - held).require()
    _replace(user, organization, wanted, by=by)
    if held & CARE_ROLES and not wanted & CARE_ROLES:
        departures.hand_over(user, organization, by=by)
    audit.record("membership.changed", subject=user, by=by, organization=organization, roles=sorted(wanted))


@transaction.atomic
def leave(user: User, organization: Organization, *, by: User, to: User | None = None) -> None:
    """End every role of this person here; once is enough. Raises NotAllowed, or Refusal for the last team lead.

    What is in hand goes to the colleague `to`, else to who manages.
    """
    if by != user:
        may(by, "change_roles", organization).require()
    _hold(organization)
    if not _held(user, organization):
        return
    _replace(user, organization, set(), by=by)
    departures.hand_over(user, organization, to=_colleague(to, user, organization), by=by)
    trusted_devices.end(trusted_devices.of(user), by=by, subject=user)
    audit.record("membership.ended", subject=user, by=by, organization=organization)


def _chosen(roles: Iterable[str]) -> set[str]:
    wanted = {Role(role).value for role in roles}
    if not wanted:
        raise Refusal(_("Choose at least one thing that this person may do."))
    return set(wanted)


def _hold(organization: Organization) -> None:
    """Let one person at a time change the people here: two team leads cannot both leave as the one but last."""
    Organization.objects.select_for_update().filter(pk=organization.pk).order_by().first()


def _unanswered(invitation: Invitation) -> Invitation:
    found = Invitation.objects.unanswered().filter(pk=invitation.pk).select_related("organization").first()
    if found is None:
        raise Refusal(_("This invitation is no longer open."))
    return found


def _held(user: User, organization: Organization) -> set[str]:
    return set(Membership.objects.of(user).filter(organization=organization).values_list("role", flat=True))


def _colleague(to: User | None, user: User, organization: Organization) -> User | None:
    """Check who takes over: someone else who handles questions here."""
    if to is not None and (to == user or not organization.is_cared_for_by(to)):
        raise Refusal(_("Choose a colleague who handles questions here."))
    return to


def _replace(user: User, organization: Organization, wanted: set[str], *, by: User) -> None:
    here = Membership.objects.current().filter(organization=organization)
    managed = here.managing().filter(user=user).exists()
    if managed and not wanted & MANAGER_ROLES and not here.managing().exclude(user=user).exists():
        raise Refusal(_last_manager(user, organization, by=by))
    held = _held(user, organization)
    here.filter(user=user, role__in=held - wanted).update(ended_at=timezone.now())
    Membership.objects.bulk_create(
        [Membership(user=user, organization=organization, role=role) for role in sorted(wanted - held)]
    )
    sync_groups(user)


def _last_manager(user: User, organization: Organization, *, by: User) -> str:
    """Say why the last team lead cannot go, and who can be asked."""
    fact = (
        _("You are the last one who manages here.") if by == user else _("%(name)s is the last one who manages here.")
    )
    way_on = _("First let a colleague manage: %(names)s.")
    names = _names(Membership.objects.current().filter(organization=organization), but=user)
    if not names:
        way_on = _("Ask a coordinator of the network: %(names)s.")
        names = _names(Membership.objects.coordinating(), but=user)
    if not names:
        way_on = _("First invite a second one who manages.")
    return f"{fact} {way_on}" % {"name": user, "names": names}


def _names(memberships: MembershipQuerySet, *, but: User) -> str:
    people = User.objects.filter(pk__in=memberships.values("user"), is_active=True).exclude(pk=but.pk)
    return ", ".join(sorted(str(person) for person in people))
