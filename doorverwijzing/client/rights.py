"""What referrals add to a person's file: words, the opened packet, and what receivers hear of changes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clienten.models import FEEDBACK, ClientCard, Consent, Correction, Item, Withdrawal
from clienten.rights_of_subject import rooms
from core.models import User
from doorverwijzing import feedback, gone, models, notifications, packet
from doorverwijzing.actions import shared_items
from doorverwijzing.live import ending
from doorverwijzing.models import Message, Packet, Referral
from doorverwijzing.models.referral import STATUS_CHOICES
from doorverwijzing.moving import note
from doorverwijzing.ways import copies, family
from doorverwijzing.words import YOUR_ITEMS
from doorverwijzing.workflow import AT_RECEIVER, ENDED, Status

TITLES: dict[type[Model], str | Promise] = {
    models.Referral: _("Your questions to other organizations"),
    models.Packet: _("What the receiver could read"),
    models.Step: _("Every step of your questions"),
    models.Decline: _("When an organization said no"),
    models.Attempt: _("When they tried to reach you"),
    models.ClientAnswer: _("What you said: did someone speak with you?"),
    models.Message: _("Messages between the organizations"),
    models.ClientMessage: _("Messages between you and your contact"),
    models.ReceiptCode: _("The code on your sheet"),
    models.Origin: _("Where a question from elsewhere came from"),
    models.KeptAside: _("What came along from elsewhere and was not read"),
    models.Handover: _("Conversations with the three of you"),
    models.Slot: _("Moments that were proposed"),
    models.Overview: _("Who keeps the overview"),
    models.PieceUse: _("Which pieces were used"),
    models.GuestLink: _("The door of a receiver without an account"),
    models.Attachment: _("Files with messages"),
    models.Mention: _("Colleagues who were named in a message"),
    models.WaitingNotice: _("News that waits for a colleague"),
    models.BridgingPartner: _("Who keeps contact until other help starts"),
    models.CoSignature: _("Who stands beside your question"),
    models.Consultation: _("With whom was spoken before sending"),
    models.PaperForm: _("A form on paper that was typed in later"),
    models.Transfer: _("A change of OCMW"),
}
ALSO: dict[type[Model], dict[str, str | Promise]] = {
    models.Referral: {
        "service": _("Service"),
        "receiver": _("For whom"),
        "status": _("How it stands"),
        "sent_at": _("Sent on"),
    },
    models.Packet: {"content": _("What the receiver could read")},
    models.Step: {"to_status": _("How it stood then"), "organization": _("Organization"), "at": _("When")},
    models.Decline: {"code": _("Why"), "alternative": _("Service that was proposed")},
    models.Attempt: {"at": _("When"), "channel": _("How"), "reached": _("Spoken with you")},
    models.ClientAnswer: {"answer": _("Did someone speak with you?")},
    models.Message: {"organization": _("From")},
    models.ReceiptCode: {"expires_at": _("Works until")},
}


def register() -> None:
    """Add this room to a person's file; called once, when the models are there."""
    rooms.TITLES.update(TITLES)
    rooms.ALSO.update(ALSO)
    rooms.OPENERS[Packet] = {"content": opened}
    rooms.OPENERS[models.Attempt] = {"note": kept_there, "appointment": appointment}
    rooms.OPENERS[Referral] = {"result": lambda referral: referral.result if feedback.tells_result(referral) else ""}
    rooms.OPENERS[models.Step] = {"reason": reason}
    rooms.READERS[Packet] = {"content": in_words}
    rooms.READERS[models.Step] = {"to_status": lambda step: how_it_stood(step.to_status)}
    rooms.READERS[models.Referral] = {"status": lambda referral: how_it_stood(referral.status)}
    # What a receiver refers on is between that receiver and the person, and stands in the file of that receiver.
    rooms.ELSEWHERE.update({(Referral, "parent"), (Consent, "withdrawal")})
    rooms.OPENERS[Withdrawal] = {"effect": lambda row: [line for line in row.effect if not line.get("child")]}
    rooms.BEFORE_ERASING.append(close_for_receivers)
    rooms.BUSY.append(busy)
    rooms.TOLD_OF_CORRECTION.append(tell_receivers)


