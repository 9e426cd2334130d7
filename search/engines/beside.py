"""A second core for what tantivy does outside Python, while the first goes on."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
CORES = len(os.sched_getaffinity(0))


class _Hands:
    """The threads of this process, made when they are first needed: no thread outlives a fork."""

    pool: ThreadPoolExecutor | None = None


def _forget() -> None:
    _Hands.pool = None


os.register_at_fork(after_in_child=_forget)


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin this as soon as another core is free; call what is returned for the answer.

    What nobody began by then is done by who asks, so that nobody waits behind the work of others.
    """
    if CORES == 1:
        return work
    if _Hands.pool is None:
        _Hands.pool = ThreadPoolExecutor(CORES - 1, thread_name_prefix="search")
    begun = _Hands.pool.submit(work)
    return lambda: work() if begun.cancel() else begun.result()
