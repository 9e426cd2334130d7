"""How a receiver answers: one neutral line at the moment of choice. Facts, never a rank."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.moments import ago
from core.workdays import is_workday
from doorverwijzing.deadlines import OFFICE_CLOSES, OFFICE_OPENS
from doorverwijzing.models import Referral, Step
from doorverwijzing.workflow import AT_HOME, Status
from sociale_kaart.models import Service
from sociale_kaart.opening import opening_of

WINDOW = timedelta(days=90)
# Below this many questions a figure says more about chance than about the receiver.
TOO_FEW = 5
MOST = 100
ANSWERS = ("accept", "refuse", "pass_on")
HOURS_A_DAY = 8
CONDITIONS_SHOWN = 2


@dataclass(frozen=True)
class Figures:
    """What the last ninety days say. `hours` are office hours; both are empty when there were too few questions."""

    asked: int = 0
    hours: float | None = None
    in_time: int | None = None


@dataclass(frozen=True)
class Line:
    """What stands under a service when one chooses: each part a short sentence."""

    figures: Figures
    speed: str
    room: str
    hours: str
    languages: str
    conditions: str

    @property
    def words(self) -> str:
        """Say it as one line."""
        return _joined(self.speed, self.room, self.hours, self.languages, self.conditions)

    @property
    def short(self) -> str:
        """Say what a row of results does not show already: its badges tell hours and languages.

        Of most receivers too little is known to say how fast they answer; then a few words do, in row after row.
        """
        speed = _("Time to answer not measured yet.") if self.figures.in_time is None else self.speed
        return _joined(speed, self.room, self.conditions)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def lines_for(ids: Iterable[str], *, now: datetime | None = None) -> dict[str, Line]:
    """Give the line of each service by its id, in a number of queries that does not grow with the list."""
    now = now or timezone.now()
    found = Service.objects.for_card().prefetch_related("capacities__unit").filter(pk__in=[str(pk) for pk in ids])
    services = list(found.order_by("pk"))
    figures = figures_of({str(service.organization_id) for service in services}, now=now)
    nothing = Figures()
    return {
        str(service.pk): _line(service, figures.get(str(service.organization_id), nothing), now) for service in services
    }


def figures_of(organizations: Iterable[str], *, now: datetime) -> dict[str, Figures]:
    """Count per organization how fast it answered the questions of the last ninety days, in two queries.

    Of a busy receiver the newest hundred are read: they say the same.
    """
    recent = Referral.objects.filter(receiver__in=list(organizations), sent_at__gte=now - WINDOW)
    newest = Window(RowNumber(), partition_by="receiver", order_by="-sent_at")
    asked = recent.exclude(status__in=[*AT_HOME]).annotate(newest=newest).filter(newest__lte=MOST)
    sent = {referral.pk: referral for referral in asked.only("sent_at", "due_at", "status", "receiver").order_by("pk")}
    answered: dict[object, tuple[datetime, datetime | None]] = {}
    steps = Step.objects.filter(referral__in=list(sent), move__in=ANSWERS)
    for referral_id, at, expected in steps.order_by("at").values_list("referral_id", "at", "due_at"):
        answered.setdefault(referral_id, (at, expected))
    cases: dict[str, list[tuple[float | None, bool]]] = defaultdict(list)
    for referral in sent.values():
        if case := _case(referral, answered.get(referral.pk), now):
            cases[str(referral.receiver_id)].append(case)
    return {organization: _figures(rows) for organization, rows in cases.items()}


def _case(
    referral: Referral, answer: tuple[datetime, datetime | None] | None, now: datetime
) -> tuple[float | None, bool] | None:
    """Give the hours until the answer and whether it was in time; None for what was not to be answered yet.

    In time is before the moment that was promised, pauses of the receiver and all; without a promise it always is.
    """
    if referral.sent_at is None:
        return None
    if answer:
        at, expected = answer
        return office_hours(referral.sent_at, at), expected is None or at <= expected
    waits = referral.state in (Status.SENT, Status.RECEIVED) and referral.due_at is not None and referral.due_at < now
    return (None, False) if waits or referral.state is Status.EXPIRED else None


def _figures(cases: list[tuple[float | None, bool]]) -> Figures:
    if len(cases) < TOO_FEW:
        return Figures(asked=len(cases))
    hours = [spent for spent, _in_time in cases if spent is not None]
    in_time = sum(1 for _spent, kept in cases if kept)
    return Figures(len(cases), median(hours) if hours else None, in_time)


def office_hours(since: datetime, until: datetime) -> float:
    """Count the office hours between two moments: nobody is slow over a weekend."""
    start, end = timezone.localtime(since), timezone.localtime(until)
    total, day = timedelta(), start.date()
    while day <= end.date():
        if is_workday(day):
            opens = timezone.make_aware(datetime.combine(day, OFFICE_OPENS))
            closes = timezone.make_aware(datetime.combine(day, OFFICE_CLOSES))
            total += max(min(end, closes) - max(start, opens), timedelta())
        day += timedelta(days=1)
    return total.total_seconds() / 3600


def _line(service: Service, figures: Figures, now: datetime) -> Line:
    return Line(
        figures,
        speed=_speed(figures),
        room=_capacity(service, now),
        hours=capfirst(opening_of(service, now).words.rstrip(".")) + ".",
        languages=_languages(service),
        conditions=_conditions(service),
    )


def _speed(figures: Figures) -> str:
    if figures.in_time is None:
        return _("Too few questions in 90 days to say how fast they answer.")
    words = {"in_time": figures.in_time, "asked": figures.asked, "time": _spent(figures.hours)}
    if figures.hours is None:
        return _("In 90 days: %(in_time)s of %(asked)s answered in time.") % words
    return _("Mostly answers within %(time)s; %(in_time)s of %(asked)s in time, in 90 days.") % words


def _spent(hours: float | None) -> str:
    """Say office hours the way people do; eight of them are a working day."""
    if hours is None:
        return ""
    if hours < HOURS_A_DAY:
        whole = max(round(hours), 1)
        return ngettext("%(count)s hour", "%(count)s hours", whole) % {"count": whole}
    days = round(hours / HOURS_A_DAY)
    return ngettext("%(count)s working day", "%(count)s working days", days) % {"count": days}


def _capacity(service: Service, now: datetime) -> str:
    """Say how much room there is and how old that is; that nobody is taken is never hidden behind a count of before."""
    newest, today = next(iter(service.capacities.all()), None), timezone.localdate(now)
    if newest is None:
        return _taking(service, today)
    words = {"free": f"{newest.available:g}", "unit": newest.unit, "age": ago(newest.updated, today=today)}
    free = _("Free: %(free)s %(unit)s (%(age)s).") % words
    return free if service.takes_new_people or not newest.available else _joined(_taking(service, today), free)


def _taking(service: Service, today: date) -> str:
    age = _(" (checked %(age)s)") % {"age": ago(service.assured_date, today=today)} if service.assured_date else ""
    if not service.takes_new_people:
        return _("Takes nobody new now%(age)s.") % {"age": age}
    if service.waiting_weeks:
        weeks = ngettext("%(count)s week", "%(count)s weeks", service.waiting_weeks) % {"count": service.waiting_weeks}
        return _("Waiting time about %(weeks)s%(age)s.") % {"weeks": weeks, "age": age}
    return _("Takes new people%(age)s.") % {"age": age}


def _languages(service: Service) -> str:
    names = [str(language) for language in service.languages.all()]
    return _("Speaks %(languages)s.") % {"languages": ", ".join(dict.fromkeys(names))} if names else ""


def _conditions(service: Service) -> str:
    lines = [line.strip().rstrip(".") for line in service.eligibility_description.splitlines() if line.strip()]
    if not lines:
        return ""
    return _("Conditions: %(conditions)s.") % {"conditions": ". ".join(lines[:CONDITIONS_SHOWN])}
