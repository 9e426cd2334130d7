"""Looks once a day what is new for a saved search, and tells it in one mail. Safe to repeat, and after a crash."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bewaarde_zoekvragen.models import NewsWish, SavedSearch
from core import outbox
from core.workdays import is_workday
from search.address import Address
from search.engines.base import EngineDownError
from search.find import search as find
from search.query import LARGEST_PAGE
from sociale_kaart.models import Service

log = logging.getLogger(__name__)
FROM, UNTIL = time(8), time(17)
# What more services fit than this narrows nothing: there "new" would be a list of the whole catalogue.
MOST_FOLLOWED = 300
# So many new ones of one search are named; the others are counted, also after an import of hundreds.
NAMED = 3

News = list[tuple[SavedSearch, list[str]]]


def fitting(asked: Address) -> frozenset[str] | None:
    """Give the ids of what fits entirely; None when it cannot be followed. Raises EngineDownError."""
    query = replace(asked.query(), page=1, size=LARGEST_PAGE, sort="name", facets=())
    page = find(query)
    if any(chip.kind == "when" for chip in page.understood.chips):
        return None
    if page.level:
        return frozenset()
    if page.total > MOST_FOLLOWED:
        return None
    deeper = (find(replace(query, page=number)) for number in range(2, page.pages + 1))
    return frozenset(hit.key for one in (page, *deeper) for hit in one.hits)


def run(now: datetime | None = None) -> dict[str, int]:
    """Look for everyone who wants it, on a working day, in working hours, once a day each."""
    now = timezone.localtime(now or timezone.now())
    mails = 0
    if not is_workday(now.date()) or not FROM <= now.time() < UNTIL:
        return {"mails": mails}
    waiting = _not_looked(now.date()).filter(person__is_active=True).order_by("pk").values_list("pk", flat=True)
    try:
        for person in list(waiting):
            mails += _look_for(person, now.date())
    except EngineDownError as away:
        # Nobody was marked: the next run looks again.
        log.warning("saved_searches.away %s", away)
    return {"mails": mails}


def _not_looked(today: date) -> QuerySet[NewsWish]:
    return NewsWish.objects.filter(Q(looked_on=None) | Q(looked_on__lt=today))


def _look_for(person: int, today: date) -> int:
    """Look for one person; the mark, what is known from now on and the mail are one transaction."""
    looked = [(saved, fitting(saved.asked)) for saved in SavedSearch.objects.filter(person=person)]
    with transaction.atomic():
        if not _not_looked(today).filter(pk=person).update(looked_on=today):
            return 0
        news = [(saved, new) for saved, fits in looked if (new := _note(saved, fits))]
        if news:
            _mail(news)
    return bool(news)


def _note(saved: SavedSearch, fits: frozenset[str] | None) -> list[str]:
    """Write down what fits now and give the ids of what never did before; the first time everything is known."""
    before = None if saved.known is None else frozenset(saved.known)
    if fits is None:
        changes: dict[str, object] = {"followed": False, "known": None}
    else:
        # What is away for a while, as during a repair of the index, is not new when it is back.
        there = Service.objects.filter(pk__in=fits | (before or frozenset())).values_list("pk", flat=True)
        changes = {"followed": True, "known": sorted(map(str, there))}
    SavedSearch.objects.filter(pk=saved.pk).update(**changes)
    return [] if fits is None or before is None else sorted(fits - before)


def _mail(news: News) -> None:
    """Name the saved searches and the public services; the words of a saved search hold nobody."""
    count = len({key for _saved, keys in news for key in keys})
    subject = ngettext(
        "%(count)s new service fits what you saved", "%(count)s new services fit what you saved", count
    ) % {"count": count}
    body = _("%(news)s\n\nYou asked for this mail. In your account you turn it off.\n") % {
        "news": "\n\n".join(_lines(saved, keys) for saved, keys in news)
    }
    outbox.post(to=news[0][0].person.email, subject=subject, body=body)


def _lines(saved: SavedSearch, keys: Iterable[str]) -> str:
    names = list(Service.objects.filter(pk__in=keys).order_by("name", "pk").values_list("name", flat=True))
    more = len(names) - NAMED
    lines = [saved.title, *(f"- {name}" for name in names[:NAMED])]
    if more > 0:
        lines.append("- " + ngettext("and %(count)s other", "and %(count)s others", more) % {"count": more})
    return "\n".join([*lines, settings.SITE_URL + saved.get_absolute_url()])
