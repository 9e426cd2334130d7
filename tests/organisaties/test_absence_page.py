"""Saying that one is away, and choosing who takes over when someone leaves."""

import pytest
from django.urls import reverse
from django.utils import timezone

from organisaties.models import Absence
from organisaties.roles import Role
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def lead(cast):
    return MembershipFactory(organization=cast.rent_help, role=Role.TEAM_LEAD, user__first_name="Els").user


def test_who_is_away_says_it_and_the_colleague_gets_the_questions(cast, lead, log_in):
    referral, mine = cast.accepted(), log_in(cast.noor)
    page = reverse("organisaties:away", args=[cast.rent_help.pk, cast.noor.pk])

    shown = mine.get(page).content.decode()
    mine.post(page, {"starts_on": timezone.localdate().isoformat(), "ends_on": "", "to": lead.pk})

    assert "1 open vraag" in shown
    noted = Absence.objects.get()
    referral.refresh_from_db()
    assert (noted.user, noted.stand_in, referral.receiver_worker) == (cast.noor, lead, lead)
    back = reverse("organisaties:back", args=[cast.rent_help.pk, cast.noor.pk, noted.pk])
    assert back in mine.get(page).content.decode()
    assert mine.post(back).status_code == 302
    assert Absence.objects.exclude(cancelled_at=None).count() == 1


def test_only_oneself_or_who_manages_notes_it(cast, lead, log_in, stranger):
    other = MembershipFactory(organization=cast.rent_help).user
    page = reverse("organisaties:away", args=[cast.rent_help.pk, cast.noor.pk])

    statuses = [log_in(person).get(page).status_code for person in (cast.noor, lead, other, stranger)]

    assert statuses == [200, 200, 403, 404]


def test_a_day_that_is_no_day_stays_on_the_form(cast, log_in):
    page = reverse("organisaties:away", args=[cast.rent_help.pk, cast.noor.pk])

    answer = log_in(cast.noor).post(page, {"starts_on": "31 februari", "ends_on": "", "to": ""})

    assert answer.status_code == 200
    assert "bestaat niet" in answer.content.decode()
    assert not Absence.objects.exists()


def test_who_stops_an_access_chooses_who_takes_over(cast, lead, log_in):
    other = MembershipFactory(organization=cast.rent_help).user
    referral = cast.accepted()
    page = reverse("organisaties:leave", args=[cast.rent_help.pk, cast.noor.pk])

    shown = log_in(lead).get(page).content.decode()
    log_in(lead).post(page, {"to": other.pk})

    assert "1 open vraag" in shown
    referral.refresh_from_db()
    assert referral.receiver_worker == other


def test_a_colleague_who_left_meanwhile_does_not_take_over_and_nobody_else_does_unseen(cast, lead, log_in):
    gone = MembershipFactory(organization=cast.rent_help).user
    referral, browser = cast.accepted(), log_in(lead)
    page = reverse("organisaties:leave", args=[cast.rent_help.pk, cast.noor.pk])
    gone.memberships.update(ended_at=timezone.now())

    answer = browser.post(page, {"to": gone.pk}).content.decode()

    assert "Kies een collega die hier vragen behandelt." in answer
    assert cast.rent_help.has_member(cast.noor)
    referral.refresh_from_db()
    assert referral.receiver_worker == cast.noor
