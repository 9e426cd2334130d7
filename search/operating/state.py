"""How each search index is: which engine, how large, how far behind, and what the last check found."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from search.changes import outbox
from search.changes.outbox import Lag
from search.engines import index
from search.engines.base import EngineDownError
from search.engines.embedded import EmbeddedEngine
from search.engines.server import server
from search.fresh.consistency import NODE, SERVER
from search.models import Check
from search.models.checks import this_node

NO_LAG = Lag(0, None)
# Longer than a batch takes: then something holds the index up.
LATE_SECONDS = 60


@dataclass(frozen=True)
class EngineState:
    """One index. `problem` says why it cannot be read; `resting` that the server is left alone for a while."""

    engine: str
    title: str
    name: str = ""
    generation: str = ""
    records: int = 0
    size: int = 0
    built: datetime | None = None
    lag: Lag = NO_LAG
    check: Check | None = None
    resting: bool = False
    problem: str = ""

    @property
    def is_late(self) -> bool:
        """Whether a change waits for longer than it should."""
        return bool(self.lag.since and (timezone.now() - self.lag.since).total_seconds() > LATE_SECONDS)


def states() -> list[EngineState]:
    """Look at every index of this installation that can be seen from here."""
    checks = {name: Check.objects.filter(index=name) for name in (NODE, SERVER)}
    found = [_own(checks[NODE].here().first())]
    if server():
        found.append(_far(checks[SERVER].first()))
    return found


def _own(check: Check | None) -> EngineState:
    title = _("In the program, on %(node)s") % {"node": this_node()}
    folder = index.current()
    try:
        if folder is None:
            raise EngineDownError(_("There is no index yet."))
        records = EmbeddedEngine(folder).searcher().num_docs
    except EngineDownError as away:
        return EngineState(NODE, title, check=check, problem=away.told)
    return EngineState(
        NODE, title, folder.name, index.generation(), records, index.size_on_disk(), _moment(folder.name),
        outbox.lag(index.cursor()), check,
    )  # fmt: skip


def _far(check: Check | None) -> EngineState:
    far = server()
    if far is None:
        raise EngineDownError(_("There is no server."))
    title = _("Elasticsearch server")
    try:
        name = far.look_again()
        records, size = far.size_of(name)
        lag = outbox.lag(far.cursor_of(name))
    except EngineDownError as away:
        return EngineState(SERVER, title, check=check, problem=away.told, resting=far.breaker.is_open)
    generation = name.rsplit("-", 2)[1]
    return EngineState(
        SERVER, title, name, generation, records, size, _moment(name), lag, check, resting=far.breaker.is_open
    )


def _moment(name: str) -> datetime:
    """Read when an index was begun: its name ends in that moment."""
    return datetime.fromtimestamp(int(name.rpartition("-")[2]) / 1e9, tz=UTC)
