"""Writing down a yes: item by item, with how it was given, the text that was read and the ground it rests on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.consent import secrecy, strokes, texts
from clienten.limits import refuse_too_much
from clienten.models import (
    WAYS,
    ClientCard,
    Consent,
    ConsentProof,
    ConsentRequest,
    GivenBy,
    Item,
    Mandate,
    Mode,
    Processing,
    ProcessingGround,
    SharingGround,
    WithdrawnBy,
)
from clienten.permissions import may
from clienten.rules import TEXT_VERSION, end_after_closing, first_end
from core import audit, sealed_files
from core.errors import Refusal
from core.models import User
from organisaties.models import Organization

# Whom, to which recipient, for which question and occasion.
Asked = tuple[UUID, str, UUID, UUID | None]


@dataclass(frozen=True)
class Yes:
    """How someone said yes. `signature` is the name of who signs or answers; said aloud, it is that of the witness."""

    mode: str
    signature: str = ""
    language: str = texts.DUTCH
    given_by: str = GivenBy.CLIENT
    # Of a representative: what the mandate covers, and its last day when it names one.
    mandate: str = ""
    mandate_until: date | None = None
    strokes: str = ""
    scan: sealed_files.Checked | None = None
    witness: User | None = None
    read_aloud: bool = False
    request: ConsentRequest | None = None
    # When a paper that is typed in later was signed.
    signed_at: datetime | None = None
    # Two things that only a worker can weigh: each piece is needed for the help, and it is in this person's interest.
    needed: bool = False
    interest: bool = False
    # Both sides help this person with this question: who asks for the yes knows that.
    same_question: bool = False
    # The mark of each piece as it stood on the screen that was read.
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Give the name that stands under the yes."""
        if self.mode == Mode.CODE and self.request:
            return self.request.signature
        return self.signature.strip() or (self.witness.get_full_name() if self.witness else "")

    @property
    def informed(self) -> bool:
        """Tell whether the person heard what is shared and said yes; what a representative said does not show that."""
        return bool(self.name) and self.given_by == GivenBy.CLIENT

    @property
    def seen(self) -> Mapping[str, str]:
        """Give the marks of what was read, on the own device or on our screen; none when nothing was kept of it."""
        return self.request.seen if self.request else self.marks

    @property
    def given_at(self) -> datetime:
        """Give the moment: now, or when the client answered on the own device or signed the paper."""
        answered = self.request.answered_at if self.request else self.signed_at
        return answered or timezone.now()


@transaction.atomic
def give_consent(
    card: ClientCard, *, by: User, items: Iterable[str], recipient: Organization, purpose: UUID, yes: Yes,
    occasion: UUID | None = None,
) -> list[Consent]:  # fmt: skip
    """Write down the yes to the question and to each item, for one `occasion`. An open yes to the same is replaced.

    Raises NotAllowed, or Refusal when this way of giving it lacks what it needs.
    """
    may(by, "consent", card).require()
    wanted = sorted({Item.QUESTION.value, *items})
    refuse_too_much(recipient, wanted)
    refuse_unfounded(yes, by=by, card=card, asked=(card.pk, recipient.pk, purpose, occasion), items=wanted)
    earlier = Consent.objects.select_for_update().for_purpose(purpose, recipient).filter(client=card, item__in=wanted)
    earlier.filter(withdrawn_at=None).update(withdrawn_at=timezone.now(), withdrawn_by=WithdrawnBy.REPLACED)
    proof = _proof(card, by=by, items=wanted, recipient=recipient, purpose=purpose, yes=yes)
    ground = _ground(card, by=by, recipient=recipient, purpose=purpose, yes=yes)
    given = [_row(card, item, yes=yes, proof=proof, basis=ground.basis) for item in wanted]
    audit.record(
        "consent.given", subject=card, by=by, organization=card.organization, items=wanted, recipient=str(recipient.pk),
        purpose=str(purpose), mode=yes.mode, text=f"{proof.text_version}/{proof.text_language}", basis=ground.basis,
    )  # fmt: skip
    return given


