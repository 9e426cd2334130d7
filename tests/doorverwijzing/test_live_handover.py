"""Speaking together: proposed, chosen, changed, refused, called off, remembered, and what came of it."""

import json
from datetime import datetime, timedelta

import pytest
from icalendar import Calendar

from clienten.rights_of_subject.erasing import erase
from core.errors import NotAllowed, Refusal
from core.models import AuditEvent, OutgoingMail
from doorverwijzing import actions, receiving
from doorverwijzing.live import appointments, outcome, reminding
from doorverwijzing.live.appointments import Wish
from doorverwijzing.live.asks import standing_of
from doorverwijzing.live.hours import ZONE
from doorverwijzing.live.rules import ACTS, STANDING, Stage
from doorverwijzing.models import Handover, Referral
from doorverwijzing.workflow import Side, Status
from organisaties import departures
from organisaties.models import Organization
from organisaties.roles import Role
from tests.factories.doorverwijzing import SHARED, Cast
from tests.factories.organisaties import MembershipFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=ZONE)
FIRST, SECOND = MONDAY + timedelta(days=1, hours=1), MONDAY + timedelta(days=2, hours=5)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def cast():
    return Cast()


def call(*starts, **more):
    """Wish for a call of half an hour."""
    return Wish(**{"kind": "call", "minutes": 30, "starts": starts or (FIRST, SECOND), **more})


def proposed(cast, **more):
    """Send a question with two moments to call."""
    referral = cast.sent()
    return appointments.propose(referral, call(**more), by=cast.lotte)


def agreed(cast):
    """Let the receiver choose the first moment."""
    handover = proposed(cast)
    return appointments.choose(handover, slot=handover.slots.first().pk, by=cast.noor)


def invitations(method):
    """Give the calendar messages in the outbox, by who gets them."""
    found = {}
    for mail in OutgoingMail.objects.order_by("created_at"):
        for _name, text, mimetype in json.loads(mail.attachments or "[]"):
            if mimetype == f"text/calendar; method={method}":
                found[mail.to] = Calendar.from_ical(text)
    return found


def subjects(worker):
    """Give the subjects of what was mailed to someone."""
    return [mail.subject for mail in OutgoingMail.objects.order_by("created_at") if mail.to == worker.email]


def test_choosing_a_moment_accepts_the_question_and_invites_both(cast):
    handover = agreed(cast)
    referral = Referral.objects.get()

    assert (referral.state, referral.receiver_worker, referral.warmth) == (Status.ACCEPTED, cast.noor, 4)
    assert (handover.state, handover.starts_at, handover.receiver_worker) == (Stage.AGREED, FIRST, cast.noor)
    assert referral.due_at >= FIRST + timedelta(days=1)
    asked = invitations("REQUEST")
    assert set(asked) == {cast.lotte.email, cast.noor.email}
    calendar = asked[cast.noor.email]
    event = calendar.walk("VEVENT")[0]
    assert (calendar["METHOD"], event["SEQUENCE"], str(event["UID"])) == (
        "REQUEST",
        1,
        f"handover-{handover.pk}@testserver",
    )
    assert event["DTSTART"].dt == FIRST and str(event["DTSTART"].params["TZID"]) == "Europe/Brussels"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Brussels"]


def test_nothing_of_the_person_leaves_in_a_mail_or_a_calendar(cast, settings):
    settings.SITE_NAME = "Kompas"
    appointments.cancel(agreed(cast), by=cast.noor)

    told = " ".join(f"{mail.subject} {mail.body} {mail.attachments}" for mail in OutgoingMail.objects.all())
    assert "text/calendar; method=CANCEL" in told
    card, question = cast.question.client, cast.question
    secrets = (card.first_name, card.phone, question.wish, question.own_words)
    assert [secret for secret in secrets if secret and secret in told] == []
    asking = {one.walk("VEVENT")[0]["organizer"].params["CN"] for one in invitations("CANCEL").values()}
    assert asking == {"Kompas"}, "the installation asks, under its own name"


