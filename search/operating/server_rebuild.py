"""Makes a new index on the server beside the live one, looks whether it is right, and lets readers over to it."""

from collections.abc import Iterable

from django.utils.translation import gettext_noop as _

from search.changes import noting
from search.changes.outbox import latest_change
from search.engines import index
from search.engines.base import Ask, Condition, EngineDownError
from search.engines.elastic import ElasticEngine
from search.engines.elastic_server import Server, generation
from search.fresh import sync
from search.language.stemmer import stem
from search.records.documents import documents
from search.understanding.plan import Alternative, Concept, Kind, Plan
from search.words.sharing import share
from sociale_kaart.models import Service

CANARIES, DEPTH, ALIKE = 30, 10, 0.9
TRIES = 3
EVERYONE = (Condition("visible_to", ("public",)),)
EVERYTHING = Ask(plan=Plan(text=""), needed=(), must_match=0, always=EVERYONE)


def rebuild(far: Server, progress: index.Progress | None = None) -> int:
    """Make a new index and switch over; return how many records it holds.

    Raises EngineDownError, and leaves the live index as it is, when the new one is not right.
    """
    with index.building():
        position = latest_change()
        noting.forget()
        name = far.create()
        try:
            _fill(far, name, position, progress)
            count = _check(far, name)
        except EngineDownError:
            far.remove([name])
            raise
        kept = {name, _live(far)}
        far.point_at(name)
        sync.replay(far, name)
        far.remove(old for old in far.names() if old not in kept)
        share()
        return count


def go_back(far: Server) -> str:
    """Let readers return to the index before the live one, brought in step; give its name. Raises EngineDownError."""
    live = _live(far)
    ours = f"{far.alias}-{generation()}-"
    others = [name for name in far.names() if name != live and name.startswith(ours)]
    if not others:
        raise EngineDownError(_("there is no earlier index that this version can read"))
    sync.replay(far, others[-1])
    far.point_at(others[-1])
    return others[-1]


def _live(far: Server) -> str:
    """Give the index that readers see, if there is one, whatever its making."""
    return next(iter(far.live_names()), "")


def _fill(far: Server, name: str, position: int, progress: index.Progress | None) -> None:
    services = Service.objects.public()
    rows: Iterable[Service] = services.for_index().order_by("pk").iterator(chunk_size=index.BATCH)
    rows = progress(rows, services.count()) if progress else rows
    far.engine_of(name).write(documents(rows), at=position)
    far.cursor_of(name).start_at(position)
    far.settle(name)


def _check(far: Server, name: str) -> int:
    """Compare with the catalogue and with the live index; return the number of records."""
    made = far.engine_of(name)
    for _try in range(TRIES):
        sync.replay(far, name)
        made.refresh()
        count, wanted = made.count(EVERYTHING), Service.objects.public().count()
        if count == wanted:
            break
    else:
        raise EngineDownError(
            _("the new index holds %(count)d records, the catalogue %(wanted)d"), count=count, wanted=wanted
        )
    before = _live(far)
    if before.startswith(name.rpartition("-")[0]):
        _compare(made, far.engine_of(before))
    return count


def _compare(made: ElasticEngine, before: ElasticEngine) -> None:
    """See that common words find nearly the same as before, and that needs are counted nearly the same."""
    asks = [_canary(word) for word in before.vocabulary().completions("", CANARIES)]
    pairs = zip(*([_keys(engine, ask) for ask in asks] for engine in (made, before)), strict=True)
    shares = [len(new & old) / max(len(new), len(old)) for new, old in pairs if new or old]
    if shares and sum(shares) / len(shares) < ALIKE:
        raise EngineDownError(_("common words find something else than before"))
    new, old = (sum(engine.facets(EVERYTHING, ["category"])["category"].values()) for engine in (made, before))
    if min(new, old) < ALIKE * max(new, old):
        raise EngineDownError(_("%(new)d needs are counted, %(old)d before"), new=new, old=old)


def _canary(word: str) -> Ask:
    concept = Concept(word, (Alternative((stem(word),), 1.0, Kind.WORD),))
    return Ask(plan=Plan(text=word, concepts=(concept,)), needed=(concept,), must_match=1, always=EVERYONE)


def _keys(engine: ElasticEngine, ask: Ask) -> set[str]:
    return {row.key for row in engine.find(ask, DEPTH).rows}
