"""Being away: from a day until a day, with someone who stands in. What is in hand goes along."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.errors import NotAllowed, Refusal
from core.models import User
from organisaties import departures
from organisaties.models import Absence, Organization
from organisaties.permissions import may


def is_away(user: User, organization: Organization, day: date | None = None) -> bool:
    """Tell whether this person is away from here on a day."""
    return Absence.objects.on(day or timezone.localdate()).filter(user=user, organization=organization).exists()


@transaction.atomic
def go_away(
    user: User, organization: Organization, *, starts_on: date, ends_on: date | None, stand_in: User | None, by: User
) -> Absence:
    """Note that someone is away; from the first day on, the work in hand is someone else's. Raises NotAllowed, Refusal.

    Without `stand_in` it goes to who manages. Saying the same twice is one absence.
    """
    _refuse_others(user, organization, by=by)
    if ends_on and ends_on < starts_on:
        raise Refusal(_("The last day comes before the first. Turn them around."))
    if stand_in is not None and (stand_in == user or not organization.is_cared_for_by(stand_in)):
        raise Refusal(_("Choose a colleague who handles questions here."))
    # Two forms at once: the second sees what the first did.
    Organization.objects.select_for_update().filter(pk=organization.pk).order_by().first()
    days = {"starts_on": starts_on, "ends_on": ends_on}
    made, new = Absence.objects.get_or_create(
        user=user, organization=organization, cancelled_at=None, **days, defaults={"stand_in": stand_in}
    )
    if new:
        begin_one(made, by=by)
        audit.record(
            "absence.noted", subject=made, by=by, organization=organization, starts_on=str(starts_on),
            ends_on=str(ends_on or ""),
        )  # fmt: skip
    return made


@transaction.atomic
def come_back(absence: Absence, *, by: User) -> None:
    """End an absence now; what was handed over stays where it is. Raises NotAllowed."""
    _refuse_others(absence.user, absence.organization, by=by)
    if Absence.objects.filter(pk=absence.pk, cancelled_at=None).update(cancelled_at=timezone.now()):
        audit.record("absence.ended", subject=absence, by=by, organization=absence.organization)


def _refuse_others(user: User, organization: Organization, *, by: User) -> None:
    if not organization.has_member(user):
        raise Refusal(_("%(name)s no longer works here.") % {"name": user})
    if by != user and not may(by, "change_roles", organization):
        raise NotAllowed(_("Only a team lead of %(organization)s can do this.") % {"organization": organization})


def begin_one(absence: Absence, *, by: User | str) -> int:
    """Hand over what is in hand when the first day has come; once."""
    started = Absence.objects.on(timezone.localdate()).filter(pk=absence.pk, handed_over_at=None)
    if not started.update(handed_over_at=timezone.now()):
        return 0
    return departures.hand_over(absence.user, absence.organization, to=_stand_in(absence), by=by)


def _stand_in(absence: Absence) -> User | None:
    """Give who stands in, as long as this person still handles questions here and is not away as well."""
    person, organization = absence.stand_in, absence.organization
    if person is None or not person.is_active or not organization.is_cared_for_by(person):
        return None
    return None if is_away(person, organization) else person


def begin_due() -> Mapping[str, int]:
    """Hand over for everyone whose first day has come. Safe to repeat."""
    due = Absence.objects.on(timezone.localdate()).filter(handed_over_at=None)
    moved = 0
    for absence in due.select_related("user", "organization", "stand_in").order_by("pk"):
        with transaction.atomic():
            moved += begin_one(absence, by=audit.SYSTEM)
    return {"handed over": moved}
