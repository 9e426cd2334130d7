"""What waits for one person: the rows of the day and the numbers of the rail, out of the same kinds."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet, Value
from django.utils import timezone

from core.models import User
from core.prepared import Prepared
from doorverwijzing import today, watchers
from doorverwijzing.today import Wait
from doorverwijzing.workflow import Side
from organisaties.roles import CARE_ROLES, Role

OF_THE_INBOX = ("inbox", "look_back")
OF_THE_OUTBOX = ("back", "unasked", "moments", "clients")
# Behind which place of the rail each kind of row stands.
PLACES = {
    "inbox": OF_THE_INBOX,
    "outbox": OF_THE_OUTBOX,
    "network": ("stuck", "consultations"),
    "personal_data": ("overrides", "emergencies", "requests", "incidents"),
}
# Rows of the day that stand open; a single row more is not worth folding.
AT_ONCE = 5


def waiting(user: User) -> list[Wait]:
    """List what this person must do or look at; late first."""
    return sorted([*today.waiting(user), *watchers.waiting(user)], key=lambda wait: wait.due)


def split(rows: Sequence[Wait]) -> tuple[Sequence[Wait], Sequence[Wait]]:
    """Part the list in what stands open and what is folded under it; who is late always stands open."""
    now = timezone.now()
    kept = max(AT_ONCE, sum(wait.due < now for wait in rows))
    return (rows, ()) if len(rows) <= kept + 1 else (rows[:kept], rows[kept:])


def people_and_others(rows: Sequence[Wait]) -> tuple[int, int]:
    """Count who waits, each once, and what else there is to do; together they are the list."""
    people = len({wait.person for wait in rows} - {None})
    return people, len(rows) - people


def first_in_list(user: User, side: Side, most: int) -> list[UUID]:
    """Name what stands on top of the list of one side: what waits for this person, whose clock ends first."""
    kinds = today.waiting_kinds(user)
    by_clock = F("due_at").asc(nulls_last=True)
    found = {
        key: due or status_at
        for kind in (OF_THE_INBOX if side is Side.RECEIVER else OF_THE_OUTBOX)
        for key, due, status_at in kinds[kind].order_by(by_clock).values_list("pk", "due_at", "status_at")[:most]
    }
    return sorted(found, key=lambda key: (found[key], key))[:most]


def counts(user: User, roles: Collection[Role]) -> dict[str, int]:
    """Count what waits behind each place of the rail, and the rows of a day; two queries at most."""
    found = dict(OF_CARE.rows(user)) if CARE_ROLES & set(roles) else {}
    found |= numbers(watchers.waiting_kinds(user, roles))
    places = {place: sum(found.get(kind, 0) for kind in kinds) for place, kinds in PLACES.items()}
    # What nobody moves is one row of a day: calling about it is one thing to do. Its own page counts each question.
    found["stuck"] = min(found.get("stuck", 0), 1)
    return {"today": sum(found.values()), **places}


def watched(user: User, roles: Collection[Role]) -> dict[str, int]:
    """Count what waits behind each place of the pages for who watches in these roles."""
    kinds = watchers.waiting_kinds(user, roles)
    return {**dict.fromkeys(kinds, 0), **numbers(kinds)}


def numbers(kinds: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Count each kind, all in one query; what has no row has no number."""
    return dict(_counted(kinds)) if kinds else {}


def _counted(kinds: Mapping[str, QuerySet[Any]]) -> QuerySet[Any, Any]:
    """Count each kind, as a row with its name."""
    named = [kept.order_by().annotate(waits_as=Value(kind)).values("waits_as") for kind, kept in kinds.items()]
    counted = [kept.annotate(waits=Count("pk")).values_list("waits_as", "waits") for kept in named]
    return counted[0].union(*counted[1:], all=True)


# The rail of every page of a worker shows these.
OF_CARE = Prepared(lambda user: _counted(today.waiting_kinds(user)))
