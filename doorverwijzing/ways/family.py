"""Referrals that belong together: several services for one question, and what a receiver refers on inside.

A receiver who refers on becomes the sender of a child, with a copied question of its own (see `copies`). So the child
asks its own yes on the ordinary road.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.errors import Refusal
from core.models import User
from doorverwijzing import actions
from doorverwijzing.models import Referral
from doorverwijzing.ways.copies import REFERS_ON, parent_of
from doorverwijzing.words import Word, badge
from doorverwijzing.workflow import Side
from sociale_kaart.models import Service
from vraagverheldering.models import ClarifiedQuestion


@dataclass(frozen=True)
class Way:
    """One line of the overview: to whom, how it stands, and what its receiver refers on inside."""

    referral: Referral
    badge: Word
    inside: int = 0


def may_refer_on(user: User, referral: Referral) -> bool:
    """Tell whether this person, on the receiving side, can refer on inside now."""
    return referral.state in REFERS_ON and referral.receiver.is_cared_for_by(user)


def refer_on(question: ClarifiedQuestion, service: Service, *, by: User) -> Referral:
    """Begin the child with its own consent to come. Raises NotAllowed or Refusal."""
    parent = parent_of(question)
    if parent is None or parent.state not in REFERS_ON:
        raise Refusal(_("This question went on. You cannot refer it from here any more."))
    if service.organization_id == parent.sender_id:
        raise Refusal(_("This question came from %(sender)s. Send it back instead.") % {"sender": parent.sender})
    child = actions.prepare(question, service, by=by)
    if child.parent_id is None:
        Referral.objects.filter(pk=child.pk).update(parent=parent)
        child.parent = parent
    return child


def descendants(referral: Referral) -> Iterator[Referral]:
    """Walk what was referred on from here, and from there, and so on."""
    for child in referral.children.select_related("sender", "receiver", "service", "client", "question"):
        yield child
        yield from descendants(child)


def ways_of(question: ClarifiedQuestion) -> list[Way]:
    """List every referral of one question for its sender: how each stands, and how many its receiver refers on.

    Where a receiver refers on to is between that receiver and the person.
    """
    listed = question.referrals.not_dropped().for_list().prefetch_related("children")
    return [_way(referral) for referral in listed.order_by("created_at")]


def _way(referral: Referral) -> Way:
    inside = sum(child.sent_at is not None for child in referral.children.all())
    word = badge(referral.state, Side.SENDER, settled=bool(referral.settled_at))
    return Way(referral, word, inside)


def children_of(referral: Referral) -> list[Way]:
    """List what we, as its receiver, refer on inside."""
    listed = referral.children.not_dropped().for_list().prefetch_related("children")
    return [_way(child) for child in listed.order_by("created_at")]


def all_for_client(referral: Referral) -> list[Referral]:
    """List all ways of the question of one person, with what was referred on; the client sees each of them."""
    top = referral
    while top.parent is not None:
        top = top.parent
    found = []
    for sibling in Referral.objects.for_list().filter(question=top.question_id).away():
        found += [sibling, *(child for child in descendants(sibling) if child.sent_at is not None)]
    return found
