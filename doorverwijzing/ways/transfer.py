"""A transfer between OCMWs: a change of competence, with a checklist, that is over only when both sides said so."""

from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import NotAllowed, Refusal
from core.models import User
from doorverwijzing.actors import Actor, stands_for, user_of
from doorverwijzing.models import Referral, Transfer, TransferReason
from doorverwijzing.moving import note
from doorverwijzing.workflow import AT_HOME, Side, Status

OCMW = "ocmw"
CONFIRMS = frozenset({Status.ACCEPTED, Status.CONTACT_MADE, Status.RUNNING})


class Check(NamedTuple):
    """One thing that is done before an OCMW hands someone over."""

    code: str
    label: str | Promise
    why: str | Promise


CHECKLIST = (
    Check("told", gettext_lazy("The person knows and agrees"), gettext_lazy("Say why, and what changes for them.")),
    Check(
        "competence",
        gettext_lazy("Both OCMWs looked at who is competent"),
        gettext_lazy("Call first. Nobody may fall between two chairs."),
    ),
    Check(
        "last_payment",
        gettext_lazy("The last payment is agreed"),
        gettext_lazy("Until which day do you pay, from which day do they?"),
    ),
    Check(
        "running_help",
        gettext_lazy("Running help is listed"),
        gettext_lazy("Budget help, medical card, reference address, a course, a project."),
    ),
    Check(
        "deadlines",
        gettext_lazy("Running deadlines are told"),
        gettext_lazy("A review, an appeal, a court date, an eviction."),
    ),
    Check(
        "first_meeting",
        gettext_lazy("A first appointment is made"),
        gettext_lazy("With a name, a day and a place. Go along when that helps."),
    ),
    Check(
        "urgent_need",
        gettext_lazy("Urgent needs are covered until then"),
        gettext_lazy("Food, medicine, rent, energy: you stay competent until they take over."),
    ),
)
CODES = frozenset(check.code for check in CHECKLIST)


def is_possible(referral: Referral) -> bool:
    """Tell whether this can be a transfer: from an OCMW to another one."""
    return referral.sender.kind == referral.receiver.kind == OCMW


@transaction.atomic
def prepare(referral: Referral, *, reason: str, since: date, done: list[str], by: User) -> Transfer:
    """Make a draft a transfer, or change its checklist. Raises NotAllowed or Refusal."""
    if not referral.sender.is_cared_for_by(by):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": referral.sender})
    if not is_possible(referral):
        raise Refusal(_("A transfer goes from one OCMW to another."))
    if referral.state not in AT_HOME:
        raise Refusal(_("This question was already sent."))
    referral.hold_while(AT_HOME)
    kept = [check.code for check in CHECKLIST if check.code in done]
    transfer, _new = Transfer.objects.update_or_create(
        referral=referral, defaults={"reason": TransferReason(reason), "since": since, "checklist": kept}
    )
    note("referral.transfer_prepared", referral, by=by, organization=referral.sender)
    return transfer


@transaction.atomic
def call_off(referral: Referral, *, by: User) -> None:
    """Make it a plain referral again while it is a draft. Raises NotAllowed or Refusal."""
    if not referral.sender.is_cared_for_by(by):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": referral.sender})
    if referral.state not in AT_HOME:
        raise Refusal(_("This question was already sent."))
    referral.hold_while(AT_HOME)
    if Transfer.objects.filter(referral=referral).delete()[0]:
        note("referral.transfer_called_off", referral, by=by, organization=referral.sender)


def of(referral: Referral) -> Transfer | None:
    """Give the transfer of a referral; None when it is a plain one."""
    return Transfer.objects.filter(referral=referral).first()


def missing(transfer: Transfer) -> list[Check]:
    """List what is not done yet."""
    return [check for check in CHECKLIST if check.code not in transfer.checklist]


def refuse_unready(referral: Referral) -> None:
    """Raise Refusal when this is a transfer whose checklist is not whole."""
    transfer = of(referral)
    if transfer and (left := missing(transfer)):
        raise Refusal(_("Finish the checklist of the transfer first: %(what)s.") % {"what": left[0].label})


def may_confirm(actor: Actor, transfer: Transfer) -> bool:
    """Tell whether this actor can say from when the new OCMW takes over."""
    referral = transfer.referral
    open_now = transfer.confirmed_at is None and referral.state in CONFIRMS
    return open_now and stands_for(actor, referral.receiver, referral)


@transaction.atomic
def confirm(transfer: Transfer, *, takes_over_on: date, by: Actor) -> None:
    """Say from which day the new OCMW is competent. Raises NotAllowed or Refusal."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=transfer.referral_id)
    if not stands_for(by, referral.receiver, referral):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": referral.receiver})
    if referral.state not in CONFIRMS:
        raise Refusal(_("Accept the question first. Then say from when you take over."))
    waiting = Transfer.objects.filter(pk=transfer.pk, confirmed_at=None)
    if not waiting.update(confirmed_at=timezone.now(), confirmed_by=user_of(by), takes_over_on=takes_over_on):
        raise Refusal(_("A colleague already answered this."))
    note("referral.transfer_confirmed", referral, by=by, organization=referral.receiver, day=takes_over_on.isoformat())


def may_release(actor: Actor, transfer: Transfer) -> bool:
    """Tell whether the old OCMW can let go now."""
    referral = transfer.referral
    due = transfer.takes_over_on is not None and transfer.takes_over_on <= timezone.localdate()
    return due and transfer.released_at is None and stands_for(actor, referral.sender, referral)


@transaction.atomic
def release(transfer: Transfer, *, by: User) -> None:
    """Let go, as the old OCMW: only from the day on which the new one takes over. Raises NotAllowed or Refusal."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=transfer.referral_id)
    if not stands_for(by, referral.sender, referral):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": referral.sender})
    today = timezone.localdate()
    confirmed = Transfer.objects.filter(pk=transfer.pk, released_at=None).exclude(confirmed_at=None)
    if not confirmed.exists():
        raise Refusal(_("Stay competent until %(receiver)s confirms.") % {"receiver": referral.receiver})
    if not confirmed.filter(takes_over_on__lte=today).update(released_at=timezone.now(), released_by=by):
        raise Refusal(_("%(receiver)s takes over later. Stay competent until then.") % {"receiver": referral.receiver})
    note("referral.transfer_released", referral, by=by, organization=referral.sender)


def side_of(actor: Actor, referral: Referral) -> Side | None:
    """Tell on which side of the transfer this actor stands."""
    if stands_for(actor, referral.sender, referral):
        return Side.SENDER
    return Side.RECEIVER if stands_for(actor, referral.receiver, referral) else None