def test_a_change_keeps_the_uid_and_takes_the_old_moment_out_of_the_calendars(cast):
    handover = agreed(cast)
    later = SECOND + timedelta(days=1)

    changed = appointments.propose(handover.referral, call(later), by=cast.noor)
    appointments.choose(changed, slot=changed.slots.get().pk, by=cast.lotte)

    off, on = invitations("CANCEL")[cast.lotte.email], invitations("REQUEST")[cast.lotte.email]
    old, new = off.walk("VEVENT")[0], on.walk("VEVENT")[0]
    assert old["UID"] == new["UID"] and old["SEQUENCE"] < new["SEQUENCE"]
    assert (old["STATUS"], old["DTSTART"].dt, new["DTSTART"].dt) == ("CANCELLED", FIRST, later)
    assert Handover.objects.get().state is Stage.AGREED


def test_a_receiver_who_proposes_other_moments_takes_the_question_and_the_sender_chooses(cast):
    handover = proposed(cast)

    other = appointments.propose(handover.referral, call(SECOND + timedelta(days=1)), by=cast.noor)

    assert (other.pk, other.turn, Referral.objects.get().state) == (handover.pk, Side.SENDER, Status.ACCEPTED)
    with pytest.raises(NotAllowed):
        appointments.choose(other, slot=other.slots.get().pk, by=cast.noor)
    assert appointments.choose(other, slot=other.slots.get().pk, by=cast.lotte).state is Stage.AGREED


def test_a_no_to_speaking_together_leaves_the_question_where_it_is(cast):
    handover = proposed(cast)

    appointments.decline(handover, by=cast.noor)

    assert Handover.objects.get().state is Stage.DECLINED
    assert Referral.objects.get().state is Status.SENT
    assert "Niet samen spreken" in subjects(cast.lotte)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (call(FIRST, FIRST + timedelta(minutes=15)), "vallen samen"),
        (call(FIRST.replace(hour=19)), "is niet open"),
        (call(datetime(2026, 12, 25, 10, tzinfo=ZONE)), "feestdag"),
        (call(MONDAY), "voorbij"),
        (call(*(FIRST + timedelta(hours=number) for number in range(7))), "ten hoogste 6"),
        (call(kind="visit"), "waar het bezoek is"),
        (call(minutes=7), "hoe lang"),
        (Wish("call", 30, ()), "minstens één moment"),
    ],
)
def test_what_cannot_be_is_not_proposed(cast, wish, words):
    with pytest.raises(Refusal, match=words):
        appointments.propose(cast.sent(), wish, by=cast.lotte)

    assert not Handover.objects.exists()


def test_nobody_is_in_two_handovers_at_once(cast):
    agreed(cast)
    second = Cast()
    MembershipFactory(user=cast.noor, organization=second.rent_help)
    handover = appointments.propose(second.sent(), call(FIRST + timedelta(minutes=15), SECOND), by=second.lotte)
    clash, free = handover.slots.all()

    with pytest.raises(Refusal, match="al een andere warme overdracht"):
        appointments.choose(handover, slot=clash.pk, by=cast.noor)
    assert Referral.objects.get(pk=handover.referral_id).state is Status.SENT

    assert appointments.choose(handover, slot=free.pk, by=cast.noor).starts_at == SECOND


def test_a_moment_that_has_passed_can_no_longer_be_chosen(cast, time_machine):
    handover = proposed(cast)
    time_machine.move_to(FIRST + timedelta(minutes=1), tick=False)

    with pytest.raises(Refusal, match="voorbij"):
        appointments.choose(handover, slot=handover.slots.first().pk, by=cast.noor)


@pytest.mark.parametrize("warmth", [4, 5])
def test_a_warm_handover_is_not_sent_without_a_moment_or_a_companion(cast, warmth):
    referral = cast.draft()
    actions.choose(referral, shared=SHARED, colleague="", warmth=warmth, by=cast.lotte)

    with pytest.raises(Refusal, match="stel je eerst een moment voor"):
        actions.present(referral, by=cast.lotte)

    appointments.propose(referral, Wish("visit", 60, (), place="receiver", companion=cast.lotte), by=cast.lotte)
    actions.present(referral, by=cast.lotte)
    assert Referral.objects.get().state is Status.PRESENTED
    assert not OutgoingMail.objects.exists()


