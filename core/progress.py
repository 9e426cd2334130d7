"""A progress line for commands that take longer than a second."""

import sys
from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

from django.utils.translation import gettext as _

T = TypeVar("T")
WIDTH = 30


def progress(things: Iterable[T], *, total: int, what: str, out: TextIO | None = None) -> Iterator[T]:
    """Pass `things` on while drawing "what [####    ] 312 of 381"; silent lines when no one watches."""
    out = out or sys.stderr
    step = max(1, total // 100)
    done = 0
    for done, thing in enumerate(things, start=1):
        yield thing
        if out.isatty() and (done % step == 0 or done == total):
            bar = "#" * (WIDTH * done // max(total, 1))
            out.write(f"\r{what} [{bar:<{WIDTH}}] {_of(done, total)}")
            out.flush()
    out.write(f"\r{what}: {_of(done, total)}{' ' * WIDTH}\n")


def _of(done: int, total: int) -> str:
    return _("%(done)d of %(total)d") % {"done": done, "total": total}