def replace_rest(
    card: ClientCard, *, recipient: Organization, purpose: UUID, items: Iterable[str], needed: Collection[str]
) -> None:
    """Let a new yes stand alone: what was agreed before and is not asked now ends, unless something rests on it."""
    kept = {Item.QUESTION.value, *items, *needed}
    before = Consent.objects.for_purpose(purpose, recipient).filter(client=card, withdrawn_at=None)
    before.exclude(item__in=kept).update(withdrawn_at=timezone.now(), withdrawn_by=WithdrawnBy.REPLACED)


def _row(card: ClientCard, item: str, *, yes: Yes, proof: ConsentProof, basis: str) -> Consent:
    """Write the yes to one item."""
    return Consent.objects.create(
        client=card,
        item=item,
        recipient=proof.recipient,
        purpose=proof.purpose,
        mode=Mode(yes.mode),
        given_by=GivenBy(yes.given_by),
        signature=yes.name,
        text_version=proof.text_version,
        text_language=proof.text_language,
        legal_basis=basis,
        given_at=proof.given_at,
        valid_until=first_end(timezone.localdate(proof.given_at), proof.mandate_until),
        recorded_by=proof.recorded_by,
        proof=proof,
    )


def refuse_unfounded(yes: Yes, *, by: User, card: ClientCard, asked: Asked, items: Collection[str]) -> None:
    """Raise Refusal when this way of saying yes lacks what shows it."""
    if yes.mode not in WAYS:
        raise Refusal(_("Say how the yes was given."))
    if yes.mode == Mode.CODE:
        _refuse_other_answer(yes.request, asked=asked, items=items)
    _refuse_wrong_name(yes, by=by, card=card)
    _refuse_no_mandate(yes)
    if yes.mode == Mode.READ_BACK and not yes.read_aloud:
        raise Refusal(_("Read the whole text aloud first, and let this person repeat what is shared."))
    if yes.mode == Mode.PAPER and yes.scan is None:
        raise Refusal(_("Add a photo or a scan of the paper that was signed."))


def _refuse_wrong_name(yes: Yes, *, by: User, card: ClientCard) -> None:
    """Let the yes stand on the name of whoever signs or listened, and of nobody else."""
    if not yes.name:
        raise Refusal(_("Write the name of who signs, or of the witness."))
    if (yes.mode == Mode.ORAL and by in (yes.witness, None)) or _is_me(yes, by):
        raise Refusal(_("The witness is someone else than you. Ask a colleague to listen."))
    of_the_person = yes.witness is None and yes.name.casefold() in _names_of(card)
    if yes.mode == Mode.ORAL and of_the_person:
        raise Refusal(_("Write the name of who listened, not of who says yes."))
    if yes.given_by == GivenBy.REPRESENTATIVE and of_the_person:
        raise Refusal(_("Write the name of the representative, not of the person whom it is about."))


def _refuse_no_mandate(yes: Yes) -> None:
    """Let a representative speak only for what the mandate covers, while it runs (P-16)."""
    if yes.given_by != GivenBy.REPRESENTATIVE:
        return
    if not yes.mandate:
        raise Refusal(_("Say what the representative may decide."))
    if yes.mandate == Mandate.MONEY:
        raise Refusal(_("Who decides about money and goods alone may not say yes to this. Ask the person."))
    if yes.mandate_until and yes.mandate_until < timezone.localdate(yes.given_at):
        raise Refusal(_("This mandate is over. Ask the person, or who speaks for this person now."))


def _is_me(yes: Yes, by: User) -> bool:
    """Tell whether the worker stands as the own witness."""
    mine = {by.get_full_name().casefold(), by.first_name.casefold()} - {""}
    return yes.witness is None and yes.name.casefold() in mine


def _names_of(card: ClientCard) -> set[str]:
    """Give how this person may be called; nobody is a witness of their own yes."""
    first = card.first_name.strip().casefold()
    return {first, f"{first} {card.last_name.strip().casefold()}".strip()} - {""}


