"""What a colleague who leaves or is away has in hand here: open questions, at the side where this person works."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.models import User
from doorverwijzing import notifications, overview
from doorverwijzing.clock import reminders
from doorverwijzing.models import Referral, ReferralQuerySet
from doorverwijzing.moving import note
from doorverwijzing.workflow import AT_RECEIVER, ENDED
from organisaties import network
from organisaties.models import Organization


def _of(user: User, organization: Organization) -> ReferralQuerySet:
    mine = Q(sender=organization, sender_worker=user) | Q(receiver=organization, receiver_worker=user)
    return Referral.objects.filter(mine)


def _in_hand(user: User, organization: Organization) -> ReferralQuerySet:
    return _of(user, organization).filter(settled_at=None).exclude(status__in=ENDED)


def _still_read(user: User, organization: Organization) -> ReferralQuerySet:
    """Keep what ended, and of which the person still has a page: it names who to call, and takes an answer."""
    ended = Q(status__in=ENDED) | Q(settled_at__isnull=False)
    return _of(user, organization).filter(ended, sender=organization, receipt__expires_at__gt=timezone.now())


class Questions:
    """The questions of one colleague; see `organisaties.departures.Room`."""

    def count(self, user: User, organization: Organization) -> int:
        """Count the open questions of which this person is the contact."""
        return _in_hand(user, organization).count()

    @transaction.atomic
    def hand_over(self, user: User, organization: Organization, *, to: User | None, by: User | str) -> int:
        """Make someone else the contact; without anyone the receiver's mailbox keeps what was taken.

        What then stays with who left is told to the network at once: a sender without people, a receiver without even
        a mailbox.
        """
        # All are locked before the first audit line: whoever moves one meanwhile waits, and nobody waits for us.
        held = list(_in_hand(user, organization).select_for_update(of=("self",)).order_by("pk"))
        overview.depart(user, organization, by=by, to=to)
        moved = sum(_give(referral, user, organization, to=to, by=by) for referral in held)
        for referral in _still_read(user, organization).order_by("pk"):
            _give(referral, user, organization, to=to, by=by)
        if to is not None and moved and to != by:
            reminders.handed_over(to, moved)
        if to is None and not organization.has_care_workers():
            _tell_mailbox(organization)
            _tell_network(organization)
        return moved


def _tell_network(organization: Organization) -> None:
    """Tell the network at once what nobody here can go on with: what it sent, and what no mailbox keeps for it."""
    left = Q(sender=organization)
    if not organization.inbox:
        left |= Q(receiver=organization, status__in=AT_RECEIVER)
    if count := Referral.objects.unfinished().filter(left).count():
        for address in network.everywhere():
            reminders.without_owner(address, count)


def _tell_mailbox(organization: Organization) -> None:
    """Give the mailbox a link to each question that is there, once nobody who can log in is left to answer."""
    if not organization.inbox:
        return
    there = Referral.objects.filter(receiver=organization, status__in=AT_RECEIVER).select_related("sender", "receiver")
    for referral in there.order_by("pk"):
        notifications.mailbox_has_it(referral)


def _give(referral: Referral, user: User, organization: Organization, *, to: User | None, by: User | str) -> int:
    """Pass one question on; without anyone and without a mailbox it keeps its name: `owners` tells the network."""
    changes: dict[str, object] = {}
    if referral.sender_id == organization.pk and referral.sender_worker_id == user.pk and to is not None:
        changes["sender_worker"] = to
    taken_here = referral.receiver_id == organization.pk and referral.receiver_worker_id == user.pk
    if taken_here and (to is not None or organization.inbox):
        changes |= {"receiver_worker": to, "mailbox_keeps": to is None}
    if not changes:
        return 0
    Referral.objects.filter(pk=referral.pk).update(**changes)
    note("referral.handed_over", referral, by=by, organization=organization, to=str(to.pk) if to else "mailbox")
    return 1
