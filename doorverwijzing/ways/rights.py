"""The right to refer: directly, after consultation with the coordination, or co-signed (domain.md S1-21 to S1-23).

Nobody is ever stuck: who may not refer alone speaks with the coordination, or asks a core partner to stand beside it.
Neither of these two is shown anything of the person.
"""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.errors import NotAllowed, Refusal
from core.models import User
from core.verdict import ALLOWED, Verdict
from doorverwijzing import notifications
from doorverwijzing.holders import of_sender
from doorverwijzing.models import Consultation, CoSignature, Referral, ReferrerRight, RightKind
from doorverwijzing.moving import note
from doorverwijzing.workflow import AT_HOME
from organisaties.models import Membership, Organization, OrganizationQuerySet, is_coordinator
from organisaties.roles import CARE_ROLES, PartnerType
from sociale_kaart.models import Service, TaxonomyTerm

# The strictest right wins when a service answers several needs.
STRICTEST_FIRST = (RightKind.CO_SIGNED, RightKind.AFTER_COORDINATION, RightKind.DIRECT)


@dataclass(frozen=True)
class Standing:
    """How the sender of one referral may refer, and what still lacks."""

    kind: str
    lacks: str = ""

    @property
    def is_direct(self) -> bool:
        """Tell whether nothing has to be shown."""
        return self.kind == RightKind.DIRECT


def right_of(organization: Organization, service: Service) -> RightKind:
    """Give the right for this kind of service; without one the right for everything else; without that, direct."""
    needs = service.attributes.values("taxonomy_term")
    rights = ReferrerRight.objects.filter(organization=organization)
    special = set(rights.filter(need__in=needs).values_list("kind", flat=True))
    kinds = special or set(rights.filter(need=None).values_list("kind", flat=True)) or {RightKind.DIRECT}
    return next(kind for kind in STRICTEST_FIRST if kind in kinds)


def standing(referral: Referral) -> Standing:
    """Tell how this referral may leave, and in one sentence what lacks before it can."""
    kind = right_of(referral.sender, referral.service)
    if kind == RightKind.AFTER_COORDINATION and not hasattr(referral, "consultation"):
        return Standing(kind, _("First speak with the coordination, and write down with whom and when."))
    if kind == RightKind.CO_SIGNED and not CoSignature.objects.filter(referral=referral, agreed=True).exists():
        return Standing(kind, _("A colleague of an OCMW or CAW has to sign with you first."))
    return Standing(kind)


def refuse_unready(referral: Referral) -> None:
    """Raise Refusal when the sender lacks the right to send this now."""
    if lacks := standing(referral).lacks:
        raise Refusal(lacks)


def _hold_as_sender(referral: Referral, by: User) -> None:
    if not referral.sender.is_cared_for_by(by):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": referral.sender})
    if referral.state not in AT_HOME:
        raise Refusal(_("This question was already sent."))
    referral.hold_while(AT_HOME)


@transaction.atomic
def consult(referral: Referral, *, person: str, day: date, by: User) -> Consultation:
    """Write down with whom of the coordination the sender spoke; the coordination gets it to look at.

    Raises NotAllowed or Refusal.
    """
    _hold_as_sender(referral, by)
    if day > timezone.localdate():
        raise Refusal(_("This day is still to come. Choose today or a day before."))
    if not (person := person.strip()):
        raise Refusal(_("Write with whom you spoke."))
    said = {"person": person, "day": day, "recorded_by": by, "agreed": None, "reviewed_at": None, "reviewed_by": None}
    consultation, _new = Consultation.objects.update_or_create(referral=referral, defaults=said)
    note("referral.consulted", referral, by=by, organization=referral.sender)
    return consultation


def to_review(user: User) -> QuerySet[Consultation]:
    """Give what the coordination has to look at; nothing for anyone else. A draft is nobody's business yet."""
    if not is_coordinator(user):
        return Consultation.objects.none()
    sent = Consultation.objects.filter(agreed=None).exclude(referral__status__in=AT_HOME)
    return sent.select_related("referral__sender", "referral__service", "recorded_by")


@transaction.atomic
def review(consultation: Consultation, *, agreed: bool, by: User) -> None:
    """Let the coordination say whether it was so; a no is told to the worker. Raises NotAllowed or Refusal."""
    may_coordinate(by).require()
    waiting = Consultation.objects.filter(pk=consultation.pk, agreed=None)
    if not waiting.update(agreed=agreed, reviewed_at=timezone.now(), reviewed_by=by):
        raise Refusal(_("A colleague already answered this."))
    referral = consultation.referral
    if not agreed:
        notifications.post(
            of_sender(referral),
            _("The coordination wants to speak with you"),
            _("The coordination does not know of the consultation for %(service)s. Call them.")
            % {"service": referral.service},
            referral.get_absolute_url(),
            referral,
        )
    said = "yes" if agreed else "no"
    note("referral.consultation_reviewed", referral, by=by, organization=None, agreed=said)


