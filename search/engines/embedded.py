"""The embedded engine: a tantivy index in the data folder, read by every process and written by one at a time."""

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import tantivy
from django.utils.translation import gettext_noop as _

from gebied.distance import km_between
from search.engines.base import Ask, EngineDownError, Found, Row, Show, Shown
from search.engines.beside import beside
from search.engines.circle import Circle
from search.engines.facts import Facts, Remembered, flags_of, read
from search.engines.narrow import Few
from search.engines.tantivy_queries import Queries
from search.engines.tantivy_schema import to_tantivy
from search.records.doc import SearchDoc
from search.understanding.vocabulary import Vocabulary

BITS = 20
HEAP = 30_000_000
LOCK_WAIT = 2.0
# Reading all words may take a fiftieth of a busy process; up to QUICK seconds it is done with every change. More, and
# while partners change much, it is what one question in a hundred waits for.
PATIENCE = 50
QUICK = 0.002
# More than there are nodes of an area, so that no municipality drops out of the counts.
MOST_VALUES = 1000
BOXES_KM = (1, 2, 5, 10, 20, 50, 100, 400)
MOST_IN_A_BOX = 2000
NARROWER, SMALLEST_KM = 0.7, 0.01
# What a process remembers of records, about 1.5 kB and 4 kB each.
MOST_FACTS, MOST_CARDS = 20_000, 4_000
# From so many records on, counting takes longer than handing it over.
MUCH = 10_000
T = TypeVar("T")
# By group and value.
Counts = dict[str, dict[str, int]]


class WriterBusyError(Exception):
    """Another process is writing; the rows stay for the next one."""


