"""Who leaves or is away leaves no conversation behind: somebody goes on with it, hears of it and sees it."""

import pytest
from django.urls import reverse

from core.models import OutgoingMail
from organisaties import departures
from organisaties.actions import leave
from tests.factories.organisaties import MembershipFactory
from tests.factories.vraagverheldering import ConversationFactory
from vraagverheldering import leaving
from vraagverheldering.actions import Beginning, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(organization):
    """Give who manages there and works with clients."""
    return MembershipFactory(organization=organization, role="team_lead", user__first_name="Els").user


def test_an_open_conversation_goes_to_who_takes_over_and_stands_on_the_day_of_that_one(
    talk, worker, organization, lead, colleague, log_in
):
    finished = ConversationFactory(organization=organization, worker=worker, finished=True)
    in_hand = departures.in_hand(worker, organization)

    leave(worker, organization, by=lead, to=colleague)

    talk.refresh_from_db()
    finished.refresh_from_db()
    assert (in_hand, talk.worker, finished.worker) == (1, colleague, worker)
    assert talk.get_absolute_url() in log_in(colleague).get(reverse("doorverwijzing:today")).text
    (mail,) = [one for one in OutgoingMail.objects.all() if one.to == colleague.email]
    assert mail.subject == "1 gesprek is nu van jou"
    assert talk.client.first_name not in mail.subject + mail.body


def test_a_conversation_elsewhere_stays(talk, worker, lead):
    other = ConversationFactory(worker=worker)

    leave(worker, talk.organization, by=lead)

    talk.refresh_from_db()
    other.refresh_from_db()
    assert (talk.worker, other.worker) == (lead, worker)


def test_what_nobody_could_take_over_is_found_at_night_once_somebody_comes(talk, worker, organization):
    organization.memberships.filter(user=worker).update(ended_at=talk.created_at)
    departures.hand_over(worker, organization, by="system")
    alone = leaving.mend()

    somebody = MembershipFactory(organization=organization).user

    assert (alone, leaving.mend(), leaving.mend()) == ({"handed over": 0}, {"handed over": 1}, {"handed over": 0})
    talk.refresh_from_db()
    assert talk.worker == somebody


def test_the_conversation_of_an_account_that_was_closed_is_found_at_night(talk, worker, colleague):
    worker.is_active = False
    worker.save()

    leaving.mend()

    talk.refresh_from_db()
    assert talk.worker == colleague


def test_the_form_that_began_a_conversation_finds_it_again_after_a_colleague_took_it_over(
    talk, worker, organization, colleague
):
    departures.hand_over(worker, organization, to=colleague, by=worker)
    beginning = Beginning(organization=organization, form_key=talk.form_key, card=talk.client)

    assert start(beginning, by=worker) == talk