def co_signers() -> OrganizationQuerySet:
    """Give the core partners that can stand beside a referral: someone there works with clients."""
    cared_for = Membership.objects.current().filter(role__in=CARE_ROLES).values("organization")
    return Organization.objects.public().filter(partner_type=PartnerType.CORE, pk__in=cared_for)


@transaction.atomic
def ask_co_signature(referral: Referral, *, of: Organization, by: User) -> CoSignature:
    """Ask a core partner to sign; asking another one replaces it while nobody said yes. Raises NotAllowed, Refusal."""
    _hold_as_sender(referral, by)
    if of.partner_type != PartnerType.CORE or of.pk == referral.sender_id:
        raise Refusal(_("Choose another organization: an OCMW, a CAW or a health fund's social service."))
    if CoSignature.objects.filter(referral=referral, agreed=True).exists():
        raise Refusal(_("A colleague already signed."))
    asked = {
        "asked_of": of, "asked_by": by, "asked_at": timezone.now(), "agreed": None, "answered_at": None,
        "answered_by": None,
    }  # fmt: skip
    signature, _new = CoSignature.objects.update_or_create(referral=referral, defaults=asked)
    words = {"sender": referral.sender, "service": referral.service}
    lead = _("%(sender)s wants to refer someone to %(service)s and asks you to sign with them.") % words
    notifications.post(
        of.inbox, _("Will you sign with a colleague?"), lead, reverse("doorverwijzing:to_sign"), referral
    )
    note("referral.signature_asked", referral, by=by, organization=referral.sender)
    return signature


def to_sign(user: User) -> QuerySet[CoSignature]:
    """Give what this person can sign: asked of where they work with clients, not answered, not sent."""
    mine = Membership.objects.care_places(user)
    waiting = CoSignature.objects.filter(asked_of__in=mine, agreed=None, referral__status__in=AT_HOME)
    return waiting.select_related("referral__sender", "referral__service__organization", "asked_by", "asked_of")


@transaction.atomic
def answer_signature(signature: CoSignature, *, agreed: bool, by: User) -> None:
    """Sign with the sender, or not; the sender is told. Raises NotAllowed or Refusal."""
    if not signature.asked_of.is_cared_for_by(by):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": signature.asked_of})
    waiting = CoSignature.objects.filter(
        pk=signature.pk, asked_of=signature.asked_of_id, agreed=None, referral__status__in=AT_HOME
    )
    if not waiting.update(agreed=agreed, answered_at=timezone.now(), answered_by=by):
        raise Refusal(_("A colleague already answered this."))
    referral = signature.referral
    if agreed:
        subject, lead = _("A colleague signed with you"), _("%(who)s signed. You can send now.")
    else:
        subject, lead = _("A colleague does not sign"), _("%(who)s does not sign. Call them, or ask another colleague.")
    who = {"who": signature.asked_of}
    notifications.post(_who_waits(signature).email, subject, lead % who, referral.get_absolute_url(), referral)
    note("referral.co_signed" if agreed else "referral.not_co_signed", referral, by=by, organization=signature.asked_of)


def _who_waits(signature: CoSignature) -> User:
    """Give who asked for the signature; who has the draft in hand now, when that one left."""
    asked, referral = signature.asked_by, signature.referral
    return asked if asked.is_active and referral.sender.is_cared_for_by(asked) else referral.sender_worker


def may_coordinate(user: User) -> Verdict:
    """Tell whether this person keeps the rights of referrers."""
    return ALLOWED if is_coordinator(user) else Verdict(_("Only a network coordinator can do this."))


@transaction.atomic
def set_right(organization: Organization, *, need: TaxonomyTerm | None, kind: str, by: User) -> ReferrerRight:
    """Say how an organization may refer to one kind of service. Raises NotAllowed or Refusal."""
    may_coordinate(by).require()
    if kind not in RightKind.values:
        raise Refusal(_("Choose how they may refer."))
    try:
        with transaction.atomic():
            right, _new = ReferrerRight.objects.update_or_create(
                organization=organization, need=need, defaults={"kind": kind, "set_by": by}
            )
    except IntegrityError:
        raise Refusal(_("A colleague changed this at the same moment. Look again.")) from None
    audit.record("referrer_right.set", subject=right, by=by, organization=organization, kind=kind)
    return right


@transaction.atomic
def drop_right(right: ReferrerRight, *, by: User) -> None:
    """Take a right away: from then on the right for everything else counts. Raises NotAllowed."""
    may_coordinate(by).require()
    audit.record("referrer_right.dropped", subject=right, by=by, organization=right.organization, kind=right.kind)
    right.delete()
