"""Answers to questions of another region that nobody gave out yet: over there it looks as if nobody answered."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import ngettext

from core.jobs import JobFailedError
from core.models import AuditEvent
from doorverwijzing.models import Referral, Step
from doorverwijzing.workflow import Side

# After that an operator and the monitor hear of it: the clock there runs on.
PATIENCE = timedelta(days=1)
# What happened longer ago is no news there any more.
RECENT = timedelta(days=60)
# When the two regions knew the same.
EXCHANGED = ("referral.fhir_taken", "referral.fhir_given_out")


class Answer(NamedTuple):
    """A question from elsewhere that moved here, and when it last did."""

    referral: UUID
    since: datetime


def waiting(now: datetime | None = None) -> list[Answer]:
    """Give each answer that did not leave yet, the one that waits longest first. That it was opened is no answer."""
    ours = Step.objects.filter(
        referral__origin__isnull=False, side__in=[Side.RECEIVER, Side.SYSTEM],
        at__gt=(now or timezone.now()) - RECENT,
    ).exclude(move="open")  # fmt: skip
    moved = dict(ours.order_by().values_list("referral").annotate(Max("at")))
    exchanged = AuditEvent.objects.filter(
        action__in=EXCHANGED, subject_type=Referral._meta.label_lower, subject_id__in=map(str, moved)
    )
    known = dict(exchanged.order_by().values_list("subject_id").annotate(Max("at")))
    found = [Answer(pk, at) for pk, at in moved.items() if str(pk) not in known or known[str(pk)] < at]
    return sorted(found, key=lambda answer: (answer.since, answer.referral))


def look() -> Mapping[str, int]:
    """Count them. Raises JobFailedError when one waits too long."""
    found, now = waiting(), timezone.now()
    late = sum(answer.since < now - PATIENCE for answer in found)
    if late:
        told = ngettext(
            "%(count)s answer for another region waits since yesterday or longer: fhir_export.",
            "%(count)s answers for another region wait since yesterday or longer: fhir_export.",
            late,
        )
        raise JobFailedError(told % {"count": late})
    return {"answers": len(found)}
