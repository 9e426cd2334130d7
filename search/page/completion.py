"""Completes what someone types: words, needs, services, organizations and places, from tables made once per index.

Nothing here asks the database while someone types, and every name of a service or an organization is looked up in the
index again before it shows: what was hidden a second ago is not offered.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Thread

from django.db import connection
from django.db.models import Q
from django.urls import reverse

from gebied.models import Place
from search.engines import index
from search.engines.embedded import EmbeddedEngine
from search.facets import at_home
from search.language.analyser import is_stop
from search.language.stemmer import stem
from search.page.names import Name, Names, spoken
from search.records.doc import label_of, label_read
from search.records.documents import NEED_WORDS
from search.understanding.places import WALLONIA, places
from sociale_kaart.models import TaxonomyTerm

SHORTEST = 2
SHORTEST_PLACE = 3
SHORTEST_FAR_PLACE = 4
SHORTEST_SLIP = 4
SIZE = 8
# So many of each kind at first; what one kind leaves open goes to the next.
ROOM = {"word": 3, "need": 1, "service": 2, "organization": 1, "place": 1}
FIRST_WITH_MORE = ("service", "place", "word", "need", "organization")
MORE = {"word": 4, "need": 2, "service": 8, "organization": 3, "place": 3}
# A larger catalogue is read again in a thread, and not at every single change.
READ_WHILE_WAITING = 4000
PAUSE = 10.0
# Reading again takes at most this part of the time: one twentieth.
SHARE = 20
NEAR = 1_000_000_000


@dataclass(frozen=True)
class Completion:
    """One thing that may be meant. `text` is the whole question it makes; `url` leads straight to a page."""

    kind: str
    label: str
    text: str = ""
    url: str = ""
    hint: str = ""


@dataclass(frozen=True)
class _Table:
    """Everything that can be completed besides the words of the index, as it was at one commit."""

    stamp: tuple[str, int]
    names: Names
    organizations: Names
    needs: Names
    places: Names
    seconds: float
    read_at: float = field(default_factory=time.monotonic)


class _Kept:
    """The table of this process, and the thread that makes the next one."""

    table: _Table | None = None
    reader: Thread | None = None


def complete(text: str, size: int = SIZE) -> list[Completion]:
    """Give what the unfinished question may become, best kinds first. Raises EngineDownError."""
    typed = text[:200]
    asked = spoken(typed)
    if not asked or len("".join(asked)) < SHORTEST:
        return []
    engine = index.engine()
    table = _table(engine)
    unfinished = "" if typed[-1].isspace() else asked[-1]
    found = {
        "word": list(_words(typed, unfinished, engine)),
        "need": [_need(name) for name in table.needs.beginning_with(typed, MORE["need"])],
        "service": _names(table.names, typed, MORE["service"], engine),
        "organization": _names(table.organizations, typed, MORE["organization"], engine),
        "place": list(_places(typed, unfinished, table)),
    }
    if not any(found.values()):
        found["word"] = list(_meant(typed, unfinished, engine))
    return _shared_out(found, size)


def _shared_out(found: dict[str, list[Completion]], size: int) -> list[Completion]:
    """Give each kind its room, then what is left to those that have more."""
    taken = {kind: min(len(found[kind]), room) for kind, room in ROOM.items()}
    for kind in FIRST_WITH_MORE:
        spare = size - sum(taken.values())
        taken[kind] += max(0, min(spare, len(found[kind]) - taken[kind]))
    return [one for kind, offered in found.items() for one in offered[: taken[kind]]][:size]


def _words(typed: str, unfinished: str, engine: EmbeddedEngine) -> Iterator[Completion]:
    """Words of the index that begin like the last one, the most used first."""
    if len(unfinished) < SHORTEST:
        return
    gazetteer = places().gazetteer
    likely = engine.vocabulary().completions(unfinished)
    telling = (word for word in likely if not is_stop(word) and not word.isdigit() and not gazetteer.is_name(word))
    # Of "schuld" and "schulden", the form that is used most is enough.
    forms = {stem(word): word for word in reversed(list(telling))}
    for word in list(reversed(forms.values()))[: MORE["word"]]:
        yield Completion("word", word, text=_with_last(typed, word))


def _meant(typed: str, unfinished: str, engine: EmbeddedEngine) -> Iterator[Completion]:
    """Words that were probably meant when nothing begins like what was typed."""
    if len(unfinished) >= SHORTEST_SLIP:
        for near in engine.vocabulary().near(unfinished):
            yield Completion("word", near.word, text=_with_last(typed, near.word))


def _with_last(typed: str, word: str) -> str:
    """Give the question with its last word replaced."""
    parts = typed.split()
    return " ".join([*parts[:-1], word])


def _need(name: Name) -> Completion:
    return Completion("need", name.name, url=reverse("zoeken:need", args=[name.key]))


def _names(names: Names, typed: str, limit: int, engine: EmbeddedEngine) -> list[Completion]:
    """Names of public things, as the index holds them at this moment."""
    found = []
    for one in names.beginning_with(typed, limit):
        for label, _count in engine.labels(label_of(one.kind, one.key))[:1]:
            url = reverse(f"sociale_kaart:{one.kind}", args=[one.key])
            found.append(Completion(one.kind, label_read(label)[2], url=url))
    return found


def _places(typed: str, unfinished: str, table: _Table) -> Iterator[Completion]:
    """Places that begin like the last word; the words before it stay."""
    if len(unfinished) < SHORTEST_PLACE:
        return
    for one in table.places.heaviest(unfinished, MORE["place"]):
        if one.weight < NEAR and len(unfinished) < SHORTEST_FAR_PLACE:
            continue
        yield Completion("place", one.name, text=_with_last(typed, one.key), hint=one.kind)


def _table(engine: EmbeddedEngine) -> _Table:
    """Give the table; one that is behind is good enough while the next is being read."""
    kept, stamp = _Kept.table, engine.stamp
    if kept is not None and kept.stamp == stamp:
        return kept
    if kept is None or len(kept.names) <= READ_WHILE_WAITING:
        _Kept.table = kept = _read(engine)
    elif time.monotonic() - kept.read_at > max(PAUSE, kept.seconds * SHARE) and (
        _Kept.reader is None or not _Kept.reader.is_alive()
    ):
        _Kept.reader = Thread(target=_read_beside, args=[engine], name="completion", daemon=True)
        _Kept.reader.start()
    return kept


def _read_beside(engine: EmbeddedEngine) -> None:
    try:
        _Kept.table = _read(engine)
    finally:
        connection.close()


def _read(engine: EmbeddedEngine) -> _Table:
    stamp, started = engine.stamp, time.monotonic()
    named = [Name(*label_read(label), count) for label, count in engine.labels()]
    return _Table(
        stamp=stamp,
        names=Names(one for one in named if one.kind == "service"),
        organizations=Names(one for one in named if one.kind == "organization"),
        needs=Names(_needs()),
        places=Names(_known_places()),
        seconds=time.monotonic() - started,
    )


def _needs() -> Iterator[Name]:
    """Needs and their parts, also by the words that people use for them."""
    for term in TaxonomyTerm.objects.filter(Q(vocabulary="needs") | Q(parent__vocabulary="needs")).order_by("pk"):
        yield Name(
            "need", term.code or term.name, term.name, also=f"{NEED_WORDS.get(term.code, '')} {term.description}"
        )


def _known_places() -> Iterator[Name]:
    """Give places, with the municipality that one is a part of; what lies near weighs most, then what is large."""
    near = at_home(places())
    rows = Place.objects.exclude(municipality__region=WALLONIA).select_related("municipality").order_by("pk")
    seen = set()
    for place in rows.defer("municipality__boundary"):
        whole = place.municipality
        if (place.name, whole.pk) not in seen:
            seen.add((place.name, whole.pk))
            weight = (whole.population or 0) + (NEAR if whole.pk in near else 0) + (place.name == whole.name)
            yield Name(
                "" if place.name == whole.name else whole.name, place.name, place.name, weight, also=place.postcode
            )


def all_services() -> list[Name]:
    """Give the name of every public service, as the index held them a moment ago. Raises EngineDownError."""
    return _table(index.engine()).names.all()
