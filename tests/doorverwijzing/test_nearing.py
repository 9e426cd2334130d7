"""A clock that is about to run out: one mail an hour before, to who must act now, with nothing of a person in it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from core.models import OutgoingMail
from doorverwijzing.clock import ticking
from doorverwijzing.messages import writing
from doorverwijzing.models import NoticeWish, Referral
from doorverwijzing.workflow import Status
from organisaties.models import Absence
from organisaties.roles import Role
from tests.doorverwijzing.stopping import killed_at_mail
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory
from tests.factories.sociale_kaart import ScheduleFactory

pytestmark = pytest.mark.django_db
# A Monday without holidays near it.
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def cast(time_machine, settings):
    """Give the people, on a Monday, with mails that stay in the outbox."""
    settings.MAIL_AT_ONCE = False
    time_machine.move_to(MONDAY, tick=False)
    return Cast()


def told():
    """Give to whom mails were written since the last time, and forget them."""
    found = sorted(mail.to for mail in OutgoingMail.objects.all())
    OutgoingMail.objects.all().delete()
    return found


def colleague(cast, **wish):
    """Give someone else who handles questions at the receiver."""
    person = MembershipFactory(organization=cast.rent_help, role=Role.FRONTLINE_WORKER).user
    if wish:
        NoticeWish.objects.create(person=person, **wish)
    return person


def another(cast):
    """Give another question between the same two partners."""
    more = Cast()
    more.service, more.rent_help, more.noor = cast.service, cast.rent_help, cast.noor
    return more


def run_at(time_machine, moment):
    """Let the clock run twice, as it does every five minutes, and tell who heard of it."""
    time_machine.move_to(moment, tick=False)
    ticking.run()
    ticking.run()
    return told()


def test_who_has_a_question_in_hand_hears_once_that_its_day_ends_within_the_hour(cast, time_machine):
    referral = cast.accepted()
    colleague(cast)
    told()
    assert timezone.localtime(referral.due_at).hour == 17, "days end with the office"

    assert run_at(time_machine, referral.due_at - timedelta(minutes=61)) == []
    assert run_at(time_machine, referral.due_at - timedelta(minutes=58)) == [cast.noor.email]
    assert run_at(time_machine, referral.due_at - timedelta(minutes=20)) == []


def test_a_term_in_hours_counts_to_its_own_moment_and_the_mail_names_the_time_and_nobody(cast, time_machine):
    cast = Cast(urgency="urgent")
    referral = cast.sent()
    told()
    assert timezone.localtime(referral.due_at).hour == 15
    time_machine.move_to(referral.due_at - timedelta(minutes=59), tick=False)

    ticking.run()

    (mail,) = OutgoingMail.objects.all()
    assert mail.to == cast.noor.email
    assert mail.subject == "Om 15 u. loopt een klok af"
    assert mail.body.startswith("Om 15 u. loopt iets af dat op jou wacht.\n\nhttp")
    assert referral.get_absolute_url() in mail.body
    words = [cast.question.client.first_name, cast.service.name, cast.house.name, cast.rent_help.name, "Amina"]
    assert not any(word in mail.subject + mail.body for word in words)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REFUSED, Status.UNREACHED])
def test_what_is_the_turn_of_the_sender_is_told_to_the_sender(cast, time_machine, status):
    referral = cast.at(status)
    told()

    assert run_at(time_machine, referral.due_at - HOUR) == [cast.lotte.email]


def test_what_nobody_took_yet_is_told_to_everyone_present_who_wants_it(cast, time_machine):
    present = colleague(cast)
    colleague(cast, before_clock=False)
    away = colleague(cast)
    day = {"starts_on": date(2026, 11, 23), "ends_on": None}
    Absence.objects.create(user=away, organization=cast.rent_help, **day)
    MembershipFactory(organization=cast.rent_help, role=Role.LISTING_EDITOR)
    referral = cast.sent()
    told()

    assert run_at(time_machine, referral.due_at - HOUR) == sorted([cast.noor.email, present.email])


def test_several_questions_of_one_person_become_one_mail_that_leads_to_the_day(cast, time_machine):
    referrals = [cast.accepted(), another(cast).accepted(), another(cast).accepted()]
    told()
    time_machine.move_to(referrals[0].due_at - HOUR, tick=False)

    ticking.run()

    (mail,) = OutgoingMail.objects.all()
    assert mail.to == cast.noor.email
    assert mail.subject == "3 klokken lopen af, de eerste om 17 u."
    assert "/vandaag/" in mail.body
    assert not any(str(one.pk) in mail.body for one in referrals)


def test_who_does_not_want_it_gets_none_and_nobody_else_either(cast, time_machine):
    colleague(cast)
    referral = cast.accepted()
    writing.choose_before_clock(cast.noor, wanted=False)
    told()

    assert run_at(time_machine, referral.due_at - HOUR) == []


def test_what_is_too_late_is_not_told_and_what_is_late_within_the_hour_is(cast, time_machine):
    referral = cast.accepted()
    told()
    after = referral.due_at + timedelta(minutes=5)
    with transaction.atomic():
        assert run_at(time_machine, referral.due_at - timedelta(minutes=4)) == [cast.noor.email]
        transaction.set_rollback(True)

    time_machine.move_to(after, tick=False)
    ticking.run()

    (mail,) = OutgoingMail.objects.all()
    assert "wacht nog op je antwoord" in mail.subject, "the reminder, not the notice of before"


def test_a_crash_repeats_neither_the_mark_nor_the_mail(cast, time_machine):
    here, there = cast.accepted(), Cast().accepted()
    told()
    time_machine.move_to(here.due_at - HOUR, tick=False)
    with killed_at_mail(2) as written:
        ticking.run()
    assert told() == [], "a mail without its mark would go out twice"
    assert set(Referral.objects.values_list("nearing_told", flat=True)) == {None}

    ticking.run()
    ticking.run()

    assert told() == sorted(written)
    assert set(Referral.objects.values_list("nearing_told", flat=True)) == {here.due_at, there.due_at}


def test_a_closure_that_moves_the_day_moves_the_mail_and_a_new_day_has_its_own(cast, time_machine):
    referral = cast.accepted()
    told()
    first = referral.due_at
    closed = {"byday": "", "opens_at": None, "closes_at": None}
    ScheduleFactory(service=cast.service, valid_from=first.date(), valid_to=first.date(), **closed)

    assert run_at(time_machine, first - HOUR) == []
    moved = Referral.objects.get().due_at
    assert moved > first
    assert run_at(time_machine, moved - HOUR) == [cast.noor.email]
    Referral.objects.update(due_at=moved + timedelta(days=1))
    assert run_at(time_machine, moved + timedelta(hours=23)) == [cast.noor.email]


def test_a_question_that_came_within_its_last_hour_is_not_told_twice(cast, time_machine):
    referral = cast.sent()
    told()
    Referral.objects.update(due_at=timezone.now() + timedelta(minutes=50))

    assert run_at(time_machine, timezone.now()) == []
    assert referral.turn == "receiver"


def test_a_receiver_without_accounts_gets_no_mail_that_nobody_asked_for(cast, time_machine):
    cast.rent_help.memberships.update(ended_at=timezone.now())
    referral = cast.sent()
    told()

    assert run_at(time_machine, referral.due_at - HOUR) == []


def test_the_tick_stands_on_the_account_and_is_on_until_someone_takes_it_away(cast, log_in):
    browser = log_in(cast.lotte)

    def ticked():
        page = browser.get("/weergave/").text
        assert "Een uur voor een klok afloopt" in page
        return "checked" in page[page.index('id="before_clock"') :].partition(">")[0]

    assert ticked()
    browser.post("/berichten/meldingen/", {"rhythm": "daily"})
    assert not ticked()
    browser.post("/berichten/meldingen/", {"rhythm": "daily", "before_clock": "1"})
    assert ticked()
