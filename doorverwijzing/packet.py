"""The packet: what goes into it, frozen and sealed, and how a receiver reads it."""

import itertools
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clienten import limits, safe_contact
from clienten.models import FEEDBACK, Consent, Item
from core import keystore
from core.doomed_keys import doom
from core.encryption import open_sealed, seal
from core.errors import Refusal, Unreadable
from doorverwijzing import attachments
from doorverwijzing.models import Packet, Referral
from organisaties.models import Organization
from rechtenverkenning.models import Right
from vraagverheldering.models import ClarifiedQuestion, sentence

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Piece:
    """One thing that can be shared: its code, its label and the words themselves."""

    item: str
    label: str
    text: str


@dataclass(frozen=True)
class Reading:
    """What a receiver sees. Anything not shared is simply not there."""

    title: str
    # As it was when it was sent; the page shows the title. Packets of before and of elsewhere have no more than that.
    wish: str = field(default="", compare=False)
    goal: str = ""
    name: str = ""
    pieces: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __getitem__(self, item: str) -> dict[str, Any]:
        """Let a template ask for a piece: `reading.contact.phone`."""
        return self.pieces[item]

    @property
    def count(self) -> int:
        """Count the pieces about the person; what may be told back is none."""
        return sum(item not in FEEDBACK for item in self.pieces)


def _contact(question: ClarifiedQuestion) -> dict[str, Any]:
    """Give the first name with the whole safe-contact profile: who may call must know how."""
    card = question.client
    return {"first_name": card.first_name, **safe_contact.kept(safe_contact.of_card(card))}


def _likely_rights(question: ClarifiedQuestion) -> str:
    """Name the rights that the last kept check found likely."""
    kept = question.conversation.rights_results.first()
    if kept is None:
        return ""
    likely = [code for code, outcome in json.loads(kept.outcomes).items() if outcome == "likely"]
    return ", ".join(Right.objects.filter(code__in=likely).order_by("code").values_list("name", flat=True))


def _tried(question: ClarifiedQuestion) -> dict[str, Any]:
    """Give what was tried and what nobody should ask again; one of them is enough."""
    if not question.not_again:
        return {"text": question.tried}
    return {"text": question.tried or _("Nothing yet."), "not_again": question.not_again}


def contents(question: ClarifiedQuestion) -> dict[str, dict[str, Any]]:
    """Gather every piece that exists for a question. An empty piece is not offered."""
    card = question.client
    said_on = timezone.localtime(question.created_at).date().isoformat()
    pieces: dict[str, dict[str, Any]] = {
        Item.CONTACT: _contact(question),
        Item.OWN_WORDS: {"text": question.own_words, "said_on": said_on},
        Item.HOUSEHOLD: {
            "text": card.household,
            "municipality": card.municipality.name if card.municipality else "",
        },
        Item.INCOME: {"text": question.income},
        Item.DEBTS: {"text": question.debts},
        Item.RIGHTS: {"text": _likely_rights(question)},
        Item.TRIED: _tried(question),
        Item.FEEDBACK_OUTCOME: {"text": _("Solved, partly, not, or another way. Nothing more.")},
        Item.FEEDBACK_WORDS: {"text": _("Messages between the two colleagues, after they spoke with you.")},
    }
    return {item: piece for item, piece in pieces.items() if piece.get("text") or piece.get("first_name")}


def offered(question: ClarifiedQuestion, receiver: Organization | None = None) -> list[Piece]:
    """List what can be shared, with the words themselves, in the order of the screen; with a receiver, what it may."""
    made = []
    may_know = limits.allowed(receiver) if receiver else frozenset(Item.values)
    for item, piece in contents(question).items():
        if item not in may_know:
            continue
        if item == Item.CONTACT:
            text = ", ".join(part for part in (piece["first_name"], question.client.reachable()) if part)
        else:
            text = " ".join(part for part in (piece["text"], piece.get("not_again")) if part)
        made.append(Piece(item=item, label=capfirst(str(Item(item).label)), text=text))
    return made


def compose(question: ClarifiedQuestion, items: list[str]) -> dict[str, Any]:
    """Put together exactly the chosen items; used by the preview and by the packet alike."""
    pieces = {item: piece for item, piece in contents(question).items() if item in items}
    name = question.client.first_name if Item.CONTACT in pieces else ""
    return {
        "title": question.title(name), "wish": question.wish, "name": name, "goal": question.goal, "pieces": pieces,
    }  # fmt: skip


