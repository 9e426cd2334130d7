"""Decides what of a question may be counted: its words when nobody is in them, never who, when or before what.

Nothing is followed. A plain page is counted when it is made. A page that came while someone typed is counted when it
stays on screen (it says so itself, once), and an opened result when the browser tells it along with the click. Both
carry back what the page was given, signed: the server remembers nobody in between.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from search.address import Address
from search.language.analyser import Word, words
from search.language.lexicon import lexicon
from search.listening import tally
from search.listening.discretion import MOST_UNKNOWN, NAMES, names_someone, sign_of_person
from search.listening.known_words import is_known
from search.listening.tally import Question
from search.models.listening import LONGEST_TEXT, Correction
from search.query import SearchPage
from search.understanding.places import places

SALT = "search.listening"
# A page that is left open longer says nothing any more.
LONGEST_OPEN = 12 * 3600


@dataclass(frozen=True)
class Heard:
    """A question that may be counted. `settles` = the page tells later that someone stayed with it."""

    question: Question
    again: bool
    total: int
    milliseconds: float
    settles: bool = False

    @cached_property
    def token(self) -> str:
        """Give what the page carries back, signed so that nobody can make one up."""
        _day, *subject = vars(self.question).values()
        return signing.dumps([subject, self.again, self.total, round(self.milliseconds)], salt=SALT, compress=True)

    @cached_property
    def ping(self) -> str:
        """Give where the browser tells that a result was opened; rank and service come behind it."""
        return f"{reverse('zoeken:opened')}?{urlencode({'wat': self.token})}"

    def count(self) -> None:
        """Count the question."""
        tally.note(tally.asked(self.question, again=self.again, total=self.total, milliseconds=self.milliseconds))

    def count_opened(self, rank: int, service_id: str) -> None:
        """Count that a result was opened."""
        tally.note(*tally.opened(self.question, rank, service_id))


def hear(request: HttpRequest, asked: Address, page: SearchPage) -> Heard | None:
    """Count the question of a page, or give what the page needs to have it counted; None when nothing may be kept."""
    if settings.SEARCH_LOG == "off" or not asked.text or page.understood.danger or asked.sort != "relevance":
        return None
    text, meant = _kept(asked.text, page)
    if not text:
        return None
    first = asked.page == 1 and not asked.on_map and not asked.chosen
    typing = bool(request.headers.get("HX-Request"))
    again = _asked_just_before(request, asked)
    heard = Heard(_question(asked, page, text, meant), again, page.total, page.took_ms, settles=first and typing)
    if first and not typing and not request.headers.get("Sec-Purpose"):
        heard.count()
    return heard


def read(token: str) -> Heard | None:
    """Read what a page carried back; None when it is not ours or too old."""
    try:
        subject, again, total, milliseconds = signing.loads(token, salt=SALT, max_age=LONGEST_OPEN)
    except signing.BadSignature:
        return None
    return Heard(Question(_today(), *subject), again, total, milliseconds)


def _today() -> date:
    return timezone.localdate()


def _question(asked: Address, page: SearchPage, text: str, meant: str) -> Question:
    """Say what is counted; the place no finer than its zone."""
    correction = Correction.REJECTED.value if asked.as_typed else ""
    if page.suggestion and page.suggestion.applied:
        correction = Correction.SHOWN.value
    return Question(
        day=_today(),
        text=text,
        zone=zone_of(page.understood.place),
        filters=",".join(sorted(asked.filters)),
        level=page.level,
        found=bool(page.total),
        correction=correction,
        meant=meant if page.suggestion else "",
    )


def _kept(typed: str, page: SearchPage) -> tuple[str, str]:
    """Give the words without the place, and what was meant by them; empty when someone may be in them."""
    if not holds_nobody(typed, page, most_unknown=MOST_UNKNOWN):
        return "", ""
    rest, corrected = _without_place(typed, page), _corrected(typed, page)
    plain = [word.text for word in _plain(rest) if not _is_place(word)]
    text, meant = " ".join(plain), " ".join(corrected.get(word, word) for word in plain)
    return (text, meant[:LONGEST_TEXT]) if len(text) <= LONGEST_TEXT else ("", "")


def holds_nobody(typed: str, page: SearchPage, *, most_unknown: int = 0) -> bool:
    """Tell whether nothing in the words may point to one person; every word that nobody knows may be a name.

    Counts forget who asked, and may hold one unknown word; what someone keeps may not.
    """
    rest = _without_place(typed, page)
    if len(typed) > LONGEST_TEXT or sign_of_person(rest) or _number_was_cut(typed, rest):
        return False
    corrected = _corrected(typed, page)
    return not names_someone(rest, lambda word: word.text in corrected or is_known(word), most_unknown)


def _without_place(typed: str, page: SearchPage) -> str:
    return next((chip.rest for chip in page.understood.chips if chip.kind == "where"), typed)


def _number_was_cut(typed: str, rest: str) -> bool:
    """Tell whether a postcode was taken out of what may be a longer number: "050 8210 11"."""
    left = any(letter.isdigit() for letter in rest)
    return left and sum(map(str.isdigit, typed)) != sum(map(str.isdigit, rest))


def _corrected(typed: str, page: SearchPage) -> dict[str, str]:
    """Give the misspelt words and what they were taken for; a name is never a misspelling."""
    if page.suggestion is None:
        return {}
    before, after = _plain(typed), _plain(page.suggestion.text)
    if len(before) != len(after):
        return {}
    pairs = zip(before, after, strict=True)
    return {one.text: other.text for one, other in pairs if one.text != other.text and one.text not in NAMES}


def _plain(text: str) -> list[Word]:
    return [word for word in words(text) if not word.joined]


def _is_place(word: Word) -> bool:
    """Tell whether a word is one more place: "8210 Loppem" names it twice, and the zone is enough."""
    return places().gazetteer.is_name(word.text) and word.text not in lexicon().words


def zone_of(place: str) -> str:
    """Give the primary-care zone of "Loppem (Zedelgem)"; nothing for a municipality that has more than one."""
    known = places()
    spot = known.gazetteer.named(place.rsplit(" (", maxsplit=1)[-1].rstrip(")")) if place else None
    if spot is None:
        return ""
    zones = [node for node, inside in known.members.items() if node.startswith("zone:") and spot.municipality in inside]
    return zones[0].partition(":")[2] if len(zones) == 1 else ""


def _asked_just_before(request: HttpRequest, asked: Address) -> bool:
    """Tell whether the page before this one was the same question: filters, order and reloading ask nothing new."""
    before = urlsplit(request.headers.get("Referer", ""))
    if before.path != request.path:
        return False
    given = parse_qs(before.query)
    same_text = given.get("q", [""])[0].strip() == asked.text
    return same_text and (given.get("getypt", [""])[0] == "1") == asked.as_typed