def test_spoken_together_is_contact_made_by_the_receiver(cast, time_machine):
    handover = agreed(cast)
    told = {"at": FIRST, "channel": "phone", "initiative": "receiver", "appointment": "", "by": cast.noor}
    with pytest.raises(Refusal, match="moet nog komen"):
        outcome.held(handover, **told)

    time_machine.move_to(FIRST + timedelta(hours=1), tick=False)
    with pytest.raises(NotAllowed):
        outcome.held(handover, **{**told, "by": cast.lotte})
    attempt = outcome.held(handover, **told)

    referral = Referral.objects.get()
    assert (attempt.reached, attempt.at, referral.state, referral.warmth) == (True, FIRST, Status.CONTACT_MADE, 5)
    assert Handover.objects.get().state is Stage.HELD
    with pytest.raises(NotAllowed):
        outcome.held(handover, **told)


def test_a_person_who_was_not_there_is_a_try_with_a_next_step(cast, time_machine):
    handover = agreed(cast)
    time_machine.move_to(FIRST + timedelta(hours=1), tick=False)

    with pytest.raises(Refusal, match="volgende stap"):
        outcome.missed(handover, next_step="", note_text="", by=cast.noor)
    outcome.missed(handover, next_step="again", note_text="Niemand nam op.", by=cast.noor)

    referral = Referral.objects.get()
    assert (referral.state, referral.attempts.get().reached) == (Status.ACCEPTED, False)
    assert (Handover.objects.get().state, standing_of(referral)) == (Stage.MISSED, None)
    again = appointments.propose(referral, call(SECOND), by=cast.noor)
    assert again.pk != handover.pk


def test_what_fell_through_on_our_side_counts_no_try(cast, time_machine):
    handover = agreed(cast)
    time_machine.move_to(FIRST + timedelta(hours=1), tick=False)

    outcome.fell_through(handover, by=cast.noor)

    assert not Referral.objects.get().attempts.exists()
    assert Handover.objects.get().state is Stage.CANCELLED


@pytest.mark.parametrize("move", ["withdraw", "contact", "pass_on"])
def test_a_handover_falls_with_its_referral(cast, move):
    handover = agreed(cast)
    referral = Referral.objects.get()

    if move == "withdraw":
        actions.withdraw(referral, by=cast.lotte)
    elif move == "contact":
        receiving.confirm_contact(
            referral, at=MONDAY, channel="phone", initiative="receiver", appointment="", by=cast.noor
        )
    else:
        receiving.pass_on(referral, alternative=Cast().service, by=cast.noor)

    handover.refresh_from_db()
    assert handover.state is Stage.CANCELLED
    assert set(invitations("CANCEL")) == {cast.lotte.email, cast.noor.email}


def test_both_are_reminded_once_on_the_working_day_before(cast, time_machine):
    handover = agreed(cast)
    assert reminding.run(MONDAY + timedelta(hours=1)) == 0

    Handover.objects.filter(pk=handover.pk).update(starts_at=SECOND + timedelta(days=5))
    friday = MONDAY + timedelta(days=4)
    time_machine.move_to(friday, tick=False)

    assert [reminding.run(friday), reminding.run(friday)] == [1, 0]
    for worker in (cast.lotte, cast.noor):
        assert [subject for subject in subjects(worker) if subject.startswith("Herinnering")] == [
            "Herinnering: warme overdracht op ma 7 dec., 14 u."
        ]


