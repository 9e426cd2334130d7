"""Understands when: "nu open", "vanavond", "zaterdagvoormiddag", "na 17 uur", "dag en nacht"."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from search.language.analyser import Word
from search.understanding.plan import Opening
from search.understanding.stories import STORY_WORDS

SLOTS_PER_DAY = 48
WEEK = 7 * SLOTS_PER_DAY
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
# Hours of a part of the day, from and until (above 24: the next morning).
PARTS = {
    "ochtend": (6, 12), "voormiddag": (8, 12), "morgen": (6, 12), "middag": (12, 14), "namiddag": (12, 18),
    "avond": (18, 22), "nacht": (23, 30),
}  # fmt: skip
TODAY_PARTS = {
    "vanochtend": "ochtend", "vanmorgen": "ochtend", "vanmiddag": "namiddag", "vannamiddag": "namiddag",
    "vanavond": "avond", "vannacht": "nacht", "avonds": "avond", "nachts": "nacht", "smorgens": "ochtend",
    "savonds": "avond", "snachts": "nacht",
}  # fmt: skip
HABITS = {
    "avonds": "avond", "savonds": "avond", "nachts": "nacht", "snachts": "nacht", "smorgens": "ochtend",
    "middags": "middag", "smiddags": "middag", "namiddags": "namiddag", "voormiddags": "voormiddag",
}  # fmt: skip
AHEAD = {"vandaag": 0, "morgen": 1, "overmorgen": 2}
ALWAYS = (
    ("dag", "en", "nacht"),
    ("24", "7"),
    ("24", "24"),
    ("7", "7"),
    ("24", "op", "24"),
    ("24", "uur", "op", "24"),
    ("24u", "op", "24"),
    ("24h",),
    ("7", "op", "7"),
    ("7", "dagen", "op", "7"),
)
# Hours that are called by what people do then; on working days.
CALLED: dict[tuple[str, ...], tuple[float, float]] = {
    **{(*lead, hours): (17, 21)
       for lead in (("na", "de"), ("buiten", "de")) for hours in ("werkuren", "kantooruren", "uren")},
    **{("na", whose, work): (17, 21) for whose in ("het", "mijn", "zijn", "haar") for work in ("werk", "shift")},
    **{(lead, "de", "middag"): (12.5, 13) for lead in ("over", "tijdens")},
    ("tijdens", "middagpauze"): (12.5, 13),
}  # fmt: skip
# Words about time in French and English; "night" and "nuit" are more often a shelter than an hour.
TRANSLATED = {
    **dict(zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), DAYS, strict=True)),
    **dict(zip(("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"), DAYS, strict=True)),
    "today": "vandaag", "tomorrow": "morgen", "demain": "morgen", "tonight": "vanavond", "now": "nu",
    "maintenant": "nu", "evening": "avonds", "evenings": "avonds", "soir": "avonds", "morning": "smorgens",
    "mornings": "smorgens", "matin": "smorgens", "ouvert": "open",
}  # fmt: skip
WEEKEND = {"weekend", "weekends", "weekeinde"}
ARTICLES = frozenset({"de", "een", "het"})
NOW = (("nu", "open"), ("open", "nu"), ("nog", "open"), ("nu", "bereikbaar"))
LEADS = {
    "op",
    "open",
    "in",
    "het",
    "elke",
    "iedere",
    "s",
    "deze",
    "dit",
    "komende",
    "ook",
    "en",
    "om",
    "na",
    "voor",
    "de",
    "tijdens",
    "over",
    "the",
    "on",
    "le",
    "this",
    "ce",
}
# After these "nu" is a word of the story.
STORY = {"wat", "en", "ben", "is", "zijn", "heb", "heeft", "hebben", "zit", "moet", "tot", "woon", "woont"}
REACH = {
    "open", "bereikbaar", "beschikbaar", "terecht", "bellen", "bel", "telefoon", "telefoneren", "langsgaan",
    "langskomen", "afspraak", "hulplijn", "lijn", "dokter", "opvang",
}  # fmt: skip
CLOCK = re.compile(r"^(\d{1,2})(?:u|h|uur)?(\d{2})?$")


def slot_of(moment: datetime) -> int:
    """Give the half-hour of the week, Monday 0.00 is 0."""
    return moment.weekday() * SLOTS_PER_DAY + moment.hour * 2 + moment.minute // 30


def slots_between(day: int, start: float, end: float) -> frozenset[int]:
    """Half-hours of a weekday between two hours; after midnight they belong to the next day."""
    first = day * SLOTS_PER_DAY + int(start * 2)
    count = max(1, int((end - start) * 2))
    return frozenset((first + at) % WEEK for at in range(count))


class MomentReader:
    """Reads the words about time of one question, with `now` as the moment of asking."""

    def __init__(self, asked: Sequence[Word], free: set[int], now: datetime) -> None:
        self._words = [TRANSLATED.get(word.text, word.text) for word in asked]
        self._free = free
        self._now = now
        self.used: set[int] = set()
        # A time is one of the story unless something is to be reached then.
        self._is_story = len(self._words) >= STORY_WORDS and REACH.isdisjoint(self._words)

    def read(self) -> Opening | None:
        """Give the opening that is asked for, or nothing; `used` then tells which words said so."""
        for found in (
            self._always(),
            self._called(),
            self._at_an_hour(),
            self._on_a_day(),
            self._today(),
            self._right_now(),
        ):
            if found:
                self._take_leads()
                return found
        return None

    def _sequence(self, phrases: Sequence[Sequence[str]]) -> tuple[int, ...]:
        for phrase in phrases:
            for at in range(len(self._words) - len(phrase) + 1):
                span = tuple(range(at, at + len(phrase)))
                if self._free.issuperset(span) and self._words[at : at + len(phrase)] == list(phrase):
                    return span
        return ()

    def _always(self) -> Opening | None:
        span = self._sequence(ALWAYS)
        if not span or (self._is_story and "nacht" in self._words):
            return None
        self.used.update(span)
        return Opening(frozenset({6}), "24/7")

    def _called(self) -> Opening | None:
        """Read "na het werk" and "over de middag"."""
        span = () if self._is_story else self._sequence(tuple(CALLED))
        if not span:
            return None
        self.used.update(span)
        said = tuple(self._words[at] for at in span)
        slots = frozenset[int]().union(*(slots_between(day, *CALLED[said]) for day in range(5)))
        return Opening(slots, " ".join(said))

    def _at_an_hour(self) -> Opening | None:
        """Read "na 17 uur", "om 20u30", "voor 9 uur"; a bare number is no hour."""
        for at, word in enumerate(self._words):
            match = CLOCK.match(word)
            if at == 0 or not match or at not in self._free or self._words[at - 1] not in {"na", "om", "voor", "rond"}:
                continue
            hour = int(match.group(1)) + int(match.group(2) or 0) / 60
            if not 0 <= hour < 24:
                continue
            following = at + 1 < len(self._words) and self._words[at + 1] in {"u", "uur", "h"}
            if word.isdigit() and not following and at + 1 < len(self._words):
                continue
            self.used.update({at - 1, at, *([at + 1] if following else [])})
            day = self._day_nearby()
            days = [day] if day is not None else [self._now.weekday()] if "vandaag" in self._words else range(5)
            start, end = {"na": (hour, 21.0), "voor": (7.0, hour)}.get(self._words[at - 1], (hour, hour + 0.5))
            slots = frozenset[int]().union(*(slots_between(on, start, max(end, start + 0.5)) for on in days))
            label = " ".join(self._words[at - 1 : at + (2 if following else 1)])
            return Opening(slots, f"{DAYS[day]} {label}" if day is not None else label)
        return None

    def _day_nearby(self) -> int | None:
        for at, word in enumerate(self._words):
            if at in self._free and word in DAYS:
                self.used.add(at)
                return DAYS.index(word)
        return None

    def _on_a_day(self) -> Opening | None:
        for at, word in enumerate(self._words):
            if at not in self._free:
                continue
            if word in WEEKEND:
                self.used.add(at)
                return Opening(slots_between(5, 7, 22) | slots_between(6, 7, 22), "weekend")
            day, part = self._day_and_part(at, word)
            if day is not None:
                return self._opening(day, part, DAYS[day])
        return None

    def _day_and_part(self, at: int, word: str) -> tuple[int | None, str]:
        """Weekday and part of the day from "zaterdag", "zaterdagvoormiddag" or "zaterdag voormiddag"."""
        for index, name in enumerate(DAYS):
            rest = word.removeprefix(name)
            if rest == word:
                continue
            if rest in {"", "en", "s"}:
                self.used.add(at)
                return index, self._part_after(at)
            if rest in PARTS:
                self.used.add(at)
                return index, rest
        return None, ""

    def _part_after(self, at: int) -> str:
        following = self._words[at + 1] if at + 1 < len(self._words) else ""
        part = HABITS.get(following, following)
        if part in PARTS and at + 1 in self._free:
            self.used.add(at + 1)
            return part
        return ""

    def _today(self) -> Opening | None:
        for at, word in enumerate(self._words):
            if at not in self._free:
                continue
            if word in HABITS:
                self.used.add(at)
                slots = frozenset[int]().union(*(slots_between(day, *PARTS[HABITS[word]]) for day in range(7)))
                return Opening(slots, f"'s {word.removeprefix('s')}" if word[0] == "s" else f"'s {word}")
            if word in TODAY_PARTS:
                self.used.add(at)
                return self._opening(self._now.weekday(), TODAY_PARTS[word], word, day_named=False)
            day = next((day for day in AHEAD if word.startswith(day) and word[len(day) :] in {"", *PARTS}), "")
            if day:
                return self._relative(at, day, word.removeprefix(day))
        return None

    def _relative(self, at: int, word: str, part: str) -> Opening | None:
        """Read "morgen" and "morgenavond" as tomorrow, "vandaag" what is left of today."""
        self.used.add(at)
        ahead = AHEAD[word]
        moment = self._now + timedelta(days=ahead)
        if ahead:
            part = part or self._part_after(at)
            return self._opening(moment.weekday(), part, f"{word} {part}".strip(), day_named=False)
        start = min(moment.hour + moment.minute / 60, 23.0)
        return Opening(slots_between(moment.weekday(), start, 24), word, (moment.date(),))

    def _opening(self, day: int, part: str, label: str, *, day_named: bool = True) -> Opening:
        start, end = PARTS.get(part, (7, 22))
        when = _next(self._now.date(), day)
        return Opening(slots_between(day, start, end), f"{label} {part}".strip() if day_named else label, (when,))

    def _right_now(self) -> Opening | None:
        span = self._sequence(NOW) or self._now_itself() or self._open()
        if not span:
            return None
        self.used.update(span)
        return Opening(frozenset({slot_of(self._now)}), "nu open", (self._now.date(),))

    def _now_itself(self) -> tuple[int, ...]:
        """Find "nu", but not where it tells the story: "wat nu", "nu mijn ouders er niet meer zijn"."""
        span = self._alone("nu")
        told = span and span[0] and (self._is_story or self._words[span[0] - 1] in STORY)
        return () if told else span

    def _open(self) -> tuple[int, ...]:
        """Find "open", but not as what a thing is like: "de open haard"."""
        span = self._alone("open")
        return () if span and span[0] and self._words[span[0] - 1] in ARTICLES else span

    def _alone(self, word: str) -> tuple[int, ...]:
        return next(((at,) for at in sorted(self._free) if self._words[at] == word), ())

    def _take_leads(self) -> None:
        """Take the small words before along: "open op", "in het"."""
        for at in sorted(self.used):
            before = at - 1
            while before >= 0 and before in self._free and before not in self.used and self._words[before] in LEADS:
                self.used.add(before)
                before -= 1
        after = max(self.used) + 1
        if after in self._free and self._words[after : after + 1] == ["open"]:
            self.used.add(after)


def _next(day: date, weekday: int) -> date:
    """Give the first date from `day` on with this weekday."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)
