"""What was done through the mailbox of a receiver without accounts: by which mailbox, half hidden, what and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core import audit
from core.models import AuditEvent
from doorverwijzing.actors import GUEST, described, masked
from doorverwijzing.models import GuestLink, Handover, Referral
from organisaties.models import Organization

# A guest acts on the referral, and on the conversation with three that belongs to it.
WORDS: dict[str, str | Promise] = {
    "guest.code_asked": _("a code was mailed"),
    "guest.link_asked": _("a new link was mailed"),
    "guest.entered": _("came in with the code"),
    "referral.read": _("read the question"),
    "referral.open": _("opened the question"),
    "referral.accept": _("accepted the question"),
    "referral.refuse": _("did not accept"),
    "referral.pass_on": _("proposed another service"),
    "referral.attempt": _("tried to reach the person"),
    "referral.confirm_contact": _("confirmed contact"),
    "referral.give_back": _("gave the question back"),
    "referral.start": _("said that the help runs"),
    "referral.runs_on": _("said that the help still runs"),
    "referral.close": _("closed the question"),
    "referral.message": _("wrote a message"),
    "referral.attached": _("sent a file"),
    "referral.pieces_used": _("said which pieces were used"),
    "referral.transfer_confirmed": _("confirmed the transfer"),
}


@dataclass(frozen=True)
class Done:
    """One thing that was done, so many times on that day; `at` is the last of them."""

    at: datetime
    what: str
    times: int
    mailbox: str


def in_words(action: str) -> str:
    """Say what a guest did; what has no words of its own is about speaking together, or a step of the work."""
    if action.startswith("handover."):
        return _now("arranged to speak together")
    return str(WORDS.get(action, _now("took a step in the work")))


def of(referral: Referral) -> list[Done]:
    """List what was done through the mailbox of the receiver, the newest first; nothing where it has accounts."""
    mailboxes = {f"{GUEST}{link.pk.hex}": masked(link.mailbox) for link in GuestLink.objects.filter(referral=referral)}
    if not mailboxes:
        return []
    about = Q(subject_type=referral._meta.label_lower, subject_id=str(referral.pk))
    for handover in Handover.objects.filter(referral=referral):
        about |= Q(subject_type=handover._meta.label_lower, subject_id=str(handover.pk))
    lines = AuditEvent.objects.filter(about, Q(actor__startswith=GUEST) | Q(action__startswith="guest."))
    told = [(line, in_words(line.action)) for line in lines.order_by("-sequence")]
    rows = []
    for (_day, what), same in groupby(told, lambda pair: (timezone.localdate(pair[0].at), pair[1])):
        found = [line for line, _what in same]
        rows.append(Done(found[0].at, what, len(found), mailboxes.get(found[0].actor, "")))
    return rows


class Outsiders:
    """Tells the read log of an organization what guests did with the questions that it sent."""

    def about(self, organization: Organization) -> Q:
        """Keep what guests did with what this organization sent."""
        sent = Referral.objects.filter(sender=organization, pk__in=GuestLink.objects.values("referral"))
        ids = [str(pk) for pk in sent.values_list("pk", flat=True)]
        return Q(actor__startswith=GUEST, subject_type=Referral._meta.label_lower, subject_id__in=ids)

    def names(self, actors: Iterable[str]) -> dict[str, str]:
        """Say of which receiver each guest was, and by which mailbox."""
        return described(actors)

    def said(self, action: str) -> str:
        """Say what was done, where it was more than looking."""
        return "" if action == "referral.read" else in_words(action)


def referral_moves(referral: Referral) -> dict[str, str]:
    """Give the mailbox, half hidden, behind each move that a guest made."""
    moves = audit.history(referral).filter(actor__startswith=GUEST).exclude(action="referral.read")
    made = list(moves.values_list("action", "actor"))
    names = described(actor for _action, actor in made)
    return {
        action.removeprefix("referral."): names[actor].rpartition(", ")[2] for action, actor in made if actor in names
    }