def test_who_leaves_is_replaced_in_what_was_agreed(cast):
    handover = agreed(cast)
    colleague = MembershipFactory(organization=cast.rent_help).user

    assert appointments.take_over(cast.noor, cast.rent_help, to=colleague, by="system") == 1

    handover.refresh_from_db()
    assert (handover.receiver_worker, handover.state) == (colleague, Stage.AGREED)
    assert colleague.email in invitations("REQUEST")
    # Who was replaced has nothing in the calendar any more; for the other two it stands.
    assert set(invitations("CANCEL")) == {cast.noor.email}
    assert subjects(cast.noor)[-1].startswith("Je doet niet meer mee aan de warme overdracht van ")


def goes_last(worker, organization):
    """Let the only one who works with clients there go."""
    organization.memberships.filter(user=worker).update(ended_at=MONDAY)
    departures.hand_over(worker, organization, by="system")


def test_when_the_last_one_of_the_receiver_goes_its_mailbox_takes_the_place(cast):
    handover = agreed(cast)

    goes_last(cast.noor, cast.rent_help)

    handover.refresh_from_db()
    assert (handover.state, handover.receiver_worker, handover.mailbox_keeps) == (Stage.AGREED, None, True)
    assert set(invitations("REQUEST")) == {cast.lotte.email, cast.noor.email, cast.rent_help.inbox}
    assert set(invitations("CANCEL")) == {cast.noor.email}


@pytest.mark.parametrize("side", ["house", "rent_help"])
def test_when_nobody_is_left_to_speak_the_meeting_is_called_off_and_both_hear_it(cast, side):
    handover, house = agreed(cast), getattr(cast, side)
    Organization.objects.filter(pk=house.pk).update(inbox="")
    house.refresh_from_db()

    goes_last({"house": cast.lotte, "rent_help": cast.noor}[side], house)

    handover.refresh_from_db()
    assert handover.state is Stage.CANCELLED
    assert set(invitations("CANCEL")) == {cast.lotte.email, cast.noor.email}


def test_moments_that_nobody_is_left_for_are_no_longer_proposed(cast):
    handover = proposed(cast)

    goes_last(cast.lotte, cast.house)

    handover.refresh_from_db()
    assert handover.state is Stage.CANCELLED
    told = [mail.to for mail in OutgoingMail.objects.all() if mail.subject == "Niet samen spreken"]
    assert told == [cast.rent_help.inbox]


def test_who_is_only_away_keeps_the_meeting_when_nobody_can_take_it(cast):
    handover = agreed(cast)

    departures.hand_over(cast.noor, cast.rent_help, by="system")

    handover.refresh_from_db()
    assert (handover.state, handover.receiver_worker) == (Stage.AGREED, cast.noor)


def test_each_act_is_open_to_its_side_in_its_stages_only(cast):
    handover = agreed(cast)
    outsider = MembershipFactory().user
    people = {Side.SENDER: cast.lotte, Side.RECEIVER: cast.noor}

    for stage in Stage:
        handover.stage, handover.turn = stage.value, Side.RECEIVER.value if stage is Stage.PROPOSED else ""
        for name, act in ACTS.items():
            assert not appointments.may(outsider, name, handover)
            for side, person in people.items():
                open_to = side in act.by and stage in act.sources and (not act.in_turn or side is Side.RECEIVER)
                assert bool(appointments.may(person, name, handover)) is open_to, (name, stage, side)
    assert {act.target for act in ACTS.values()} == set(Stage)
    assert all(act.sources <= STANDING for act in ACTS.values())


def test_each_step_stands_in_the_audit_chain(cast):
    appointments.cancel(agreed(cast), by=cast.lotte)

    actions_told = list(AuditEvent.objects.filter(action__startswith="handover.").values_list("action", flat=True))
    assert sorted(actions_told) == ["handover.agreed", "handover.cancelled", "handover.proposed"]


def test_erasing_takes_the_meeting_out_of_both_calendars(cast):
    handover = agreed(cast)
    contact_point = MembershipFactory(organization=cast.house, role=Role.DATA_PROTECTION_CONTACT).user

    erase(handover.referral.client, by=contact_point)

    assert set(invitations("CANCEL")) == {cast.lotte.email, cast.noor.email}
