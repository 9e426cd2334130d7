"""The packet: what goes into it, frozen and sealed, and how a receiver reads it."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clienten.models import Item
from core.encryption import open_sealed, seal
from core.errors import Unreadable
from core.keys import new_key
from doorverwijzing.models import Packet, Referral
from rechtenverkenning.models import Right
from vraagverheldering.models import ClarifiedQuestion


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
    goal: str = ""
    name: str = ""
    pieces: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __getitem__(self, item: str) -> dict[str, Any]:
        """Let a template ask for a piece: `reading.contact.phone`."""
        return self.pieces[item]


def _contact(question: ClarifiedQuestion) -> dict[str, Any]:
    card = question.client
    return {
        "first_name": card.first_name,
        "phone": card.phone,
        "note": card.contact_note,
        "no_voicemail": card.no_voicemail,
        "sms_allowed": card.sms_allowed,
    }


def _likely_rights(question: ClarifiedQuestion) -> str:
    """Name the rights that the last kept check found likely."""
    kept = question.conversation.rights_results.first()
    if kept is None:
        return ""
    likely = [code for code, outcome in json.loads(kept.outcomes).items() if outcome == "likely"]
    return ", ".join(Right.objects.filter(code__in=likely).order_by("code").values_list("name", flat=True))


def contents(question: ClarifiedQuestion) -> dict[str, dict[str, Any]]:
    """Gather every piece that exists for a question. An empty piece is not offered."""
    card = question.client
    said_on = question.created_at.date().isoformat()
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
        Item.TRIED: {"text": question.tried},
    }
    return {item: piece for item, piece in pieces.items() if piece.get("text") or piece.get("first_name")}


def offered(question: ClarifiedQuestion) -> list[Piece]:
    """List what can be shared, with the words themselves, in the order of the screen."""
    made = []
    for item, piece in contents(question).items():
        if item == Item.CONTACT:
            text = ", ".join(part for part in (piece["first_name"], question.client.reachable()) if part)
        else:
            text = piece["text"]
        made.append(Piece(item=item, label=capfirst(str(Item(item).label)), text=text))
    return made


def compose(question: ClarifiedQuestion, items: list[str]) -> dict[str, Any]:
    """Put together exactly the chosen items; used by the preview and by the packet alike."""
    pieces = {item: piece for item, piece in contents(question).items() if item in items}
    name = question.client.first_name if Item.CONTACT in pieces else ""
    return {"title": question.title(name), "name": name, "goal": question.goal, "pieces": pieces}


def reading_of(content: dict[str, Any]) -> Reading:
    """Give composed content the form that the template of the receiver reads."""
    return Reading(title=content["title"], goal=content["goal"], name=content["name"], pieces=content["pieces"])


def _context(referral: Referral) -> str:
    return f"doorverwijzing.packet.{referral.pk}"


def freeze(referral: Referral, items: list[str]) -> Packet:
    """Write the packet of a referral under a key of its own."""
    key = new_key()
    content = json.dumps(compose(referral.question, items), ensure_ascii=False)
    packet, _new = Packet.objects.update_or_create(
        referral=referral,
        defaults={
            "content": seal(content, context=_context(referral), key=key),
            "key": key,
            "items": sorted(items),
            "destroyed_at": None,
        },
    )
    return packet


def is_open(referral: Referral) -> bool:
    """Tell whether the receiver can still read something."""
    packet: Packet | None = getattr(referral, "packet", None)
    return bool(packet and packet.key)


def read(referral: Referral) -> Reading | None:
    """Open the packet; None when there is none or its key was destroyed."""
    if not is_open(referral):
        return None
    packet = referral.packet
    try:
        content = json.loads(open_sealed(packet.content, context=_context(referral), keys=[packet.key]))
    except Unreadable:
        return None
    return reading_of(content)


def redact(referral: Referral, items: list[str]) -> None:
    """Take items out: the rest is sealed again under a new key, and the old key is gone."""
    reading = read(referral)
    if reading is None:
        return
    pieces = {item: piece for item, piece in reading.pieces.items() if item not in items}
    name = reading.name if Item.CONTACT in pieces else ""
    title = referral.question.title(name)
    content = {"title": title, "name": name, "goal": reading.goal, "pieces": pieces}
    key = new_key()
    packet = referral.packet
    packet.content = seal(json.dumps(content, ensure_ascii=False), context=_context(referral), key=key)
    packet.key, packet.items = key, sorted(pieces)
    packet.save(update_fields=["content", "key", "items"])


def destroy(referral: Referral) -> None:
    """Destroy the key: from now on nobody can read the packet, whoever holds a copy of the row."""
    Packet.objects.filter(referral=referral).update(key="", content="", destroyed_at=timezone.now())


def subject_for_receiver(referral: Referral) -> str:
    """Say in one line what came in; neutral once the packet is closed."""
    reading = read(referral)
    if reading:
        return reading.title
    return _("Question from %(organization)s") % {"organization": referral.sender}
