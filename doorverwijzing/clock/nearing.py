"""An hour before a clock runs out: one mail to who must act now, once for each deadline. Never too late."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import User
from core.moments import clock_time
from doorverwijzing import notifications
from doorverwijzing.clock import chain, pausing
from doorverwijzing.holders import NOWHERE
from doorverwijzing.models import NoticeWish, Referral, ReferralQuerySet
from doorverwijzing.workflow import Side
from organisaties.models import Absence, Membership

# Days end at the close of the office of whose turn it is (`deadlines.close_of`): then this is an hour before that.
WITHIN = timedelta(hours=1)


def tell(now: datetime, *, only: UUID | None = None) -> int:
    """Tell who must act of each clock that runs out within the hour; return how many. Safe to repeat.

    Only who chose it gets a mail. The mark and the mail are one transaction, so a crash repeats neither.
    """
    if not _near(now, only).exists():
        return 0
    # A closure may have been announced since: then the date is not near at all.
    pausing.pause(_near(now, only), now)
    with transaction.atomic():
        told: dict[str, list[Referral]] = defaultdict(list)
        near = _near(now, only).select_related("sender", "receiver", "sender_worker", "receiver_worker")
        for referral in list(near.select_for_update(of=("self",)).order_by("pk")):
            for person in _who_wants_it(referral):
                told[person.email].append(referral)
        for address, referrals in told.items():
            _mail(address, sorted(referrals, key=_due))
        heard = {referral.pk for referrals in told.values() for referral in referrals}
        return Referral.objects.filter(pk__in=heard).update(nearing_told=F("due_at"))


def _near(now: datetime, only: UUID | None) -> ReferralQuerySet:
    known = Referral.objects.filter(pk=only) if only else Referral.objects.all()
    return known.nearing(now, WITHIN)


def _who_wants_it(referral: Referral) -> Iterator[User]:
    """Give who has it in hand; what nobody took is everyone's who is there. Each only when they chose this mail."""
    organization = referral.sender if referral.turn is Side.SENDER else referral.receiver
    holder = chain.holder(referral).casefold()
    if holder.endswith(NOWHERE):
        return
    at_work = Membership.objects.caring().filter(organization=organization).values("user")
    away = Absence.objects.on(timezone.localdate()).filter(organization=organization).values("user")
    refused = Exists(NoticeWish.objects.filter(person=OuterRef("pk"), before_clock=False))
    team = list(User.objects.filter(pk__in=at_work).exclude(pk__in=away).annotate(wants=~refused).order_by("pk"))
    own = [person for person in team if person.email.casefold() == holder]
    yield from (person for person in own or team if person.wants)


def _due(referral: Referral) -> datetime:
    return referral.due_at or referral.status_at


def _mail(address: str, referrals: Sequence[Referral]) -> None:
    """Say at what time something runs out, and nothing of what it is."""
    count, first = len(referrals), referrals[0]
    time = clock_time(_due(first))
    if count == 1:
        subject, lead = _("A clock runs out at %(time)s"), _("At %(time)s something runs out that waits for you.")
        words = {"time": time}
        notifications.post(address, subject % words, lead % words, first.get_absolute_url(), first)
        return
    subject = ngettext(
        "%(count)s clock runs out, at %(time)s", "%(count)s clocks run out, the first at %(time)s", count
    ) % {"count": count, "time": time}
    times = ", ".join(dict.fromkeys(clock_time(_due(one)) for one in referrals))
    lead = _("This waits for you and runs out: at %(times)s.") % {"times": times}
    notifications.post(address, subject, lead, reverse("doorverwijzing:today"))