def reading_of(content: dict[str, Any]) -> Reading:
    """Give composed content the form that the template of the receiver reads."""
    wish = content.get("wish", "")
    return Reading(content["title"], wish=wish, goal=content["goal"], name=content["name"], pieces=content["pieces"])


def preview(referral: Referral, items: list[str]) -> Reading:
    """Give what this receiver would read, before anything is sent."""
    return reading_of(_within_limits(referral, compose(referral.question, items)))


def shown(referral: Referral, items: list[str]) -> Reading:
    """Give what this receiver reads, frozen when it was sent, or what it would read of these items now."""
    return read(referral) or preview(referral, items)


def words_of(reading: Reading) -> dict[str, str]:
    """Give the question and each piece in words, as whole as the receiver reads them."""
    told = {Item.QUESTION.value: _one_line(reading.wish or reading.title, reading.goal)}
    for item, piece in reading.pieces.items():
        if item == Item.CONTACT:
            reach = safe_contact.of_piece(piece)
            first = ", ".join(part for part in (piece.get("first_name", ""), reach.phone) if part)
            words = " ".join([_one_line(first, reach.note), *(rule.sentence for rule in safe_contact.rules(reach))])
        elif item == Item.HOUSEHOLD:
            words = ", ".join(part for part in (piece["text"], piece.get("municipality", "")) if part)
        else:
            words = " ".join(part for part in (piece["text"], piece.get("not_again", "")) if part)
        told[item] = words
    return told


def _one_line(*parts: str) -> str:
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _within_limits(referral: Referral, content: dict[str, Any]) -> dict[str, Any]:
    """Keep what this receiver may ever know, whoever composed it; volunteers do not get the goal either."""
    if not limits.is_limited(referral.receiver):
        return content
    may_know = limits.allowed(referral.receiver)
    pieces = {item: piece for item, piece in content["pieces"].items() if item in may_know}
    return {**content, "goal": "", "pieces": pieces}


def _context(referral: Referral) -> str:
    return f"doorverwijzing.packet.{referral.pk}"


def freeze(referral: Referral, items: list[str]) -> Packet:
    """Write the packet of a referral under a key of its own, which lies in the key store before the row names it."""
    return keep(referral, compose(referral.question, items), items)


def keep(referral: Referral, content: dict[str, Any], items: Iterable[str] | None = None) -> Packet:
    """Seal a content that was composed here or elsewhere, under a new key; the key that it had is destroyed."""
    before = _locked(referral)
    content = _within_limits(referral, content)
    may_know = limits.allowed(referral.receiver)
    key_id, key = _new_key(_("This cannot be kept safely at the moment. Try again later; nothing was sent."))
    packet, _new = Packet.objects.update_or_create(
        referral=referral,
        defaults={
            "content": _sealed(referral, content, key),
            "key_id": key_id,
            "items": sorted(set(content["pieces"] if items is None else items) & may_know),
            "ends": _ends(referral),
            "destroyed_at": None,
        },
    )
    doom(before.key_id if before else None)
    note_ends(referral)
    return packet


def _new_key(refused: str, key: str = "") -> tuple[UUID, str]:
    """Make a key; a key store that takes none refuses in a sentence, and `key` names it in the helper languages."""
    try:
        return keystore.make()
    except OSError as error:
        log.error("A key cannot be kept: %s", error.strerror)
        refusal = Refusal(refused)
        refusal.key = key
        raise refusal from error


def _sealed(referral: Referral, content: dict[str, Any], key: str) -> str:
    return seal(json.dumps(content, ensure_ascii=False), context=_context(referral), key=key)


def _locked(referral: Referral) -> Packet | None:
    """Give the packet as it is now, held until the transaction ends; the referral first, as every move does."""
    Referral.objects.select_for_update(of=("self",)).filter(pk=referral.pk).first()
    return Packet.objects.select_for_update(of=("self",)).filter(referral=referral).first()


