"""The second engine: an index on an Elasticsearch server, asked over HTTP through its own client."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.utils.translation import gettext_noop as _
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, helpers

from search.engines import elastic_queries as say
from search.engines.base import Ask, EngineDownError, Found, Row, Show, Shown
from search.engines.elastic_schema import action, removal
from search.records.doc import SearchDoc
from search.understanding.vocabulary import Vocabulary

SEARCH_SECONDS = 2.0
WRITE_SECONDS = 30.0
CHUNK, CHUNK_BYTES = 500, 5_000_000
RETRIES = 5
PAGE = 1000
MOST_WORDS = 10_000
WORDS_KEPT_SECONDS = 300.0
# A later reading was written already, or the record was gone already.
AS_WELL = frozenset({404, 409})
TOO_BUSY, SERVER_FAULT = 429, 500

log = logging.getLogger(__name__)


class ElasticEngine:
    """One index or alias on a server. `words` gives the vocabulary from nearer by, where there is one."""

    name = "elasticsearch"

    def __init__(
        self,
        client: Elasticsearch,
        index: str,
        words: Callable[[], Vocabulary | None] = lambda: None,
    ) -> None:
        self._client = client.options(request_timeout=SEARCH_SECONDS)
        self.index = index
        self._words = words
        self._vocabulary: Vocabulary | None = None
        self._read_at = 0.0

    def vocabulary(self) -> Vocabulary:
        """Give the words of the index: from nearer by, else as the server counted them a few minutes ago."""
        nearby = self._words()
        if nearby is not None:
            return nearby
        if self._vocabulary is None or time.monotonic() - self._read_at > WORDS_KEPT_SECONDS:
            words, stems, about = (dict(self._counted(field)) for field in ("words", "stems", "about"))
            self._vocabulary = Vocabulary(words, stems, self._size(), about)
            self._read_at = time.monotonic()
        return self._vocabulary

    def _counted(self, field: str) -> Iterator[tuple[str, int]]:
        """Count all public values of a field, page by page."""
        after: Mapping[str, Any] = {}
        while True:
            pages = {"size": MOST_WORDS, "sources": [{"word": {"terms": {"field": field}}}], **after}
            body = {
                "query": {"bool": {"filter": say.term("visible_to", "public")}},
                "size": 0,
                "aggs": {"words": {"composite": pages}},
            }
            answer = self._ask([body])[0]["aggregations"]["words"]
            yield from ((bucket["key"]["word"], bucket["doc_count"]) for bucket in answer["buckets"])
            if "after_key" not in answer:
                return
            after = {"after": answer["after_key"]}

    def _size(self) -> int:
        return _total(self._ask([{"size": 0, "track_total_hits": True}])[0])

    def find_each(self, asks: Iterable[tuple[Ask, int]]) -> Iterator[Found]:
        """Find the best of several questions, in one round trip."""
        listed = list(asks)
        bodies = [say.rows_body(ask, limit) for ask, limit in listed]
        answers = self._ask(bodies, listed[0][0].plan.text if listed else "")
        return (_found(answer, ask) for answer, (ask, _limit) in zip(answers, listed, strict=True))

    def find(self, ask: Ask, limit: int, offset: int = 0) -> Found:
        """Give the best candidates with all that ranking needs to know of them."""
        return _found(self._ask([say.rows_body(ask, limit, offset)], ask.plan.text)[0], ask)

    def keys_by(self, ask: Ask, order: str, limit: int, offset: int = 0) -> Found:
        """Give records in the order of a field: `by_name` upwards, `by_check` downwards."""
        sort = [{order: "asc" if order == "by_name" else "desc"}]
        return _found(self._ask([say.rows_body(ask, limit, offset, sort)], ask.plan.text)[0], ask)

    def nearest(self, ask: Ask, centre: tuple[float, float], limit: int, offset: int = 0) -> Found:
        """Give records by distance; those that lie nowhere come last, the best first."""
        latitude, longitude = centre
        from_here = {"location": {"lat": latitude, "lon": longitude}, "order": "asc", "unit": "km"}
        sort = [{"_geo_distance": from_here}, "_score", {"key": "asc"}]
        return _found(self._ask([say.rows_body(ask, limit, offset, sort)], ask.plan.text)[0], ask)

    def count(self, ask: Ask) -> int:
        """How many records answer."""
        return _total(self._ask([say.count_body(ask)])[0])

    def facets(self, ask: Ask, groups: Sequence[str]) -> dict[str, dict[str, int]]:
        """Give counts per value; a group with a filter of its own is counted as if that were open."""
        return _facets(self._ask([say.facets_body(ask, groups)])[0], groups)

    def cards(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Give what a result row shows, by key."""
        wanted = list(keys)
        return _cards(self._ask([say.cards_body(wanted)])[0]) if wanted else {}

    def begin(self, ask: Ask, groups: Sequence[str], also: Ask | None) -> Show:
        """Begin nothing yet: counts, size and cards come in one round trip."""
        return partial(self._show, ask, groups, also)

    def _show(self, ask: Ask, groups: Sequence[str], also: Ask | None, keys: Sequence[str]) -> Shown:
        bodies = [say.facets_body(ask, groups), say.cards_body(keys)]
        bodies += [say.count_body(also)] if also else []
        counted, cards, *more = self._ask(bodies)
        return Shown(_cards(cards), _facets(counted, groups), _total(more[0]) if more else 0)

    def _ask(self, bodies: Sequence[say.Clause], text: str = "") -> list[Mapping[str, Any]]:
        """Send several searches at once. Raises EngineDownError when one of them has no whole answer."""
        if not bodies:
            return []
        lines: list[Mapping[str, Any]] = []
        for body in bodies:
            lines += [say.aim(self.index, text), body]
        with reaching():
            answers = self._client.msearch(searches=lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise EngineDownError(
                    _("elasticsearch: %(fault)s"), fault=f"{answer['status']} {answer['error']['type']}"
                )
        return list(answers)

    def keys_and_versions(self) -> Iterator[tuple[str, int]]:
        """Every record with the version it was written as."""
        body: dict[str, Any] = {
            "size": PAGE, "sort": [{"key": "asc"}], "_source": False, "stored_fields": "_none_",
            "docvalue_fields": ["key", "version"],
        }  # fmt: skip
        while hits := self._ask([body])[0]["hits"]["hits"]:
            for hit in hits:
                yield hit["fields"]["key"][0], hit["fields"]["version"][0]
            body["search_after"] = hits[-1]["sort"]

    def write(self, docs: Iterable[SearchDoc], gone: Iterable[str] = (), at: int = 0) -> None:
        """Replace records and take others out, unless a later reading came first. Raises EngineDownError."""
        lines = (line for lines in (self._removed(gone, at), self._added(docs, at)) for line in lines)
        away = 0
        with reaching():
            for done, answer in helpers.streaming_bulk(
                self._client.options(request_timeout=WRITE_SECONDS),
                lines,
                chunk_size=CHUNK,
                max_chunk_bytes=CHUNK_BYTES,
                max_retries=RETRIES,
                initial_backoff=0.2,
                raise_on_error=False,
            ):
                away += not done and _is_away(next(iter(answer.values())))
        self._vocabulary = None
        if away:
            raise EngineDownError(_("%(count)d records not written"), count=away)

    def _added(self, docs: Iterable[SearchDoc], at: int) -> Iterator[Mapping[str, Any]]:
        return (action(self.index, doc, at) for doc in docs)

    def _removed(self, gone: Iterable[str], at: int) -> Iterator[Mapping[str, Any]]:
        return (removal(self.index, key, at) for key in gone)

    def refresh(self) -> None:
        """Make what was written visible now."""
        with reaching():
            self._client.options(request_timeout=WRITE_SECONDS).indices.refresh(index=self.index)


@contextmanager
def reaching() -> Iterator[None]:
    """Say that the server is away, whatever it is that it answers or does not answer."""
    try:
        yield
    except (TransportError, ApiError) as error:
        raise EngineDownError(_("elasticsearch: %(fault)s"), fault=f"{type(error).__name__} {error.message}") from error


def _is_away(result: Mapping[str, Any]) -> bool:
    """Tell whether a line of a bulk may work later; what never will is reported, so that it holds up nothing."""
    status = result["status"]
    if status in AS_WELL:
        return False
    if status < SERVER_FAULT and status != TOO_BUSY:
        log.error("search.refused %s %s %s", result["_id"], status, result.get("error", {}).get("type"))
        return False
    return True


def _total(answer: Mapping[str, Any]) -> int:
    return int(answer["hits"]["total"]["value"])


def _found(answer: Mapping[str, Any], ask: Ask) -> Found:
    sure, _unsure = say.sure_and_unsure(ask)
    bits = sum(1 << at for at, one in enumerate(ask.plan.concepts) if one in sure)
    return Found(_total(answer), [_row(hit, bits) for hit in answer["hits"]["hits"]])


def _row(hit: Mapping[str, Any], sure: int) -> Row:
    key, latitude, longitude, verified_day, area_size, popularity, *needs = hit["fields"]["row"][0].split(say.SEPARATOR)
    bits = {say.STRONG: sure, say.SOME: sure, say.FLAG: 0}
    for name in hit.get("matched_queries", ()):
        bits[name[0]] |= 1 << int(name[1:])
    return Row(
        key,
        hit["_score"] or 0.0,
        bits[say.STRONG],
        bits[say.SOME],
        bits[say.FLAG],
        float(latitude) if latitude else None,
        float(longitude) if longitude else None,
        int(verified_day),
        int(area_size),
        float(popularity),
        tuple(needs),
    )


def _facets(answer: Mapping[str, Any], groups: Sequence[str]) -> dict[str, dict[str, int]]:
    counted = answer.get("aggregations", {})
    return {
        group: {bucket["key"]: bucket["doc_count"] for bucket in counted[group]["values"]["buckets"]}
        for group in groups
    }


def _cards(answer: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    sources = (hit["_source"] for hit in answer["hits"]["hits"])
    return {source["key"]: source["card"] for source in sources}
