"""The road through a conversation: what has an ending, what is missing, where one goes next. No Django imports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

ACTION = "action"
# These end a part by themselves; an action ends it only once there is a step with a name and a day.
ENDINGS = frozenset({"later", "nothing", "rather_not"})
# Endings by which someone says that nothing has to come out of the talk now.
QUIET = frozenset({"nothing", "rather_not"})


class Lack(StrEnum):
    """What stands between a conversation and its end."""

    ENDING = "ending"
    STEP = "step"
    QUESTION = "question"
    GOAL = "goal"
    NEXT = "next"


@dataclass(frozen=True)
class Part:
    """One life domain in one conversation, as far as the road needs to know it."""

    code: str
    name: str
    touched: bool = False
    outcome: str = ""
    steps: int = 0


@dataclass(frozen=True)
class Asked:
    """One clarified question of a talk; `step` tells whether it has a next step with a name and a day."""

    key: str
    wish: str
    domain: str = ""
    goal: bool = False
    step: bool = False


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, in which domain or at which question; without either it is about the whole talk."""

    lack: Lack
    code: str = ""
    name: str = ""
    question: str = ""


def is_touched(part: Part) -> bool:
    """Tell whether this domain was spoken about; an untouched one asks nothing."""
    return part.touched or bool(part.outcome) or part.steps > 0


def lack_of(part: Part) -> Lack | None:
    """Tell what a touched domain still misses: an ending, or the step that its action promises."""
    if not is_touched(part) or part.outcome in ENDINGS:
        return None
    if part.outcome == ACTION:
        return None if part.steps else Lack.STEP
    return Lack.ENDING


def is_ended(part: Part) -> bool:
    """Tell whether a touched domain ends in an action, a later day, or an explicit nothing."""
    return is_touched(part) and lack_of(part) is None


def gaps(parts: Iterable[Part]) -> list[Gap]:
    """List what the touched domains still miss, in their order."""
    lacks = ((part, lack_of(part)) for part in parts)
    return [Gap(lack, part.code, part.name) for part, lack in lacks if lack]


def before_finishing(parts: Sequence[Part], questions: Sequence[Asked]) -> list[Gap]:
    """List what keeps a conversation from being finished; empty when it may.

    A talk ends in at least one clarified question, unless everything that was touched ended in an explicit nothing;
    and each question says when it works and what happens next.
    """
    # Where the step of the question itself is missing, that is asked once: at the question.
    told = {question.domain for question in questions if not question.step}
    missing = [gap for gap in gaps(parts) if gap.lack is not Lack.STEP or gap.code not in told]
    touched = [part for part in parts if is_touched(part)]
    all_quiet = bool(touched) and all(part.outcome in QUIET for part in touched)
    if not questions and not all_quiet:
        missing.append(Gap(Lack.QUESTION))
    for question in questions:
        lacks = [(Lack.GOAL, question.goal), (Lack.NEXT, question.step)]
        missing += [Gap(lack, name=question.wish, question=question.key) for lack, there in lacks if not there]
    return missing


def after(codes: Sequence[str], here: str) -> str | None:
    """Give the domain that follows; None after the last one, when the question itself comes."""
    place = codes.index(here) + 1
    return codes[place] if place < len(codes) else None


def settled(parts: Iterable[Part]) -> list[str]:
    """Name the domains that have a next step."""
    return [part.name for part in parts if part.outcome == ACTION and is_ended(part)]
