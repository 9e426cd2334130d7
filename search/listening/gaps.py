"""The report of what does not exist: which need a question is about, and one gap however often someone presses."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gebied.models import Municipality
from search.address import Address
from search.language.analyser import stems
from search.language.compounds import all_parts
from search.models import GapWords
from search.query import SearchPage
from search.records.documents import NEED_WORDS
from sociale_kaart.models import Gap, TaxonomyTerm
from sociale_kaart.models.gap import GapOrigin

# So long a form that was sent already counts for nothing more.
ONCE_SECONDS = 3600
OWN_WORD, EXAMPLE = 2, 1


@dataclass(frozen=True)
class Offer:
    """The report that a page of results offers. With need and place known it takes one press."""

    need: str
    place: str
    name: str = ""

    @property
    def ready(self) -> bool:
        """Tell whether nothing is left to ask."""
        return bool(self.name and self.place)

    @property
    def url(self) -> str:
        """Give the form, filled in as far as we know."""
        known = {name: value for name, value in {"thema": self.need, "waar": self.place}.items() if value}
        return f"{reverse('zoeken:gap')}{'?' if known else ''}{urlencode(known)}"

    @property
    def once(self) -> str:
        """Give what tells two presses from two reports."""
        return new_once()


def offer(asked: Address, page: SearchPage, *, nothing: bool) -> Offer:
    """Say what a report from this page would be about; looks further only when nothing was found."""
    place = page.understood.place.rsplit(" (", maxsplit=1)[-1].rstrip(")")
    chosen = next(iter(asked.filters.get("category", ())), "")
    if not nothing:
        return Offer(chosen, place)
    needs = list(TaxonomyTerm.objects.needs())
    code = chosen or likely_need(asked.text, needs)
    return Offer(code, place, next((need.name for need in needs if need.code == code), ""))


def likely_need(text: str, needs: Iterable[TaxonomyTerm]) -> str:
    """Give the code of the need that most of the words point to; nothing when two point equally far."""
    asked = _roots(text)
    points: Counter[str] = Counter()
    for need in needs:
        own = _roots(f"{NEED_WORDS.get(need.code, '')} {need.name}")
        points[need.code] = OWN_WORD * len(asked & own) + EXAMPLE * len(asked & (_roots(need.description) - own))
    (best, most), (_next, second) = [*points.most_common(2), ("", 0), ("", 0)][:2]
    return best if most > second else ""


def _roots(text: str) -> set[str]:
    """Give the stems of the words of a text and of their parts."""
    return {root for stem in stems(text) for root in (stem, *all_parts(stem))}


def new_once() -> str:
    """Make the sign of one form; it says nothing about who has it."""
    return secrets.token_urlsafe(12)


def report(need: TaxonomyTerm, municipality: Municipality, *, words: str = "", once: str = "") -> bool:
    """Write a gap down, with nothing about who reports it; False when this form was sent before."""
    if once and not cache.add(f"gap:{hashlib.sha256(once.encode()).hexdigest()[:32]}", 1, timeout=ONCE_SECONDS):
        return False
    today = timezone.localdate()
    with transaction.atomic():
        Gap.objects.create(day=today, origin=GapOrigin.SEARCH, need=need, municipality=municipality)
        if words:
            # A number that rises would tell which report, with its place and day, the words came with.
            GapWords.objects.create(pk=secrets.randbits(62), need=need, month=today.replace(day=1), words=words)
    return True
