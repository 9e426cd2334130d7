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
    """Begin this on another core; call what is returned to wait for the answer. With one core it waits its turn."""
    if CORES == 1:
        return work
    if _Hands.pool is None:
        _Hands.pool = ThreadPoolExecutor(CORES, thread_name_prefix="search")
    return _Hands.pool.submit(work).result
