"""Two people press at the same moment, for every pair of moves that cannot both happen. A program; facts as JSON."""

import json
import threading

import django

django.setup()

from django.db import connection, connections  # noqa: E402 (Django first)

from core import audit  # noqa: E402 (Django first)
from core.errors import NotAllowed, Refusal  # noqa: E402 (Django first)
from doorverwijzing import packet  # noqa: E402 (Django first)
from doorverwijzing.consent import taking_back  # noqa: E402 (Django first)
from doorverwijzing.models import Referral  # noqa: E402 (Django first)
from doorverwijzing.workflow import MOVES, Side, Status  # noqa: E402 (Django first)
from tests.doorverwijzing.history_cast import OTHERWISE, ROADS, as_the_rule_says  # noqa: E402 (Django first)
from tests.factories.doorverwijzing import Cast  # noqa: E402 (Django first)
from tests.factories.organisaties import MembershipFactory  # noqa: E402 (Django first)
from tests.factories.vraagverheldering import ClarifiedQuestionFactory  # noqa: E402 (Django first)

WITHDRAW = "withdraw"
# Made by people, each in its own way; the clock asks nobody.
TRIED = sorted({name for name, move in MOVES.items() if move.by != {Side.SYSTEM}} - OTHERWISE | {WITHDRAW})
PATIENCE = 30


def pairs() -> list[tuple[str, str, Status]]:
    """Give each pair of moves that start in the same state, with that state; a move beside itself too."""
    return [
        (one, other, min(MOVES[one].sources & MOVES[other].sources))
        for number, one in enumerate(TRIED)
        for other in TRIED[number:]
        if MOVES[one].sources & MOVES[other].sources
    ]


def act(name: str, referral: Referral, by: object) -> None:
    """Make a move the way people do."""
    if name == WITHDRAW:
        taking_back.withdraw(referral, by=audit.CLIENT)
    elif name in ROADS:
        ROADS[name](referral, by)
    else:
        as_the_rule_says(name, referral, by)


class Press(threading.Thread):
    """One person with a finger on the button; has read the page before anyone pressed."""

    def __init__(self, name: str, referral: Referral, by: object, start: threading.Barrier) -> None:
        super().__init__()
        self.move, self.referral, self.by, self.start_at, self.said = name, referral, by, start, "fault"

    def run(self) -> None:
        """Press."""
        try:
            self.start_at.wait(PATIENCE)
            act(self.move, self.referral, self.by)
            self.said = "done"
        except NotAllowed:
            self.said = "told"
        except Refusal as refusal:
            self.said = "told" if str(refusal) else "silence"
        finally:
            connections.close_all()


def press(cast: Cast, colleagues: dict[Side, list[object]], one: str, other: str, state: Status) -> dict[str, object]:
    """Let two press; tell what each heard and how it stands."""
    cast.question = ClarifiedQuestionFactory(client__organization=cast.house, conversation__worker=cast.lotte)
    pk = cast.at(state).pk
    before = Referral.objects.get(pk=pk).log.count()
    start = threading.Barrier(2)
    fingers = [
        Press(name, Referral.objects.get(pk=pk), colleagues[side_of(name)][number], start)
        for number, name in enumerate((one, other))
    ]
    for finger in fingers:
        finger.start()
    for finger in fingers:
        finger.join()
    now = Referral.objects.select_related("packet").get(pk=pk)
    return {
        "pair": f"{one} and {other} from {state}", "said": sorted(finger.said for finger in fingers),
        "steps": now.log.count() - before, "status": now.status,
        "possible": sorted({MOVES[name].target.value for name in (one, other)}),
        "readable": packet.read(now) is not None,
        "both": after(one, other) or after(other, one),
    }  # fmt: skip


def side_of(name: str) -> Side:
    """Tell who presses."""
    return next(side for side in (Side.SENDER, Side.RECEIVER, Side.CLIENT) if side in MOVES[name].by)


def after(first: str, second: str) -> bool:
    """Tell whether the second move may follow the first: then both may win."""
    return MOVES[first].target in MOVES[second].sources


def story() -> dict[str, object]:
    """Let two press for every pair."""
    cast = Cast()
    colleagues = {
        Side.SENDER: [cast.lotte, MembershipFactory(organization=cast.house).user],
        Side.RECEIVER: [cast.noor, MembershipFactory(organization=cast.rent_help).user],
        Side.CLIENT: [None, None],
    }
    pressed = [press(cast, colleagues, *pair) for pair in pairs()]
    return {"pressed": pressed, "chain": len(list(audit.verify())), "vendor": connection.vendor}


if __name__ == "__main__":
    print(json.dumps(story()))
