"""A line that tells how far a long piece of work is, when nobody can count it beforehand in things."""

import time
from typing import TextIO

from django.utils.translation import gettext as _

MEGABYTE = 1_000_000


class Meter:
    """Draws "database: 34 of 120 MB", at most twice a second when someone watches, and once at the end."""

    def __init__(self, what: str, out: TextIO, total: int = 0) -> None:
        self.what, self.out, self.total = what, out, total
        self.done = 0
        self.drawn = time.monotonic()

    def add(self, size: int) -> None:
        """Count so many bytes more."""
        self.done += size
        if self.out.isatty() and time.monotonic() - self.drawn > 0.5:
            self.out.write(f"\r{self._words()}")
            self.out.flush()
            self.drawn = time.monotonic()

    def end(self) -> None:
        """Draw the last line."""
        start = "\r" if self.out.isatty() else ""
        self.out.write(f"{start}{self._words()}\n")

    def _words(self) -> str:
        done, total = f"{self.done / MEGABYTE:.1f}", f"{self.total / MEGABYTE:.1f}"
        size = _("%(done)s of %(total)s") % {"done": done, "total": total} if self.total else done
        return f"{self.what}: {size} MB"