def _refuse_other_answer(request: ConsentRequest | None, *, asked: Asked, items: Collection[str]) -> None:
    """Let an answer by code hold for what was asked, once, and never for more than the client chose."""
    if request is None or request.answered_at is None or request.cancelled_at is not None:
        raise Refusal(_("There is no answer yet. Wait for it, or choose another way."))
    of_request = (request.client_id, request.recipient_id, request.purpose, request.occasion)
    if of_request != asked or ConsentProof.objects.filter(request=request).exists():
        raise Refusal(_("This answer belongs to another question. Ask again."))
    if not all(request.answers.get(item) for item in items):
        raise Refusal(_("This person said no to one of these pieces. Look at the answer again."))


def _proof(
    card: ClientCard, *, by: User, items: list[str], recipient: Organization, purpose: UUID, yes: Yes
) -> ConsentProof:
    asked = yes.request
    read = texts.wording(
        receiver=recipient.name,
        sender=card.organization.name,
        items=items,
        language=asked.language if asked else yes.language,
        version=asked.text_version if asked else TEXT_VERSION,
    )
    return ConsentProof.objects.create(
        client=card,
        recipient=recipient,
        purpose=purpose,
        mode=Mode(yes.mode),
        given_at=yes.given_at,
        text_version=read.version,
        text_language=read.language,
        text_digest=read.digest,
        strokes=strokes.cleaned(yes.strokes) if yes.mode == Mode.SCREEN else "",
        **_scan(yes),
        witness=yes.witness if yes.mode == Mode.ORAL else None,
        read_aloud=yes.read_aloud,
        request=yes.request if yes.mode == Mode.CODE else None,
        recorded_by=by,
        **_mandate(yes),
    )


def _mandate(yes: Yes) -> dict[str, Any]:
    """Give what the row remembers of a representative; nothing when the person spoke."""
    if yes.given_by != GivenBy.REPRESENTATIVE:
        return {}
    return {"mandate": Mandate(yes.mandate), "mandate_until": yes.mandate_until}


def _scan(yes: Yes) -> dict[str, Any]:
    """Keep the scan of a signed paper as a sealed file; give what the row remembers of it."""
    if yes.mode != Mode.PAPER or yes.scan is None:
        return {}
    return {
        "scan_name": yes.scan.name,
        "scan_type": yes.scan.kind.content_type,
        "scan_key": sealed_files.keep(yes.scan.content),
    }


def conditions_of(sender: Organization, recipient: Organization, *, yes: Yes) -> list[secrecy.Condition]:
    """Check the five conditions of shared secrecy for a yes that is being given, or that is still to be said."""
    return secrecy.conditions(
        regimes=[sender.secrecy_regime, recipient.secrecy_regime],
        same_question=yes.same_question,
        needed=yes.needed,
        interest=yes.interest,
        informed=yes.informed,
    )


def _ground(card: ClientCard, *, by: User, recipient: Organization, purpose: UUID, yes: Yes) -> SharingGround:
    found = conditions_of(card.organization, recipient, yes=yes)
    own = ProcessingGround.objects.filter(organization=card.organization).first()
    return SharingGround.objects.create(
        client=card,
        recipient=recipient,
        purpose=purpose,
        basis=secrecy.basis(found),
        processing=own.ground if own else Processing.PUBLIC_TASK,
        conditions={one.code: one.met for one in found},
        decided_by=by,
    )


def shorten_after_closing(
    card: ClientCard, *, purpose: UUID, recipient: Organization, closed_on: date, but: Collection[str] = ()
) -> None:
    """Let the yes end thirty days after the end of the question; `but` names the items that something else rests on."""
    open_ones = Consent.objects.for_purpose(purpose, recipient).filter(client=card, withdrawn_at=None)
    for consent in open_ones.exclude(item__in=but):
        consent.valid_until = end_after_closing(consent.valid_until, closed_on)
        consent.save(update_fields=["valid_until"])
