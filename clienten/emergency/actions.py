"""Opening a card in an emergency, reading it, ending it, and judging it afterwards."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.emergency.permissions import may_open, may_review, watchers
from clienten.models import ClientCard, EmergencyAccess, EmergencyReason, EmergencyVerdict
from core import audit, outbox
from core.errors import Refusal
from core.models import User
from core.workdays import add_workdays
from organisaties import network
from organisaties.models import Membership, Organization

LASTS = timedelta(minutes=60)
REVIEW_WORKDAYS = 3


@transaction.atomic
def open_card(card: ClientCard, *, by: User, why: str, reason: str, asked: str) -> EmergencyAccess:
    """Open a card for an hour; the review is made at once. Raises NotAllowed. Asking twice gives the same hour."""
    may_open(by, card).require()
    now = timezone.now()
    # Who presses twice waits here for the first press.
    ClientCard.objects.select_for_update().get(pk=card.pk)
    if running := EmergencyAccess.objects.of(by).running(now).filter(client=card).first():
        return running
    made = EmergencyAccess.objects.create(
        client=card,
        organization=card.organization,
        opened_by=by,
        opened_from=_from(by, card.organization),
        why=EmergencyReason(why),
        reason=reason,
        asked=asked,
        created_at=now,
        ends_at=now + LASTS,
        review_due=add_workdays(timezone.localdate(), REVIEW_WORKDAYS),
    )
    _tell(made)
    audit.record(
        "emergency.opened", subject=card, by=by, organization=card.organization, access=str(made.pk), why=made.why,
        opened_from=str(made.opened_from_id),
    )  # fmt: skip
    return made


def _from(user: User, theirs: Organization) -> Organization:
    """Say for which of their organizations this person comes: the one that is nearest to the card's."""
    mine = Organization.objects.cared_for_by(user).order_by("name")
    near = mine.filter(pk=theirs.parent_organization_id) | mine.filter(parent_organization=theirs)
    near |= mine.exclude(parent_organization=None).filter(parent_organization=theirs.parent_organization_id)
    return near.first() or mine.first() or theirs


def _tell(access: EmergencyAccess, *, late: bool = False) -> int:
    """Mail who looks back at it; give how many. A link, no story."""
    lead = _("Someone from your circle opened a card of %(organization)s. Look back at it:")
    if late:
        lead = _("An emergency access to a card of %(organization)s still waits for a look back. Look back at it:")
    lead %= {"organization": access.organization}
    link = settings.SITE_URL + reverse("noodtoegang:review", args=[access.pk])
    people = {watcher.email for watcher in watchers(access.organization, other_than=access.opened_by)}
    for address in sorted(people):
        outbox.post(
            to=address, subject=_("A card was opened in an emergency"), body=f"{lead}\n\n{link}\n", about=access
        )
    return len(people)


def remind() -> dict[str, int]:
    """Mail about every look back that is late or that nobody can do; the audit chain keeps it to once a day."""
    waiting = EmergencyAccess.objects.to_review().order_by("review_due").values_list("pk", flat=True)
    return {"reminded": sum(_remind_one(pk) for pk in waiting)}


@transaction.atomic
def _remind_one(pk: UUID) -> int:
    locked = EmergencyAccess.objects.select_for_update(of=("self",))
    access = locked.select_related("organization", "opened_by").get(pk=pk)
    if access.verdict or audit.is_done_today(access, "emergency.reminded"):
        return 0
    if not watchers(access.organization, other_than=access.opened_by):
        count = network.ask_for_a_contact(access.organization, but=access.opened_by)
    elif access.review_due < timezone.localdate():
        count = _tell(access, late=True)
    else:
        return 0
    audit.record("emergency.reminded", subject=access, by=audit.SYSTEM, organization=access.organization)
    return count


def note_reading(access: EmergencyAccess, *, by: User) -> None:
    """Write down each look at the card."""
    audit.record(
        "emergency.read", subject=access.client, by=by, organization=access.organization, access=str(access.pk)
    )


@transaction.atomic
def end(access: EmergencyAccess, *, by: User) -> None:
    """Close the card before its hour is over; once is enough."""
    if EmergencyAccess.objects.running(timezone.now()).filter(pk=access.pk).update(ended_at=timezone.now()):
        audit.record(
            "emergency.ended", subject=access.client, by=by, organization=access.organization, access=str(access.pk)
        )


@transaction.atomic
def judge(access: EmergencyAccess, *, by: User, verdict: str, remark: str) -> None:
    """Say whether it was right; a no closes the card at once and tells who manages. Raises NotAllowed or Refusal."""
    may_review(by, access).require()
    locked = EmergencyAccess.objects.select_for_update().get(pk=access.pk)
    if locked.verdict:
        raise Refusal(_("A colleague was first: there is a verdict already."))
    locked.verdict, locked.remark = EmergencyVerdict(verdict), remark
    locked.reviewed_at, locked.reviewed_by = timezone.now(), by
    locked.save(update_fields=["verdict", "remark", "reviewed_at", "reviewed_by"])
    if locked.verdict == EmergencyVerdict.WRONG:
        end(locked, by=by)
        _tell_wrong(locked)
    audit.record(
        "emergency.judged", subject=locked.client, by=by, organization=locked.organization, access=str(locked.pk),
        verdict=locked.verdict,
    )  # fmt: skip


def _tell_wrong(access: EmergencyAccess) -> None:
    """Tell who manages on either side that a card was opened wrongly."""
    sides = [access.organization_id, access.opened_from_id]
    leads = Membership.objects.managing().filter(organization__in=sides, user__is_active=True).select_related("user")
    for address in sorted({lead.user.email for lead in leads}):
        outbox.post(
            to=address,
            subject=_("An emergency access was not right"),
            body=_("The look back at an emergency access ended with a no. Talk about it with %(person)s and with the "
                   "data-protection contact of %(organization)s.\n")
            % {"person": access.opened_by, "organization": access.organization},
            about=access,
        )  # fmt: skip
