"""What search does at night: forget the old, hide the order of the new, weigh what was opened, follow the calendar."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.jobs import JobFailedError
from search.engines.base import EngineDownError
from search.fresh import consistency, rolling, sync
from search.models import Asked, Check, GapWords, Opened
from search.models.listening import KEPT, WORDS_KEPT
from search.records import popularity

# How many days back a night that was missed is made up for.
MISSED = 7


def run() -> dict[str, int]:
    """Do the work of the night and tell what was done. Safe to repeat."""
    today = timezone.localdate()
    return {
        "forgotten": forget(today),
        "laid anew": lay_anew(today),
        "lifted or lowered": weigh(today),
        "moved with the calendar": rolling.roll(today),
    }


def run_and_check() -> dict[str, int]:
    """Do the work of the night and mend the indexes. Raises JobFailedError when one still differs or is away."""
    done = run()
    try:
        reports = consistency.check(repair=True)
    except EngineDownError as away:
        raise JobFailedError(_("Not checked: %(reason)s.") % {"reason": away.told}) from away
    if not all(report.is_clean for report in reports):
        raise JobFailedError(_("An index differed from the catalogue and was mended; run search_check."))
    return done


def forget(today: date) -> int:
    """Remove counts of longer than 180 days ago, and words of reports of longer than a year ago."""
    asked, _models = Asked.objects.forgotten(today).delete()
    opened, _models = Opened.objects.filter(day__lt=today - KEPT).delete()
    words, _models = GapWords.objects.filter(month__lt=today - WORDS_KEPT).delete()
    Check.objects.forgotten().delete()
    sync.prune()
    return asked + opened + words


def lay_anew(today: date) -> int:
    """Write the days that are over once more, in the order of their words.

    A row says no moment, but the place where a database puts it tells which came first; after this it does not.
    """
    days = (today - timedelta(days=MISSED), today - timedelta(days=1))
    with transaction.atomic():
        rows = list(Asked.objects.filter(day__range=days).order_by("text", "id"))
        Asked.objects.filter(day__range=days).delete()
        Asked.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def weigh(today: date) -> int:
    """Let what people opened lift a service, and have the index read those that changed."""
    changed = popularity.renew(today)
    sync.note(changed)
    return len(changed)
