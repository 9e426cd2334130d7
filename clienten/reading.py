"""The read log: nothing of a client is shown before it is written down who looks.

A view that shows something of a client is decorated with `logs_reading`, itself or by the decorator that finds its
thing (`of_card`, `of_conversation`, `of_referral`). tests/leaks/test_read_log.py finds the one that is not.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from core import audit
from core.models import AuditEvent, User

READ = ".read"
SAFE = ("GET", "HEAD")
OK = 200
FIVE_MINUTES = 300
# The page that answers a press, such as a form with its errors.
PRESSED = "pressed"
# How the chain has always named them; anything else goes by the name of its model.
WORDS = {"clientcard": "client"}
View = Callable[..., HttpResponse]


def note(thing: models.Model, *, by: User | str, organization: audit.HasId | None, page: str = "") -> AuditEvent:
    """Write down that someone opened a thing of a client. `page` says which page, print or export; no content."""
    word = WORDS.get(str(thing._meta.model_name), str(thing._meta.model_name))
    details = {"page": page} if page else {}
    return audit.record(f"{word}{READ}", subject=thing, by=by, organization=organization, at=None, **details)


def note_once(thing: models.Model, *, by: User | str, organization: audit.HasId | None, page: str) -> None:
    """Write down a page that draws itself again while someone types: once in five minutes per colleague and thing."""
    who = by.pk if isinstance(by, User) else by
    if cache.add(f"read:{who}:{page}:{thing.pk}", True, timeout=FIVE_MINUTES):
        note(thing, by=by, organization=organization, page=page)


def logs_reading(seat: Callable[[Any, User], audit.HasId | None]) -> Callable[[View], View]:
    """See that a page of a client is written down in the read log before it goes out.

    The view gets its thing right after the request. What it writes down itself, with more detail, is enough. `seat`
    tells for which organization this person looks. A press that is answered with a page shows it as well.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, thing: models.Model, **parts: Any) -> HttpResponse:
            with audit.watched() as actions:
                response = view(request, thing, **parts)
            if response.status_code == OK and not any(action.endswith(READ) for action in actions):
                by = request.user if isinstance(request.user, User) else audit.VISITOR
                where = seat(thing, by) if isinstance(by, User) else None
                if request.method in SAFE:
                    note(thing, by=by, organization=where, page=str(view.__name__))
                else:
                    note_once(thing, by=by, organization=where, page=PRESSED)
            return response

        inner.logs_reading = True  # type: ignore[attr-defined]
        return inner

    return wrap


def readings(things: Iterable[models.Model]) -> models.QuerySet[AuditEvent]:
    """Give the lines about who read these things, oldest first."""
    about = Q(pk__in=[])
    for thing in things:
        about |= Q(subject_type=thing._meta.label_lower, subject_id=str(thing.pk))
    return AuditEvent.objects.filter(about, action__endswith=READ)
