"""What an import tells afterwards: how many objects, and each problem as one sentence."""

import json
import re
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

SHOWN = 20
IN_MEMORY = 4 * 1024 * 1024
# What no file and no screen can take: control characters, and half letters.
_UNSAYABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Problem(NamedTuple):
    """One thing that was not as the standard asks. `row` counts as a spreadsheet does: the header is row 1."""

    object: str
    id: str
    row: int | None
    field: str
    reason: str
    rejected: bool = False


def _sayable(problem: Problem) -> Problem:
    texts = (problem.object, problem.id, problem.field, problem.reason)
    if not any(map(_UNSAYABLE.search, texts)):
        return problem
    kind, given, column, reason = (_UNSAYABLE.sub("\ufffd", text) for text in texts)
    return problem._replace(object=kind, id=given, field=column, reason=reason)


class Tally:
    """The outcome of one batch; thrown away when the batch could not be written."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.problems: list[Problem] = []


class Report:
    """Counts of a whole run. The problems wait in a temporary file, so that a bad source does not fill memory."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.records = 0
        self.shown: list[Problem] = []
        self.problem_count = 0
        self._told: set[int] = set()
        self._lines: IO[str] = tempfile.SpooledTemporaryFile(  # noqa: SIM115 (lives as long as the report)
            max_size=IN_MEMORY, mode="w+", encoding="utf-8"
        )
        weakref.finalize(self, self._lines.close)

    def take(self, tally: Tally) -> None:
        """Add the outcome of a batch."""
        self.counts += tally.counts
        self.tell(tally.problems)

    def tell(self, problems: Iterable[Problem]) -> None:
        """Add problems; the same sentence about the same object is told once, unless it is a rejection."""
        for problem in map(_sayable, problems):
            key = hash((problem.object, problem.id, problem.field, problem.reason))
            if key in self._told and not problem.rejected:
                continue
            self._told.add(key)
            self.problem_count += 1
            if len(self.shown) < SHOWN:
                self.shown.append(problem)
            self._lines.write(json.dumps(problem._asdict(), ensure_ascii=False) + "\n")

    @property
    def read(self) -> int:
        """Every object that was looked at had exactly one of four outcomes."""
        return sum(self.counts[outcome] for outcome in ("created", "changed", "unchanged", "rejected"))

    def problems(self) -> Iterator[dict[str, object]]:
        """Give all problems, in the order of the source."""
        self._lines.seek(0)
        for line in self._lines:
            yield json.loads(line)
        self._lines.seek(0, 2)

    def write(self, path: Path) -> None:
        """Write the report as JSON, problem by problem."""
        head = {
            "read": self.read,
            **{name: self.counts[name] for name in ("created", "changed", "unchanged", "mended", "rejected")},
            "records": self.records,
        }
        with path.open("w", encoding="utf-8") as out:
            out.write(json.dumps(head)[:-1] + ', "problems": [')
            for number, problem in enumerate(self.problems()):
                out.write(("," if number else "") + "\n" + json.dumps(problem, ensure_ascii=False))
            out.write("]}\n")
