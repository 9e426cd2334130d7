"""The clock: the chain step by step, closures that pause it, downtime without a flood, and nobody's question lost."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core import audit, destroyed_keys, jobs, working
from core.errors import NotAllowed, Refusal
from core.models import DoomedKey, OutgoingMail
from doorverwijzing import receiving, waits
from doorverwijzing.clock import owners, terms, ticking
from doorverwijzing.deadlines import due, due_of
from doorverwijzing.guest import magic_link
from doorverwijzing.models import Deadline, Referral
from doorverwijzing.workflow import DEFAULT_TERMS, LADDER, PHASES, Phase, Status, Term
from gebied.models import PrimaryCareZone
from organisaties import absence, actions
from organisaties.models import Membership
from organisaties.roles import Role
from tests.doorverwijzing.stopping import killed_at_mail
from tests.factories.doorverwijzing import Cast, pieces
from tests.factories.organisaties import MembershipFactory, UserFactory
from tests.factories.sociale_kaart import ScheduleFactory

pytestmark = pytest.mark.django_db
# A Monday without holidays near it.
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def cast(time_machine, settings):
    """Give the people, on a Monday, with mails that stay in the outbox."""
    settings.MAIL_AT_ONCE = False
    time_machine.move_to(MONDAY, tick=False)
    return Cast()


@pytest.fixture
def lead(cast):
    """Give who manages the receiver."""
    return MembershipFactory(organization=cast.rent_help, role=Role.TEAM_LEAD, user__email="lead@huurhulp.example").user


def fresh(referral):
    return Referral.objects.get(pk=referral.pk)


def told():
    """Give to whom mails were written since the last time, in their order, and forget them."""
    found = [mail.to for mail in OutgoingMail.objects.order_by("created_at")]
    OutgoingMail.objects.all().delete()
    return found


def climb(time_machine, rounds):
    """Let the clock run twice at each moment that something can happen, and tell who heard of it each time."""
    heard = []
    for _round in range(rounds):
        ticking.run()
        ticking.run()
        heard.append(told())
        time_machine.shift(timedelta(days=4))
    return heard


def test_the_chain_goes_up_one_step_at_a_time_and_then_back_to_the_sender(cast, lead, coordinator, time_machine):
    referral = cast.sent()
    told()
    promised = referral.due_at
    time_machine.move_to(promised + timedelta(hours=1), tick=False)

    heard = climb(time_machine, 6)

    inbox = cast.rent_help.inbox
    assert heard == [[inbox], [inbox], [lead.email], [coordinator.email], [cast.lotte.email], [cast.lotte.email]]
    steps = audit.history(referral).filter(action__in=["referral.reminded", "referral.escalated"])
    assert [line.details["rung"] for line in steps][:4] == [rung.value for rung in LADDER]
    assert fresh(referral).state is Status.EXPIRED
    assert fresh(referral).turn == "sender"
    assert pieces(referral) is None, "nobody answered, and it can still be read"


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.RUNNING, Status.REFUSED, Status.UNREACHED])
def test_whoever_has_the_turn_is_chased_and_what_cannot_go_back_stays_with_the_network(
    cast, lead, coordinator, time_machine, status
):
    boss = MembershipFactory(organization=cast.house, role=Role.TEAM_LEAD, user__email="els@huis.example").user
    referral = cast.at(status)
    told()
    time_machine.move_to(referral.due_at + timedelta(hours=1), tick=False)

    heard = climb(time_machine, 4)

    ours = [cast.noor.email, lead.email] if referral.turn == "receiver" else [cast.lotte.email, boss.email]
    assert heard == [[ours[0]], [ours[0]], [ours[1]], [coordinator.email]]
    if status is not Status.ACCEPTED:
        assert climb(time_machine, 3) == [[], [], []]
        assert [one.pk for one in Referral.objects.stuck(timezone.now())] == [referral.pk]


def test_after_weeks_without_a_worker_nobody_is_flooded(cast, lead, time_machine):
    referrals = [cast.sent()]
    for _n in range(6):
        more = Cast()
        more.service, more.rent_help, more.noor = cast.service, cast.rent_help, cast.noor
        referrals.append(more.sent())
    told()
    time_machine.shift(timedelta(days=40))

    done = ticking.run()

    assert done["notices"] == 7
    (mail,) = OutgoingMail.objects.all()
    assert mail.to == cast.rent_help.inbox
    assert mail.subject.startswith("7 ")
    assert str(referrals[0].pk) not in mail.body
    assert ticking.run()["notices"] == 0
    assert set(Referral.objects.values_list("notices", flat=True)) == {1}


def test_a_crash_repeats_neither_a_step_nor_its_mail(cast, time_machine):
    referral, elsewhere = cast.sent(), Cast().sent()
    told()
    time_machine.move_to(referral.due_at + timedelta(hours=1), tick=False)
    # Stopped while the mail of the second group is written, after its step: what was done before stands.
    with killed_at_mail(2) as stopped:
        ticking.run()
    done = [one for one in (referral, elsewhere) if fresh(one).notices]
    assert [one.receiver.inbox for one in done] == told() == stopped[:1]
    assert (
        audit.history(next(one for one in (referral, elsewhere) if one not in done))
        .filter(action="referral.reminded")
        .count()
        == 0
    )

    ticking.run()

    assert {fresh(one).notices for one in (referral, elsewhere)} == {1}
    assert told() == stopped[1:2]


CLOSED = {"byday": "", "opens_at": None, "closes_at": None}


def test_a_closure_that_was_announced_is_not_counted_and_a_later_one_moves_the_day(cast, time_machine):
    friday = timezone.make_aware(datetime(2026, 11, 27, 17))
    ScheduleFactory(service=cast.service, valid_from=date(2026, 11, 24), valid_to=date(2026, 11, 25), **CLOSED)
    referral = cast.sent()
    assert referral.due_at == friday, "two working days, without Tuesday and Wednesday"
    told()

    ScheduleFactory(service=cast.service, valid_from=date(2026, 11, 26), valid_to=date(2026, 12, 1), **CLOSED)
    time_machine.move_to(friday + timedelta(hours=2), tick=False)
    done = ticking.run()

    assert (done["paused"], done["notices"], told()) == (1, 0, [])
    assert fresh(referral).due_at == timezone.make_aware(datetime(2026, 12, 3, 17))
    time_machine.move_to(fresh(referral).due_at + timedelta(hours=1), tick=False)
    assert ticking.run()["notices"] == 1


@pytest.mark.parametrize(
    ("until", "today", "left", "due_on"),
    [
        (None, 23, 0, date(2026, 11, 25)),
        (date(2026, 11, 24), 23, 1, date(2026, 11, 26)),
        # Late by their own change: there is a working day left to answer.
        (None, 27, 0, date(2026, 11, 30)),
    ],
)
def test_a_closure_that_is_called_off_or_shortened_gives_its_days_back(cast, time_machine, until, today, left, due_on):
    closed = ScheduleFactory(service=cast.service, valid_from=date(2026, 11, 24), valid_to=date(2026, 11, 27), **CLOSED)
    referral = cast.sent()
    assert (referral.due_at.date(), referral.paused_days) == (date(2026, 12, 1), 4)
    time_machine.move_to(datetime(2026, 11, today, 22, tzinfo=UTC), tick=False)
    still = owners.mend()["paused"]

    if until:
        closed.valid_to = until
        closed.save()
    else:
        closed.delete()

    assert (still, owners.mend()["paused"], owners.mend()["paused"]) == (0, 1, 0)
    assert (fresh(referral).due_at, fresh(referral).paused_days) == (
        timezone.make_aware(datetime.combine(due_on, time(17))), left,
    )  # fmt: skip


def test_a_holiday_and_a_weekend_are_not_counted(cast):
    eve = timezone.make_aware(datetime(2026, 12, 24, 10))

    assert due_of(cast.sent(), Status.SENT, eve) == timezone.make_aware(datetime(2026, 12, 29, 17))


def test_a_closure_without_an_end_stops_no_clock_and_a_long_one_only_for_a_while(cast):
    two_days = due_of(cast.sent(), Status.SENT, timezone.now())
    ScheduleFactory(service=cast.service, valid_from=date(2026, 11, 24), valid_to=None, **CLOSED)
    referral = Referral.objects.get()
    assert due_of(referral, Status.SENT, timezone.now()) == two_days

    ScheduleFactory(service=cast.service, valid_from=date(2026, 11, 24), valid_to=date(2027, 6, 1), **CLOSED)
    assert due_of(referral, Status.SENT, timezone.now()) == timezone.make_aware(datetime(2026, 12, 16, 17))


def test_terms_come_from_the_region_then_the_network_then_the_house(cast, coordinator):
    here = PrimaryCareZone.objects.exclude(municipalities=None).first()
    municipality = here.municipalities.first()
    cast.question.client.municipality = municipality
    cast.question.client.save()
    table = terms.table(None) | {(Phase.ANSWER, "routine"): Term(days=3)}
    assert terms.keep(None, table, by=coordinator) == 1
    assert terms.keep(here, terms.table(here) | {(Phase.ANSWER, "urgent"): Term(hours=6)}, by=coordinator) == 1

    assert cast.sent().due_at == timezone.make_aware(datetime(2026, 11, 26, 17))
    urgent = due(Status.SENT, "urgent", timezone.now(), municipality=municipality)
    assert urgent == timezone.make_aware(datetime(2026, 11, 23, 17))
    assert due(Status.SENT, "urgent", timezone.now()) == timezone.make_aware(datetime(2026, 11, 23, 15))
    back = terms.table(None) | {(Phase.ANSWER, "routine"): DEFAULT_TERMS[Phase.ANSWER]["routine"]}
    terms.keep(None, back, by=coordinator)
    assert Deadline.objects.count() == 1
    with pytest.raises(NotAllowed):
        terms.keep(None, back, by=cast.lotte)


def test_the_database_refuses_a_taken_question_without_an_owner(cast):
    referral = cast.accepted()

    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(receiver_worker=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(due_at=None)
    for warmth in (0, 6):
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(pk=referral.pk).update(warmth=warmth)


def test_who_leaves_or_is_away_hands_over_and_the_team_lead_gets_the_rest(cast, lead, time_machine):
    stand_in = MembershipFactory(organization=cast.rent_help).user
    first, second = cast.accepted(), None
    more = Cast()
    more.service, more.rent_help, more.noor = cast.service, cast.rent_help, cast.noor
    absence.go_away(
        cast.noor, cast.rent_help, starts_on=timezone.localdate(), ends_on=date(2026, 12, 4), stand_in=stand_in,
        by=cast.noor,
    )  # fmt: skip
    assert fresh(first).receiver_worker == stand_in
    second = more.accepted()
    told()

    time_machine.move_to(second.due_at + timedelta(hours=1), tick=False)
    ticking.run()
    assert set(told()) == {stand_in.email, cast.rent_help.inbox}, "not to who is away"
    actions.leave(stand_in, cast.rent_help, by=lead)
    assert fresh(first).receiver_worker == lead
    actions.leave(cast.noor, cast.rent_help, by=lead, to=lead)
    assert fresh(second).receiver_worker == lead
    assert told() == []
    with pytest.raises(Refusal):
        absence.go_away(
            lead, cast.rent_help, starts_on=date(2026, 12, 1), ends_on=None, stand_in=cast.lotte, by=lead
        )  # fmt: skip


def test_an_absence_hands_over_on_its_first_day(cast, lead, time_machine):
    referral = cast.accepted()
    away = {"starts_on": date(2026, 11, 30), "ends_on": None, "stand_in": None, "by": cast.noor}
    absence.go_away(cast.noor, cast.rent_help, **away)
    absence.go_away(cast.noor, cast.rent_help, **away)
    assert absence.begin_due() == {"handed over": 0}

    time_machine.move_to(datetime(2026, 11, 30, 8, tzinfo=UTC), tick=False)

    assert absence.begin_due() == {"handed over": 1}
    assert absence.begin_due() == {"handed over": 0}
    assert fresh(referral).receiver_worker == lead
    absence.come_back(cast.noor.absences.get(), by=cast.noor)
    assert not absence.is_away(cast.noor, cast.rent_help)


def test_the_night_mends_what_has_no_owner_and_tells_the_network_what_cannot_be_mended(cast, lead, coordinator):
    taken, waiting = cast.accepted(), Cast()
    sent = waiting.sent()
    told()
    Membership.objects.filter(user=cast.noor).update(ended_at=timezone.now())
    waiting.lotte.is_active = False
    waiting.lotte.save()
    Membership.objects.filter(organization=waiting.rent_help).update(ended_at=timezone.now())
    type(waiting.rent_help).objects.filter(pk=waiting.rent_help.pk).update(inbox="")

    done = owners.mend()

    assert fresh(taken).receiver_worker == lead
    assert done["handed over"] == 1
    assert [one.referral.pk for one in owners.lost()] == [sent.pk]
    assert coordinator.email in told()
    assert owners.mend()["handed over"] == 0


def test_the_worker_of_the_queue_looks_at_every_owner_at_night(cast, lead, monkeypatch, time_machine):
    referral = cast.accepted()
    job = next(job for job in jobs.all_jobs() if job.name == "owners")
    monkeypatch.setattr(jobs, "_jobs", {job.name: job})
    jobs.run_of(job)
    Membership.objects.filter(user=cast.noor).update(ended_at=timezone.now())
    time_machine.move_to(datetime(2026, 11, 24, 1, tzinfo=UTC), tick=False)
    working.run_once()
    by_day = fresh(referral).receiver_worker

    time_machine.move_to(datetime(2026, 11, 24, 3, tzinfo=UTC), tick=False)
    working.run_once()

    assert (by_day, fresh(referral).receiver_worker) == (cast.noor, lead)
    assert jobs.run_of(job).outcome.startswith("handed over: 1")


def test_every_turn_that_comes_from_elsewhere_has_someone_to_hear_of_it(cast, coordinator, time_machine):
    referral = cast.refused()
    elsewhere = UserFactory(email="1@elsewhere.invalid", is_active=False)
    Referral.objects.update(sender_worker=elsewhere)
    told()
    time_machine.move_to(fresh(referral).due_at + timedelta(hours=1), tick=False)

    ticking.run()

    assert told() == [coordinator.email]
    assert [one.referral.pk for one in owners.lost()] == [referral.pk]


def test_every_state_with_a_turn_has_a_phase():
    assert set(PHASES.values()) == set(Phase) - {Phase.NOTICE}


def test_who_left_meanwhile_does_not_stand_in(cast, time_machine):
    lead = MembershipFactory(organization=cast.house, role=Role.TEAM_LEAD).user
    stand_in = MembershipFactory(organization=cast.house).user
    referral, later = cast.sent(), timezone.localdate() + timedelta(days=2)
    absence.go_away(cast.lotte, cast.house, starts_on=later, ends_on=None, stand_in=stand_in, by=cast.lotte)
    actions.leave(stand_in, cast.house, by=stand_in)
    time_machine.move_to(timezone.now() + timedelta(days=2))

    absence.begin_due()

    assert fresh(referral).sender_worker == lead


def test_help_of_which_the_day_to_look_back_went_by_waits_with_who_gives_it(cast, lead, time_machine):
    referral = cast.running()
    before = waits.waiting(cast.noor), waits.counts(cast.noor, {Role.FRONTLINE_WORKER})
    time_machine.move_to(fresh(referral).due_at + timedelta(minutes=1), tick=False)
    ticking.run()

    rows = waits.waiting(cast.noor)
    counted = waits.counts(cast.noor, {Role.FRONTLINE_WORKER})
    receiving.start(fresh(referral), by=cast.noor)

    assert (before[0], before[1]["inbox"]) == ([], 0)
    assert [row.title for row in rows] == ["Kijk terug met Amina: loopt de hulp nog?"]
    assert (counted["today"], counted["inbox"]) == (1, 1)
    assert waits.waiting(cast.noor) == []
    assert fresh(referral).due_at > timezone.now() + timedelta(days=80)
    assert fresh(referral).state is Status.RUNNING


def test_nobody_else_says_that_the_help_still_runs(cast, time_machine):
    referral = cast.running()
    time_machine.move_to(fresh(referral).due_at + timedelta(minutes=1), tick=False)
    ticking.run()

    with pytest.raises(NotAllowed):
        receiving.start(fresh(referral), by=cast.lotte)


def test_a_house_of_which_nobody_can_log_in_any_more_gets_a_link(cast):
    cast.noor.is_active = False
    cast.noor.save()

    referral = cast.sent()

    assert magic_link.is_for_guests(referral)


def test_the_clock_ends_a_key_that_a_crash_left_behind(cast):
    referral = cast.refused()
    (doomed,) = DoomedKey.objects.values_list("key_id", flat=True)

    ticking.run()

    assert destroyed_keys.holds(doomed) and not DoomedKey.objects.exists()
    assert pieces(referral) is None
