"""What the door asks of someone: a second step, and for how long they stay in. The strictest organization wins."""

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Min

from core import audit
from core import trusted_devices as trusted
from core.models import TrustedDevice, User
from organisaties.models import DoorPolicy, EmergencyUse, Membership, Organization
from organisaties.permissions import may
from organisaties.roles import CARE_ROLES, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

# Who may see what a client said, or the people and the logs of a partner.
GUARDED_ROLES = CARE_ROLES | {Role.DATA_PROTECTION_CONTACT, Role.NETWORK_COORDINATOR}


class Stay(NamedTuple):
    """How long someone stays in: minutes without a sign of life, hours in all. 0 is without end."""

    idle_minutes: int
    hours: int


def needs_second_step(user: "User | AnonymousUser") -> bool:
    """Tell whether this installation lets this person in with two steps only."""
    if settings.SECOND_FACTOR != "required" or not user.is_authenticated:
        return False
    held = Membership.objects.of(user)
    return (
        user.is_superuser
        or held.filter(role__in=GUARDED_ROLES).exists()
        or held.filter(organization__door_policy__second_factor_for_editors=True).exists()
    )


def forbids_trusted_devices(user: "User | AnonymousUser") -> bool:
    """Tell whether one of the organizations of this person asks the second step at every login."""
    return Membership.objects.of(user).filter(organization__door_policy__trusted_devices=False).exists()


def stay_of(user: "User | AnonymousUser") -> Stay:
    """Say how long this person stays in: the shortest of the installation and their organizations."""
    least = DoorPolicy.objects.filter(organization__in=Organization.objects.of(user)).aggregate(
        idle=Min("idle_minutes"), hours=Min("session_hours")
    )
    return Stay(
        _shortest(settings.SESSION_IDLE_MINUTES, least["idle"]), _shortest(settings.SESSION_HOURS, least["hours"])
    )


def _shortest(installation: int, chosen: int | None) -> int:
    """Take the shorter one; a clock that the installation turned off stays off."""
    return min(installation, chosen) if installation and chosen else installation


def policy_of(organization: Organization) -> DoorPolicy:
    """Give what an organization chose, or what holds when it chose nothing."""
    found = DoorPolicy.objects.filter(organization=organization).first()
    return found or DoorPolicy(
        organization=organization,
        idle_minutes=_within(settings.SESSION_IDLE_MINUTES, DoorPolicy.IDLE),
        session_hours=_within(settings.SESSION_HOURS, DoorPolicy.HOURS),
    )


def _within(installation: int, least_and_most: tuple[int, int]) -> int:
    """Begin with what the installation says, as far as an organization may choose it."""
    least, most = least_and_most
    return max(least, min(installation or most, most))


@transaction.atomic
def set_policy(
    organization: Organization, *, by: User, idle_minutes: int, session_hours: int, second_factor_for_editors: bool,
    trusted_devices: bool, emergency_use: str,
) -> DoorPolicy:  # fmt: skip
    """Choose how the door of an organization opens. Raises NotAllowed."""
    may(by, "change_roles", organization).require()
    policy, _new = DoorPolicy.objects.update_or_create(
        organization=organization,
        defaults={
            "idle_minutes": idle_minutes,
            "session_hours": session_hours,
            "second_factor_for_editors": second_factor_for_editors,
            "trusted_devices": trusted_devices,
            "emergency_use": EmergencyUse(emergency_use),
        },
    )
    audit.record(
        "door.changed", subject=organization, by=by, organization=organization, idle_minutes=idle_minutes,
        session_hours=session_hours, second_factor_for_editors=second_factor_for_editors,
        trusted_devices=trusted_devices, emergency_use=emergency_use,
    )  # fmt: skip
    if not trusted_devices:
        people = Membership.objects.current().filter(organization=organization).values("user")
        trusted.end(TrustedDevice.objects.filter(user__in=people), by=by, subject=organization)
    return policy
