"""Measures relevance on judged questions: nDCG@10, success@3 and questions without a result, per class."""

import math
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

DEPTH = 10
SUCCESS_DEPTH = 3
GOOD_ENOUGH = 2

# A record is known by its name and the name of its organization, so that judgements outlive ids.
Known = tuple[str, str]


@dataclass(frozen=True)
class Judged:
    """One question, and how good which answers are (1 useful, 2 good, 3 best)."""

    kind: str
    text: str
    grades: Mapping[Known, int]
    municipality: str = ""
    now: datetime | None = None


@dataclass(frozen=True)
class Score:
    """The figures of a group of questions."""

    kind: str
    count: int
    ndcg: float
    success: float
    without: int


@dataclass(frozen=True)
class Outcome:
    """How one question went."""

    judged: Judged
    ndcg: float
    success: bool
    without: bool
    found: tuple[Known, ...]


def read(file: Path) -> list[Judged]:
    """Read a file of judged questions."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["question"]
    return [
        Judged(
            kind=row["kind"],
            text=row["q"],
            grades={(name, organization): grade for name, organization, grade in row["good"]},
            municipality=row.get("municipality", ""),
            now=row.get("now"),
        )
        for row in rows
    ]


def ndcg(found: Sequence[Known], grades: Mapping[Known, int], depth: int = DEPTH) -> float:
    """Compare the gain of this order with the best possible one; a grade g gains 2^g - 1."""
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(one, 0) for one in found[:depth]]) / best if best else 0.0


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def judge(questions: Iterable[Judged], answer: Callable[[Judged], Sequence[Known]]) -> list[Outcome]:
    """Ask every question; `answer` gives the results in order, the weaker ones last."""
    outcomes = []
    for question in questions:
        found = tuple(answer(question))
        hit = any(question.grades.get(one, 0) >= GOOD_ENOUGH for one in found[:SUCCESS_DEPTH])
        outcomes.append(Outcome(question, ndcg(found, question.grades), hit, not found, found))
    return outcomes


def summed(outcomes: Sequence[Outcome]) -> list[Score]:
    """Give the figures per class and, last, of all together."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.judged.kind].append(outcome)
    groups["all"] = list(outcomes)
    return [_score(kind, group) for kind, group in groups.items()]


def _score(kind: str, group: Sequence[Outcome]) -> Score:
    count = len(group)
    return Score(
        kind=kind,
        count=count,
        ndcg=sum(outcome.ndcg for outcome in group) / max(count, 1),
        success=sum(outcome.success for outcome in group) / max(count, 1),
        without=sum(outcome.without for outcome in group),
    )
