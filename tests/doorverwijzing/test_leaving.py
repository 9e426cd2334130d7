"""Who leaves or is away: what this person had in hand goes on with someone, and the network hears of what cannot."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from core.models import OutgoingMail, User
from doorverwijzing import actions as sending
from doorverwijzing import holders, notifications
from doorverwijzing.clock import owners
from doorverwijzing.models import GuestLink, Referral
from doorverwijzing.workflow import Status
from organisaties import absence, actions, departures
from organisaties.models import Organization
from organisaties.roles import Role
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db
# A Monday without holidays near it.
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def cast(time_machine, settings):
    """Give the people, on a Monday, with mails that stay in the outbox."""
    settings.MAIL_AT_ONCE = False
    time_machine.move_to(MONDAY, tick=False)
    return Cast()


def fresh(referral):
    return Referral.objects.get(pk=referral.pk)


def told():
    """Give to whom mails were written since the last time, and forget them."""
    found = sorted(mail.to for mail in OutgoingMail.objects.all())
    OutgoingMail.objects.all().delete()
    return found


@pytest.fixture(params=["coordinator", "operator"])
def network(request, operator):
    """Give who holds what no side can answer: who coordinates; where nobody does, the operator."""
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("state", [Status.PRESENTED, Status.ACCEPTED, Status.REFUSED])
def test_when_the_last_worker_of_a_sender_leaves_the_network_hears_it_at_once(cast, network, state):
    referral = cast.at(state)
    told()

    actions.leave(cast.lotte, cast.house, by=cast.lotte)

    (mail,) = OutgoingMail.objects.all()
    assert (mail.to, mail.subject) == (network.email, "1 vraag heeft niemand die kan antwoorden")
    assert "/netwerk/blijft-liggen/" in mail.body and "Amina" not in mail.body
    assert [(one.referral.pk, one.side) for one in owners.lost()] == [(referral.pk, cast.house)]
    told()
    owners.mend()
    assert told() == [network.email], "and every night again, once"


@pytest.mark.parametrize("state", [Status.SENT, Status.ACCEPTED])
def test_a_house_without_a_mailbox_keeps_nothing_by_mailbox(cast, network, state):
    referral = cast.at(state)
    Organization.objects.filter(pk=cast.rent_help.pk).update(inbox="")
    cast.rent_help.refresh_from_db()
    told()

    actions.leave(cast.noor, cast.rent_help, by=cast.noor)

    assert not fresh(referral).mailbox_keeps
    assert told() == [network.email]
    assert [(one.referral.pk, one.side) for one in owners.lost()] == [(referral.pk, cast.rent_help)]
    owners.mend()
    assert not fresh(referral).mailbox_keeps
    assert told() == [network.email]

    heir = MembershipFactory(organization=cast.rent_help, role=Role.FRONTLINE_WORKER).user
    owners.mend()
    assert fresh(referral).receiver_worker == (heir if state is Status.ACCEPTED else None)
    assert owners.lost() == []


def test_who_is_away_alone_in_a_house_without_a_mailbox_keeps_what_is_theirs(cast, network):
    referral = cast.accepted()
    Organization.objects.filter(pk=cast.rent_help.pk).update(inbox="")
    cast.rent_help.refresh_from_db()
    told()

    absence.go_away(
        cast.noor, cast.rent_help, starts_on=timezone.localdate(), ends_on=None, stand_in=None, by=cast.noor
    )  # fmt: skip

    assert (fresh(referral).receiver_worker, fresh(referral).mailbox_keeps) == (cast.noor, False)
    assert told() == []
    assert owners.lost() == []


def test_when_the_last_account_goes_the_mailbox_gets_a_link_to_each_open_question(cast):
    taken = cast.accepted()
    cast.service = ServiceFactory(organization=cast.rent_help)
    waiting = cast.sent()
    OutgoingMail.objects.all().delete()

    actions.leave(cast.noor, cast.rent_help, by=cast.noor)

    told = [mail for mail in OutgoingMail.objects.all() if mail.to == cast.rent_help.inbox]
    assert [one.subject for one in told] == ["Een vraag wacht nu op jullie mailbox"] * 2
    links = GuestLink.objects.filter(referral__in=[taken, waiting], closed_at=None)
    assert links.count() == 2
    assert all("/gast/" in one.body for one in told)


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("state", ["closed", "accepted", "refused"])
def test_news_of_a_question_of_who_left_goes_to_who_has_it_now(cast, client, state, alone):
    referral = cast.at(Status(state))
    if state == "refused":
        sending.settle(referral, how="own_step", by=cast.lotte)
    heir = None
    if not alone:
        heir = MembershipFactory(organization=cast.house, role=Role.TEAM_LEAD, user__first_name="Els").user
    User.objects.filter(pk=cast.lotte.pk).update(phone="0470 99 99 99")
    cast.house.memberships.filter(user=cast.lotte).update(ended_at=MONDAY)
    departures.hand_over(cast.lotte, cast.house, by="system")
    told()

    sending.record_answer(fresh(referral), answer="not_yet", by="client")
    notifications.client_wrote(fresh(referral))
    sending.write_message(fresh(referral), text="Wie belt?", form_key=uuid4(), by=cast.noor, fixed=True)

    assert set(told()) == {cast.house.inbox if alone else heir.email}
    page = client.post("/volg/", {"code": referral.receipt.code}, follow=True).text
    assert ("Els" in page) is not alone
    assert "0470 99 99 99" not in page


def test_the_network_is_who_can_log_in(cast, coordinator, operator):
    cast.accepted()
    User.objects.filter(pk=coordinator.pk).update(is_active=False)
    told()

    actions.leave(cast.lotte, cast.house, by=cast.lotte)

    assert told() == [operator.email]


def test_of_two_who_manage_the_one_who_is_there_hears_of_it(cast):
    referral = cast.accepted()
    first, second = (MembershipFactory(organization=cast.house, role=Role.TEAM_LEAD).user for _two in range(2))
    away = {"starts_on": timezone.localdate(), "ends_on": None, "stand_in": None}

    heard = []
    for person in (cast.lotte, first, second):
        absence.go_away(person, cast.house, by=person, **away)
        heard.append(holders.of_sender(fresh(referral)))

    assert heard == [first.email, second.email, first.email], "and when all are away, still somebody of ours"
