"""What the network holds: questions that are stuck, a closure that stops the clock, who is away, and the deadlines."""

from datetime import time, timedelta

from django.utils import timezone

from demo import cast
from demo.cast import BERT, BUDGETHUIS, JONAS, LOTTE, NOOR, PANNENHOEK, WINDVANG
from demo.past import at, workdays_ago
from demo.roads import Case, begin_of, draft, is_told, remind, running, send
from doorverwijzing.clock import pausing, terms
from doorverwijzing.live import working_hours
from doorverwijzing.models import Deadline, Referral, WorkingHours
from doorverwijzing.workflow import Phase, Term
from gebied.models import PrimaryCareZone
from organisaties import absence
from organisaties.models import Absence
from sociale_kaart.models import Schedule

# Nobody answers, or nobody looks back: up the whole chain, and with the coordination now.
RAF = Case(
    "Raf", NOOR, "sociaal-huis-jabbeke", "zijn water niet kwijt", "Ze zetten maandag een begrenzer.", 8,
    domain="day", phone="0470 00 00 61", municipality="Jabbeke", service="Licht en water houden",
)  # fmt: skip
ANNIE = Case(
    "Annie", "sociaal-huis-beernem", "thuiszorg-lindeboom", "iemand die de was doet",
    "De trap naar de kelder is te steil.", 72, domain="selfcare", phone="0470 00 00 63", municipality="Beernem",
    service="Poetshulp aan huis",
)  # fmt: skip
STEPS = 4
# Shared and never opened: the desk is closed for a while, and the clock stands still.
MILAN = Case(
    "Milan", LOTTE, "woonloket-vier-kerken", "melden dat het water door het plafond komt",
    "De emmer staat er al een maand.", 8, phone="0470 00 00 64", household="Met zijn vriendin",
    service="Een slecht huis melden",
)  # fmt: skip
CLOSED = "Gesloten door verbouwing. Bel het hoofdkantoor bij dringende vragen."
# Weekday (0 is Monday), from, until: when people there can be in a call or a visit.
HOURS = {
    BUDGETHUIS: [(0, 9, 17), (1, 9, 17), (3, 9, 17), (4, 9, 16)],
    WINDVANG: [(1, 9, 17), (2, 9, 18), (3, 9, 17), (4, 9, 12)],
}
TERMS = {(Phase.DRAFT, "routine"): Term(days=4), (Phase.LOOK_BACK, "routine"): Term(days=60)}
# A care zone that asks more of itself, and one that has more time.
OF_A_ZONE = {
    "Brugge": {(Phase.CONTACT, "routine"): Term(days=4), (Phase.WAY_ON, "routine"): Term(days=2)},
}


def some_questions_are_stuck() -> None:
    """Let one receiver not answer and another one not look back; the coordination knows of both."""
    if is_told(RAF):
        return
    with at(begin_of(RAF)):
        raf = send(RAF, draft(RAF))
    remind(raf, range(STEPS, 0, -1))
    with at(begin_of(ANNIE)):
        annie = send(ANNIE, draft(ANNIE))
    running(annie, cast.worker_of(annie.receiver), ANNIE)
    remind(annie, range(STEPS + 1, 0, -1))


def a_closure_stops_the_clock() -> None:
    """Announce a closure after the question was sent: nobody is blamed, and it stays unopened."""
    if is_told(MILAN):
        return
    with at(begin_of(MILAN)):
        referral = send(MILAN, draft(MILAN))
    with at(workdays_ago(7, 8)):
        Schedule.objects.get_or_create(
            service=referral.service, notes=CLOSED, valid_from=timezone.localdate(),
            defaults={"valid_to": timezone.localdate() + timedelta(days=16)},
        )  # fmt: skip
        pausing.pause(Referral.objects.filter(pk=referral.pk), timezone.now())


def a_colleague_is_away() -> None:
    """Note that someone will be away, with a colleague who stands in."""
    ours, jonas = cast.house(PANNENHOEK), cast.someone(JONAS)
    if Absence.objects.filter(user=jonas).exists():
        return
    today = timezone.localdate()
    with at(workdays_ago(3, 16)):
        absence.go_away(
            jonas, ours, starts_on=today + timedelta(days=9), ends_on=today + timedelta(days=20),
            stand_in=cast.someone(LOTTE), by=jonas,
        )  # fmt: skip


def people_have_working_hours() -> None:
    """Say for two partners when their people can be in a call."""
    bert = cast.someone(BERT)
    for slug, rows in HOURS.items():
        organization = cast.house(slug)
        if not WorkingHours.objects.filter(organization=organization).exists():
            stretches = [(day, time(begins), time(ends)) for day, begins, ends in rows]
            working_hours.keep(organization, stretches, by=bert)


def deadlines_of_the_network() -> None:
    """Choose two terms for the network, and two more for one care zone."""
    if Deadline.objects.exists():
        return
    bert = cast.someone(BERT)
    terms.keep(None, {**terms.table(None), **TERMS}, by=bert)
    for name, own in OF_A_ZONE.items():
        zone = PrimaryCareZone.objects.get(name=name)
        terms.keep(zone, {**terms.table(zone), **own}, by=bert)


STORIES = (
    some_questions_are_stuck, a_closure_stops_the_clock, a_colleague_is_away, people_have_working_hours,
    deadlines_of_the_network,
)  # fmt: skip