def opened(row: Packet) -> dict[str, Any]:
    """Open a packet for the person whom it is about; empty when its key was destroyed."""
    reading = packet.read(row.referral)
    if reading is None:
        return {}
    return {"title": reading.title, "goal": reading.goal, "name": reading.name, "pieces": reading.pieces}


def in_words(row: Packet) -> dict[str, str]:
    """Say a packet to the person whom it is about, piece by piece; empty when nobody can read it."""
    reading = packet.read(row.referral)
    told = packet.words_of(reading) if reading else {}
    names = {str(item): str(name) for item, name in YOUR_ITEMS.items()} | {Item.QUESTION.value: _now("your question")}
    return {item: f"{capfirst(names[item])}: {text}" for item, text in told.items() if item not in FEEDBACK}


def kept_there(row: models.Attempt) -> str:
    """Say where the receiver's own note is: the sender never reads it, so its file of this person does not hold it."""
    if not row.note:
        return ""
    return _now("%(receiver)s wrote this down for itself. Ask it there.") % {"receiver": row.referral.receiver}


def appointment(row: models.Attempt) -> str:
    """Give the appointment as far as the sender may know it."""
    if not row.appointment or feedback.may_tell(row.referral, Item.FEEDBACK_WORDS):
        return row.appointment
    return _now("%(receiver)s knows this. Ask it there.") % {"receiver": row.referral.receiver}


def reason(row: models.Step) -> str:
    """Give why a step was taken; how it ended only when that was agreed to be told."""
    return row.reason if row.move != "close" or feedback.tells_result(row.referral) else ""


def how_it_stood(status: str) -> str:
    """Name a state to the person, who is nobody's client in our words to them."""
    return _now("with you") if status == Status.PRESENTED else str(STATUS_CHOICES[status])


def close_for_receivers(card: ClientCard, by: User | str) -> None:
    """Destroy the key of every packet of this person, empty what was copied from it, and tell who still had one."""
    for first in Referral.objects.filter(client=card).select_related("receiver", "sender"):
        for referral in (first, *family.descendants(first)):
            had_it = referral.state in AT_RECEIVER
            gone.mark(referral, by=by)
            ending.end(referral)
            packet.destroy(referral)
            copies.forget(referral)
            note("referral.erased", referral, by=by, organization=referral.sender)
            if had_it:
                notifications.question_erased(referral)


def busy(since: datetime) -> Iterable[UUID]:
    """Name the cards with a question that is still open, or with which something happened since."""
    still_open = ~Q(status__in=[status.value for status in ENDED]) & Q(settled_at=None)
    lately = Q(status_at__gte=since) | Q(settled_at__gte=since)
    yield from Referral.objects.filter(still_open | lately).values_list("client", flat=True)
    for related in ("messages", "client_messages", "answers", "attempts"):
        talked = Referral.objects.filter(**{f"{related}__created_at__gte": since})
        yield from talked.values_list("client", flat=True)


def tell_receivers(correction: Correction, by: User) -> int:
    """Write the correction in the thread of each receiver who may read that piece today; give how many."""
    told = 0
    for referral in Referral.objects.filter(client=correction.card, status__in=AT_RECEIVER).for_list():
        if correction.item in shared_items(referral):
            text = _now("Correction about %(item)s, asked by the person: %(text)s") % {
                "item": Item(correction.item).label,
                "text": correction.text,
            }
            message = Message.objects.create(
                referral=referral, author=by, organization=referral.sender, text=text, item=correction.item
            )
            note("referral.corrected", referral, by=by, organization=referral.sender, item=correction.item)
            notifications.message_arrived(message)
            told += 1
    return told