class EmbeddedEngine:
    """One opened index folder."""

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._meta = str(folder / "meta.json")
        try:
            self._index = tantivy.Index.open(str(folder))
        except (ValueError, OSError) as error:
            raise EngineDownError(_("index folder %(name)s"), name=folder.name) from error
        self._queries = Queries(self._index.schema)
        self._stamp = -1
        self._vocabulary: Vocabulary | None = None
        self._worded_at = -1
        self._next_words = 0.0
        self._facts = Remembered[Facts](MOST_FACTS)
        self._cards = Remembered[tuple[str, dict[str, Any]]](MOST_CARDS)

    def searcher(self) -> tantivy.Searcher:
        """Give the newest committed state; looks at one file's time to know whether there is a newer one."""
        try:
            stamp = os.stat(self._meta).st_mtime_ns  # noqa: PTH116  asked several times per question
        except OSError as error:
            raise EngineDownError(_("index folder %(name)s"), name=self._folder.name) from error
        if stamp != self._stamp:
            # Until it is known who may see what, every question asks for it.
            self._queries.audiences = self._queries.few = None
            self._index.reload()
            searcher = self._index.searcher()
            audiences = searcher.terms_with_prefix("visible_to", "")
            self._queries.audiences = frozenset(audience for audience, _count in audiences)
            self._queries.few = Few(searcher) if searcher.num_docs >= MUCH else None
            self._stamp = stamp
        return self._index.searcher()

    def vocabulary(self) -> Vocabulary:
        """Give the words of the index; made again after a commit, when someone asks and that is not too often."""
        searcher = self.searcher()
        if self._vocabulary is None or (self._stamp != self._worded_at and time.monotonic() >= self._next_words):
            return self._read_words(searcher)
        return self._vocabulary

    def _read_words(self, searcher: tantivy.Searcher) -> Vocabulary:
        """Read all words; that they may be seconds old does no harm, as what is typed is looked for as it is, too."""
        stamp, started = self._stamp, time.thread_time()
        public = self._queries.term("visible_to", "public")
        words = dict(searcher.terms_with_prefix("v", "", public))
        stems = dict(searcher.terms_with_prefix("p", "", public))
        about = dict(searcher.terms_with_prefix("about", "", public))
        self._vocabulary = Vocabulary(words, stems, searcher.num_docs, about)
        took = time.thread_time() - started
        self._worded_at = stamp
        self._next_words = time.monotonic() + (took * PATIENCE if took > QUICK else 0)
        return self._vocabulary

    @property
    def stamp(self) -> tuple[str, int]:
        """Give what changes with every commit."""
        self.searcher()
        return self._folder.name, self._stamp

    def labels(self, start: str = "") -> list[tuple[str, int]]:
        """Give the names of what is public, each with how many records carry it; `start` as `label_of` makes it."""
        public = self._queries.term("visible_to", "public")
        return self.searcher().terms_with_prefix("label", start, public)

    def find_each(self, asks: Iterable[tuple[Ask, int]]) -> Iterator[Found]:
        """Find one after the other, as far as someone looks."""
        return (self.find(ask, limit) for ask, limit in asks)

    def find(self, ask: Ask, limit: int, offset: int = 0) -> Found:
        """Give the best candidates with all that ranking needs to know of them."""
        searcher = self.searcher()
        result = searcher.search(self._queries.ask(ask), limit, count=True, offset=offset)
        return Found(result.count, self._rows(searcher, ask, result.hits))

    def keys_by(self, ask: Ask, order: str, limit: int, offset: int = 0) -> Found:
        """Give records in the order of a field: `by_name` upwards, `by_check` downwards."""
        searcher = self.searcher()
        direction = tantivy.Order.Asc if order == "by_name" else tantivy.Order.Desc
        result = searcher.search(
            self._queries.ask(ask), limit, count=True, offset=offset, order_by_field=order, order=direction
        )
        hits = [(0.0, address) for _value, address in result.hits]
        return Found(result.count, self._rows(searcher, ask, hits))

    def nearest(self, ask: Ask, centre: tuple[float, float], limit: int, offset: int = 0) -> Found:
        """Give records by distance: from a box that widens until it holds enough; then those that lie nowhere.

        At one place the best comes first.
        """
        total = self.count(ask)
        placed: list[tuple[float, float, str, Row]] = []
        for box in BOXES_KM:
            km, placed = float(box), self._around(ask, centre, box)
            while len(placed) == MOST_IN_A_BOX and km > SMALLEST_KM:  # it holds more than these, perhaps nearer ones
                km *= NARROWER
                placed = self._around(ask, centre, km)
            if sum(1 for distance, *_row in placed if distance <= km) >= offset + limit:
                break
        rows = [row for *_order, row in placed[offset : offset + limit]]
        missing = limit - len(rows)
        if missing and total > len(placed):
            others = replace(ask, seen=(*ask.seen, *(row.key for *_order, row in placed)))
            rows += self.find(others, missing, max(0, offset - len(placed))).rows
        return Found(total, rows)

    def _around(self, ask: Ask, centre: tuple[float, float], km: float) -> list[tuple[float, float, str, Row]]:
        searcher = self.searcher()
        query = self._queries.ask(ask, box=Circle(*centre, km).box)
        found = self._rows(searcher, ask, searcher.search(query, MOST_IN_A_BOX, count=False).hits)
        return sorted((km_between(centre, _place(row)), -row.score, row.key, row) for row in found)

    def count(self, ask: Ask) -> int:
        """How many records answer."""
        return self._count(self.searcher(), ask)

    def _count(self, searcher: tantivy.Searcher, ask: Ask) -> int:
        return int(searcher.search(self._queries.counting(ask), 1, count=True).count)

    def facets(self, ask: Ask, groups: Sequence[str]) -> Counts:
        """Give counts per value; a group with a filter of its own is counted as if that were open."""
        return _joined(count() for count in self._countings(self.searcher(), ask, groups))

    def _countings(self, searcher: tantivy.Searcher, ask: Ask, groups: Sequence[str]) -> list[Callable[[], Counts]]:
        """Give what must be counted, each on its own: the groups with a filter, which take longest, then the others."""
        free = [group for group in groups if group not in ask.filters]
        asked = [(self._queries.counting(ask, group), [group]) for group in groups if group in ask.filters]
        asked += [(self._queries.counting(ask), free)] if free else []
        return [partial(self._aggregate, searcher, query, counted) for query, counted in asked]

    def _aggregate(self, searcher: tantivy.Searcher, query: tantivy.Query, groups: Sequence[str]) -> Counts:
        wanted = {group: {"terms": {"field": group, "size": MOST_VALUES}} for group in groups}
        answer = searcher.aggregate(query, wanted)
        return {group: {bucket["key"]: bucket["doc_count"] for bucket in answer[group]["buckets"]} for group in groups}

    def cards(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Give what a result row shows, by key."""
        wanted = list(keys)
        if not wanted:
            return {}
        searcher = self.searcher()
        hits = searcher.search(self._queries.keys(wanted), len(wanted), count=False).hits
        addresses = [address for _score, address in hits]

        def load(at: int) -> tuple[str, dict[str, Any]]:
            doc = searcher.doc(addresses[at])
            return doc.get_first("key"), json.loads(doc.get_first("card"))

        return dict(self._cards.all(searcher.fast_field_values("ident", addresses), load))

    def begin(self, ask: Ask, groups: Sequence[str], also: Ask | None) -> Show:
        """Count on another core where there is much to count; else when the page is shown."""
        searcher = self.searcher()
        begin = beside if searcher.num_docs >= MUCH else _in_turn
        counts = [begin(count) for count in self._countings(searcher, ask, groups)]
        size = begin(partial(self._count, searcher, also)) if also else int
        # What was begun last is asked for first: it is least likely to have been begun by another core.
        return lambda keys: Shown(self.cards(keys), also=size(), facets=_joined(count() for count in reversed(counts)))

    def _rows(
        self, searcher: tantivy.Searcher, ask: Ask, hits: Sequence[tuple[float, tantivy.DocAddress]]
    ) -> list[Row]:
        if not hits:
            return []
        addresses = [address for _score, address in hits]
        idents = searcher.fast_field_values("ident", addresses)

        def load(at: int) -> Facts:
            doc = searcher.doc(addresses[at])
            return read(doc.get_first("key"), doc.get_first("facts"))

        known = self._facts.all(idents, load)
        bits, same = self._bits(searcher, ask, [facts.key for facts in known])
        count = len(ask.plan.concepts)
        mask = (1 << count) - 1
        words = [bits.get((address.segment_ord, address.doc), 0) | same for address in addresses] if bits else None
        return [
            Row(
                facts.key, hit[0], word & mask, word >> count, flags,
                facts.latitude, facts.longitude, facts.verified_day, facts.area_size, facts.popularity,
                facts.needs,
            )
            for hit, facts, word, flags in zip(
                hits, known, words or [same] * len(hits), flags_of(ask.flags, known), strict=True
            )
        ]  # fmt: skip

    def _bits(
        self, searcher: tantivy.Searcher, ask: Ask, keys: Sequence[str]
    ) -> tuple[dict[tuple[int, int], int], int]:
        """For each record one number, strong bits and then trace bits from the lowest up; and what all of them have.

        What all have by the question itself is not asked again.
        """
        questions, same = self._questions(ask)
        found: dict[tuple[int, int], int] = {}
        for start in range(0, len(questions), BITS):
            part = questions[start : start + BITS]
            query = self._queries.bits(keys, [question for _bit, question in part])
            for score, address in searcher.search(query, len(keys), count=False).hits:
                place, told = (address.segment_ord, address.doc), round(score)
                marks = sum(1 << bit for at, (bit, _question) in enumerate(part) if told >> at & 1)
                found[place] = found.get(place, 0) | marks
        return found, same

    def _questions(self, ask: Ask) -> tuple[list[tuple[int, tantivy.Query]], int]:
        """Give the bits that must be asked, and those that every record of this level has."""
        concepts, count = ask.plan.concepts, len(ask.plan.concepts)
        questions, same = [], 0
        for at, concept in enumerate(concepts):
            if concept in ask.needed and ask.must_match >= len(ask.needed):
                same |= 1 << at | 1 << count + at
            elif concept in ask.needed:
                if ask.outside != 1:  # else none of them has any concept strongly
                    questions.append((at, self._queries.said(concept).strong))
                if ask.must_match or count > 1:
                    questions.append((count + at, self._queries.said(concept).some))
                else:  # it is there by its only trace
                    same |= 1 << count + at
        return questions, same

    def keys_and_versions(self) -> Iterator[tuple[str, int]]:
        """Every record with the version it was written as."""
        searcher = self.searcher()
        total = searcher.num_docs
        if total:
            for _score, address in searcher.search(tantivy.Query.all_query(), total, count=False).hits:
                doc = searcher.doc(address)
                yield doc.get_first("key"), doc.get_first("version")

    def write(self, docs: Iterable[SearchDoc], gone: Iterable[str] = (), at: int = 0) -> None:
        """Replace these records and take others out, in one commit. Raises WriterBusyError."""
        writer = self._writer(HEAP)
        try:
            for key in gone:
                writer.delete_documents_by_term("key", key)
            for doc in docs:
                writer.delete_documents_by_term("key", doc.key)
                writer.add_document(to_tantivy(doc))
            writer.commit()
        finally:
            writer.wait_merging_threads()

    def _writer(self, heap: int) -> tantivy.IndexWriter:
        """Give the writer; waits two seconds for another process to finish."""
        until = time.monotonic() + LOCK_WAIT
        while True:
            try:
                return self._index.writer(heap, 1)
            except ValueError as error:
                if time.monotonic() > until:
                    raise WriterBusyError from error
                time.sleep(0.05)


def _in_turn(work: Callable[[], T]) -> Callable[[], T]:
    return work


def _joined(parts: Iterable[Counts]) -> Counts:
    return {group: values for part in parts for group, values in part.items()}


def _place(row: Row) -> tuple[float, float]:
    return row.latitude or 0.0, row.longitude or 0.0
