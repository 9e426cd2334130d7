"""Compares what the indexes hold with what they should hold, record by record, and has repaired what differs."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from search.engines import index
from search.engines.base import Engine, EngineDownError
from search.engines.server import server
from search.fresh import sync
from search.models import Check
from search.records.documents import documents
from sociale_kaart.models import Service
from sociale_kaart.models.service import ServiceQuerySet

log = logging.getLogger(__name__)

NODE, SERVER = "embedded", "elasticsearch"
NAMED = 20
BATCH = 200

Progress = Callable[[Iterable[Service], int], Iterable[Service]]


class Differences(NamedTuple):
    """Keys that are in the catalogue only, that read differently now, and that are in the index only."""

    missing: list[str]
    stale: list[str]
    orphaned: list[str]

    @property
    def keys(self) -> list[str]:
        """Give all of them."""
        return [*self.missing, *self.stale, *self.orphaned]


@dataclass(frozen=True)
class Report:
    """What was found in one index. `left` is what is still wrong after a repair; None when nothing was repaired."""

    name: str
    records: int
    found: Differences
    left: Differences | None
    seconds: float

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found at all."""
        return not self.found.keys

    @property
    def is_repaired(self) -> bool:
        """Whether what was found is right now."""
        return self.left is not None and not self.left.keys

    def as_dict(self) -> dict[str, Any]:
        """Give it for a program, with at most twenty ids of each kind."""
        return {
            "index": self.name,
            "records": self.records,
            **{kind: len(keys) for kind, keys in self.found._asdict().items()},
            "ids": {kind: keys[:NAMED] for kind, keys in self.found._asdict().items()},
            "clean": self.is_clean,
            "repaired": self.is_repaired,
            "seconds": round(self.seconds, 2),
        }


class _Index(NamedTuple):
    """One index that can be compared. `show` makes what was written visible."""

    name: str
    engine: Engine
    show: Callable[[], object]


def check(*, repair: bool = False, progress: Progress | None = None) -> list[Report]:
    """Compare every index of this installation that can be read here, and write down what came of it.

    Raises EngineDownError when the index of this node, or the server that the settings name, cannot be read.
    """
    with index.alone("checking"):
        started = time.perf_counter()
        _look_at_files(repair=repair)
        sync.catch_up()
        wanted = versions(Service.objects.public(), progress)
        looked = time.perf_counter() - started
        reports = [_check_one(one, wanted, looked, repair=repair) for one in _indexes()]
    for report in reports:
        missing, stale, orphaned = map(len, report.found)
        Check.objects.create(
            index=report.name, records=report.records, missing=missing, stale=stale, orphaned=orphaned,
            repaired=report.is_repaired, milliseconds=round(report.seconds * 1000),
        )  # fmt: skip
        if not report.is_clean:
            log.warning("search.check %s missing=%d stale=%d orphaned=%d", report.name, missing, stale, orphaned)
    return reports


def _look_at_files(*, repair: bool) -> None:
    """Have the index of this node made anew where the disk lost a part of it. Raises EngineDownError without repair."""
    broken = index.damaged()
    if broken and not repair:
        raise EngineDownError(
            gettext_noop("the index is damaged (%(files)s); repair it with --repair"), files=", ".join(broken)
        )
    if broken:
        index.give_up_damaged()
        index.rebuild()


def versions(services: ServiceQuerySet, progress: Progress | None = None) -> dict[str, int]:
    """Make the record of each of these services, and give its number by its key; nothing is written."""
    rows: Iterable[Service] = services.for_index().order_by("pk").iterator(chunk_size=BATCH)
    total = services.count() if progress else 0
    return {record.key: record.version for record in documents(progress(rows, total) if progress else rows)}


def _indexes() -> Iterator[_Index]:
    """Give the index of this node and that of the server. Raises EngineDownError."""
    yield _Index(NODE, index.engine(), lambda: None)
    far = server()
    if far:
        engine = far.engine_of(far.look_again())
        yield _Index(SERVER, engine, engine.refresh)


def _check_one(one: _Index, wanted: dict[str, int], looked: float, *, repair: bool) -> Report:
    started = time.perf_counter()
    one.show()
    found, records = _compare(one.engine.keys_and_versions(), wanted)
    if found.keys:
        # The catalogue goes on meanwhile: only what is still wrong at a second look was really wrong.
        found = _look_again(one, found.keys)
    left = None
    if found.keys and repair:
        sync.note(found.keys, wake=False)
        left = _look_again(one, found.keys)
    return Report(one.name, records, found, left, looked + time.perf_counter() - started)


def _compare(pairs: Iterable[tuple[str, int]], wanted: Mapping[str, int]) -> tuple[Differences, int]:
    """Go through an index once; a record that stands in it twice is stale."""
    seen: set[str] = set()
    stale: set[str] = set()
    orphaned: set[str] = set()
    for key, version in pairs:
        if key not in wanted:
            orphaned.add(key)
        elif key in seen or wanted[key] != version:
            stale.add(key)
        seen.add(key)
    missing = [key for key in wanted if key not in seen]
    return Differences(sorted(missing), sorted(stale), sorted(orphaned)), len(seen)


def _look_again(one: _Index, keys: list[str]) -> Differences:
    """Bring the index in step, and compare only these records anew."""
    sync.catch_up()
    one.show()
    wanted: dict[str, int] = {}
    for start in range(0, len(keys), BATCH):
        wanted |= versions(Service.objects.public().filter(pk__in=keys[start : start + BATCH]))
    suspect = frozenset(keys)
    found, _records = _compare((pair for pair in one.engine.keys_and_versions() if pair[0] in suspect), wanted)
    return found


def told(report: Report) -> str:
    """Say in some lines what was found."""
    found = report.found._asdict()
    counts = {kind: len(keys) for kind, keys in found.items()}
    line = _("%(index)s: %(records)d records, %(missing)d missing, %(stale)d out of date, %(orphaned)d too many")
    lines = [line % {"index": report.name, "records": report.records, **counts}]
    if report.left is not None and not report.is_clean:
        lines[0] += _("; %(count)d left after the repair") % {"count": len(report.left.keys)}
    lines[0] += f" ({report.seconds:.1f} s)"
    words = {"missing": _("missing"), "stale": _("out of date"), "orphaned": _("too many")}
    for kind, keys in found.items():
        more = " " + _("… and %(count)d more.") % {"count": len(keys) - NAMED} if len(keys) > NAMED else ""
        lines += [f"  {words[kind]}: {' '.join(keys[:NAMED])}{more}"] if keys else []
    return "\n".join(lines)