def _ends(referral: Referral) -> dict[str, str]:
    """Give the last day of each item, as the yeses that stand say it."""
    said = Consent.objects.for_purpose(referral.question_id, referral.receiver)
    open_ones = said.filter(client=referral.client_id, withdrawn_at=None).values_list("item", "valid_until")
    return {item: day.isoformat() for item, day in open_ones}


def note_ends(referral: Referral) -> None:
    """Bring the last day of each item up to date after a yes was given, renewed or shortened."""
    same = Referral.objects.under_one_yes_with(referral)
    Packet.objects.filter(referral__in=same).update(ends=_ends(referral))


def resting_beside(referral: Referral) -> set[str]:
    """Name the pieces that another packet under the same yes still holds, the question with them."""
    others = Referral.objects.under_one_yes_with(referral).exclude(pk=referral.pk).filter(packet__key_id__isnull=False)
    held = list(others.values_list("packet__items", flat=True))
    return {Item.QUESTION.value, *itertools.chain(*held)} if held else set()


def is_open(referral: Referral) -> bool:
    """Tell whether the receiver can still read something: there is a key, and the yes to the question holds today."""
    packet: Packet | None = getattr(referral, "packet", None)
    return bool(packet and packet.is_open(timezone.localdate()))


def last_day(referral: Referral) -> date | None:
    """Give the last day on which the receiver can read the question; nothing when it cannot be read."""
    day = referral.packet.ends.get(Item.QUESTION) if is_open(referral) else None
    return date.fromisoformat(day) if day else None


def read(referral: Referral) -> Reading | None:
    """Open the packet; None when there is none, its key was destroyed or the yes has ended."""
    if not is_open(referral):
        return None
    content = _opened(referral, referral.packet)
    if content is None:
        return None
    over = [item for item in content["pieces"] if referral.packet.is_over(item, timezone.localdate())]
    return reading_of(_without(referral, content, over) if over else content)


def _without(referral: Referral, content: dict[str, Any], items: Iterable[str]) -> dict[str, Any]:
    """Give the content without some items; without the contact nobody is named."""
    pieces = {item: piece for item, piece in content["pieces"].items() if item not in items}
    name = content["name"] if Item.CONTACT in pieces else ""
    title = content["title"] if name == content["name"] else _unnamed(content, referral.question)
    return {**content, "title": title, "name": name, "pieces": pieces}


def _unnamed(content: dict[str, Any], question: ClarifiedQuestion) -> str:
    """Say the question without the name; one from elsewhere has no wish of its own, and keeps its other words."""
    wish = content.get("wish") or question.wish
    return sentence(wish) if wish else content["title"].replace(content["name"], _("Someone"))


def _opened(referral: Referral, packet: Packet) -> dict[str, Any] | None:
    """Open the content with the key from the store; None when that key is gone."""
    try:
        key = keystore.take(packet.key_id)
        content: dict[str, Any] = json.loads(open_sealed(packet.content, context=_context(referral), keys=[key]))
    except Unreadable:
        return None
    return _within_limits(referral, content)


def redact(referral: Referral, items: list[str]) -> None:
    """Take items out: the rest is sealed again under a new key, and the old key is destroyed. Raises Refusal."""
    packet = _locked(referral)
    attachments.destroy(referral, items=items)
    content = _opened(referral, packet) if packet and packet.key_id else None
    if packet is None or content is None:
        return
    rest = _without(referral, content, items)
    old = packet.key_id
    not_now = _("One piece cannot be taken back at the moment. Take back everything, or try again later.")
    packet.key_id, key = _new_key(not_now, "stop.not_now")
    packet.content, packet.items = _sealed(referral, rest, key), sorted(rest["pieces"])
    packet.ends = _ends(referral)
    packet.save(update_fields=["content", "key_id", "items", "ends"])
    doom(old)


def destroy(referral: Referral) -> None:
    """Empty the packet now and destroy its key right after the commit, in every backup: nobody reads it again."""
    packet = _locked(referral)
    attachments.destroy(referral)
    if packet is None:
        return
    doom(packet.key_id)
    Packet.objects.filter(pk=packet.pk).update(key_id=None, content="", destroyed_at=timezone.now())


def subject_for_receiver(referral: Referral) -> str:
    """Say in one line what came in; neutral once the packet is closed."""
    reading = read(referral)
    if reading:
        return reading.title
    return _("Question from %(organization)s") % {"organization": referral.sender}
