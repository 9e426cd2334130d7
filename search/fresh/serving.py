"""Which engine answers: the server where there is one, else, and while it is away, the index of this node."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from search.engines import index
from search.engines.base import Engine, EngineDownError
from search.engines.server import server
from search.fresh import sync

if TYPE_CHECKING:
    from search.engines.elastic_server import Server

T = TypeVar("T")
log = logging.getLogger(__name__)


def answer(ask: Callable[[Engine], T]) -> tuple[T, bool]:
    """Give the answer, and whether it came from the engine that stands in. Raises EngineDownError when none answers."""
    far = server()
    if far and far.breaker.lets_through():
        try:
            found = ask(_in_step(far))
        except EngineDownError as away:
            log.warning("search.server %s", away)
            far.breaker.failed()
        else:
            if far.breaker.worked():
                log.info("search.server back")
            return found, False
    return _from_here(ask), far is not None


def _from_here(ask: Callable[[Engine], T]) -> T:
    """Ask the index of this node, once more with a new one where its files turn out to be damaged."""
    with _UnlessDamaged():
        return ask(index.engine())
    return ask(index.engine())


class _UnlessDamaged:
    """Lets pass over what tantivy says of a damaged file: a ValueError, or a panic of Rust, which is no Exception."""

    def __enter__(self) -> None:
        """Begin to ask."""

    def __exit__(self, kind: type[BaseException] | None, _failure: object, _trace: object) -> bool:
        """Tell whether it was a damaged file, which is given up; a bug of ours stays one."""
        is_tantivy = kind is not None and (issubclass(kind, ValueError) or kind.__name__ == "PanicException")
        return is_tantivy and index.give_up_damaged()


def _in_step(far: "Server") -> Engine:
    """Give the engine of the server, with what it missed while it was away."""
    if far.may_be_behind:
        sync.bring_up(far)
    return far.engine()
