"""Answering, contact, withdrawal, the client's own answer and the clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from clienten.models import Consent, Item
from core import audit
from core.errors import NotAllowed, Refusal
from doorverwijzing import actions, packet, receiving
from doorverwijzing.clock import owners, ticking
from doorverwijzing.models import Attempt, Decline, Packet, Reached, Referral, RefusalCode
from doorverwijzing.workflow import Status
from organisaties.roles import Role
from sociale_kaart.models import Gap
from tests.factories.doorverwijzing import Cast, pieces
from tests.factories.organisaties import MembershipFactory, OrganizationFactory, UserFactory
from tests.factories.sociale_kaart import ScheduleFactory, ServiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


def fresh(referral):
    return Referral.objects.get(pk=referral.pk)


def test_reading_is_an_event_and_the_first_one_says_opened(cast):
    referral = cast.sent()

    receiving.read(referral, by=cast.noor)
    receiving.read(referral, by=cast.noor)

    assert fresh(referral).state is Status.RECEIVED
    assert audit.history(referral).filter(action="referral.read").count() == 2


def test_opening_gives_no_more_time_to_answer(cast):
    referral = cast.sent()
    due = referral.due_at

    receiving.read(referral, by=cast.noor)

    assert fresh(referral).due_at == due


def test_two_colleagues_accept_and_one_is_told(cast):
    referral = cast.received()
    late = fresh(referral)
    colleague = UserFactory()
    MembershipFactory(user=colleague, organization=cast.rent_help)
    receiving.accept(referral, by=cast.noor)

    with pytest.raises(Refusal):
        late.move("accept")

    assert fresh(referral).receiver_worker == cast.noor


def test_a_refusal_needs_a_way_on(cast):
    referral = cast.received()

    with pytest.raises(Refusal):
        receiving.refuse(
            referral, code=RefusalCode.NO_ROOM, alternative=None, nothing_exists=False, note_text="", by=cast.noor
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Decline.objects.create(referral=referral, code=RefusalCode.NO_ROOM)

    assert fresh(referral).state is Status.RECEIVED


def test_a_refusal_with_an_alternative_goes_back_to_the_sender_and_closes_the_content(cast):
    other = ServiceFactory()

    referral = cast.refused(alternative=other)

    assert fresh(referral).turn == "sender"
    assert referral.decline.alternative == other
    assert packet.read(fresh(referral)) is None
    assert Packet.objects.get(referral=referral).content == ""


@pytest.mark.parametrize("status", [Status.REFUSED, Status.PASSED_ON, Status.EXPIRED, Status.WITHDRAWN])
def test_once_the_content_is_closed_nobody_is_told_that_something_is_still_shared(cast, status):
    referral = cast.at(status)

    assert actions.shared_items(referral) == []


def test_nothing_exists_counts_as_a_gap_without_a_person(cast):
    cast.refused()

    gap = Gap.objects.get()

    assert gap.origin == "refusal"
    assert {field.name for field in Gap._meta.get_fields()} == {"id", "day", "origin", "need", "municipality"}


def test_the_alternative_gets_it_with_a_new_yes_and_the_old_one_is_settled(cast):
    other = ServiceFactory(organization=OrganizationFactory(worker=UserFactory()))
    referral = cast.refused(alternative=other)

    again = actions.prepare(cast.question, other, by=cast.lotte, previous=referral)
    actions.choose(again, shared={Item.CONTACT: True}, colleague="", warmth=3, by=cast.lotte)
    actions.present(again, by=cast.lotte)
    actions.send(again, mode="oral", signature="Els", by=cast.lotte)

    assert fresh(referral).settled_how == "sent_on"
    assert Consent.objects.filter(recipient=other.organization, withdrawn_at=None).count() == len(
        [Item.QUESTION, Item.CONTACT]
    )
    assert fresh(again).previous_id == referral.pk


def test_only_the_receiver_confirms_contact(cast):
    referral = cast.accepted()
    how = {"at": timezone.now(), "channel": "phone", "initiative": "receiver", "appointment": ""}

    with pytest.raises(NotAllowed):
        receiving.confirm_contact(referral, **how, by=cast.lotte)
    receiving.confirm_contact(referral, **how, by=cast.noor)

    assert fresh(referral).state is Status.CONTACT_MADE


def test_contact_is_not_confirmed_in_the_future_or_before_sending(cast):
    referral = cast.accepted()
    how = {"channel": "phone", "initiative": "receiver", "appointment": "", "by": cast.noor}

    for at in (timezone.now() + timedelta(days=1), timezone.now() - timedelta(days=2)):
        with pytest.raises(Refusal):
            receiving.confirm_contact(referral, at=at, **how)

    assert not Attempt.objects.exists()


def test_the_third_failed_attempt_gives_it_back_and_it_never_disappears(cast):
    referral = cast.unreached()

    assert fresh(referral).state is Status.UNREACHED
    assert fresh(referral).turn == "sender"
    assert Referral.objects.sent_by(cast.lotte).back_at_sender().get() == referral


def test_withdrawal_closes_the_content_at_once(cast):
    referral = cast.accepted()

    actions.withdraw(referral, by=cast.lotte)

    assert fresh(referral).state is Status.WITHDRAWN
    assert receiving.read(fresh(referral), by=cast.noor) is None
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    assert Packet.objects.get(referral=referral).key_id is None


def test_the_client_takes_it_back_without_a_worker(cast):
    referral = cast.sent()

    actions.withdraw(referral, by=audit.CLIENT)

    assert {consent.withdrawn_by for consent in Consent.objects.all()} == {"client"}
    assert fresh(referral).log.last().side == "client"


def test_one_item_can_be_taken_back_and_the_rest_stays(cast):
    referral = cast.received()

    actions.withdraw(referral, by=cast.lotte, items=[Item.CONTACT])
    reading = packet.read(Referral.objects.select_related("packet").get(pk=referral.pk))

    assert sorted(reading.pieces) == sorted([Item.OWN_WORDS, Item.TRIED])
    assert "Amina" not in reading.title
    assert fresh(referral).state is Status.RECEIVED


def test_the_receiver_cannot_withdraw(cast):
    referral = cast.accepted()

    with pytest.raises(NotAllowed):
        actions.withdraw(referral, by=cast.noor)


@pytest.mark.parametrize("answer", Reached)
def test_the_clients_answer_is_a_fact_and_moves_nothing(cast, answer):
    referral = cast.contact_made()

    actions.record_answer(referral, answer=answer, by=audit.CLIENT)

    assert fresh(referral).state is Status.CONTACT_MADE
    assert referral.answers.get().answer == answer


def test_closing_shortens_the_yes_to_thirty_days(cast):
    cast.closed()

    ends = set(Consent.objects.values_list("valid_until", flat=True))

    assert ends == {timezone.localdate() + timedelta(days=30)}


def test_the_clock_reminds_twice_escalates_once_and_then_gives_it_back(
    cast, mailoutbox, django_capture_on_commit_callbacks
):
    lead = UserFactory(email="lead@huurhulp.example")
    MembershipFactory(user=lead, organization=cast.rent_help, role=Role.TEAM_LEAD)
    referral = cast.sent()
    promised, now = referral.due_at, referral.due_at + timedelta(hours=1)

    for _round in range(4):
        with django_capture_on_commit_callbacks(execute=True):
            ticking.run(now)
            ticking.run(now)  # at the same moment: nothing twice
        now += timedelta(days=4)

    to = [mail.to[0] for mail in mailoutbox]
    assert to == [cast.rent_help.inbox, cast.rent_help.inbox, "lead@huurhulp.example", cast.lotte.email]
    assert fresh(referral).state is Status.EXPIRED
    assert fresh(referral).turn == "sender"
    assert promised < now
    assert packet.read(fresh(referral)) is None


def test_the_promised_moment_stays_while_reminders_go_out(cast):
    referral = cast.sent()
    promised = referral.due_at

    ticking.run(promised + timedelta(hours=1))

    assert fresh(referral).due_at == promised
    assert fresh(referral).notices == 1


def test_an_ended_consent_closes_the_packet_and_asks_again(cast):
    referral = cast.accepted()
    Consent.objects.update(valid_until=timezone.localdate() - timedelta(days=1))

    done = ticking.run()

    assert done["lapsed"] == 1
    assert fresh(referral).state is Status.CONSENT_LAPSED
    assert packet.read(fresh(referral)) is None


def test_a_returned_question_is_settled_once(cast):
    referral = cast.unreached()

    actions.settle(referral, how="own_step", by=cast.lotte)
    with pytest.raises(Refusal):
        actions.settle(fresh(referral), how="own_step", by=cast.lotte)

    assert not Referral.objects.back_at_sender().exists()


@pytest.mark.parametrize("status", Status)
def test_a_stranger_sees_nothing_and_the_receiver_no_draft(cast, status):
    referral = cast.at(status)

    assert not Referral.objects.visible_to(UserFactory()).exists()
    assert Referral.objects.visible_to(cast.lotte).get() == referral
    assert Referral.objects.visible_to(cast.noor).exists() is (status not in {Status.DRAFT, Status.PRESENTED})


def test_contact_in_the_first_hour_of_a_day_is_of_that_day_here():
    with time_machine.travel(datetime(2026, 11, 30, 0, 10, tzinfo=ZoneInfo("Europe/Brussels")), tick=False):
        cast = Cast()
        referral = cast.accepted()

        receiving.confirm_contact(
            referral, at=timezone.now(), channel="phone", initiative="receiver", appointment="", by=cast.noor
        )

    assert referral.state is Status.CONTACT_MADE


def test_a_closure_that_the_next_look_back_walked_around_does_not_move_it_again(time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 10, tzinfo=UTC), tick=False)
    cast = Cast()
    referral = cast.running()
    time_machine.move_to(fresh(referral).due_at + timedelta(minutes=1), tick=False)
    ticking.run()
    shut = {"byday": "", "opens_at": None, "closes_at": None}
    monday = timezone.localdate() + timedelta(days=14 - timezone.localdate().weekday())
    ScheduleFactory(service=cast.service, valid_from=monday, valid_to=monday + timedelta(days=3), **shut)

    receiving.start(fresh(referral), by=cast.noor)
    promised = fresh(referral).due_at
    paused = owners.mend()["paused"]

    assert (paused, fresh(referral).due_at, fresh(referral).paused_days) == (0, promised, 4)


@pytest.mark.parametrize("state", [Status.REFUSED, Status.PASSED_ON, Status.UNREACHED])
def test_what_came_back_can_be_read_by_nobody_there(cast, state):
    referral = cast.at(state)

    assert pieces(referral) is None
    assert not Packet.objects.exclude(key_id=None).filter(referral=referral).exists()


def test_what_was_closed_is_read_for_thirty_days_and_not_a_day_longer_also_before_the_night(cast, time_machine):
    time_machine.move_to(datetime(2027, 3, 2, 9, 30, tzinfo=UTC), tick=False)
    referral = cast.closed()

    time_machine.shift(timedelta(days=30))
    assert pieces(referral)
    time_machine.shift(timedelta(days=1))

    assert pieces(referral) is None
