"""The state machine: every move × every state × every role."""

from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from core.errors import NotAllowed, Refusal
from doorverwijzing import receiving
from doorverwijzing.models import Referral
from doorverwijzing.permissions import may
from doorverwijzing.workflow import (
    AT_HOME,
    AT_RECEIVER,
    BACK_AT_SENDER,
    ENDED,
    MOVES,
    TERMS,
    TURN,
    Side,
    Status,
    mermaid,
)
from organisaties.roles import Role
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
ROLES = [*Role, None]


@pytest.fixture(params=Status, ids=str)
def referral(request):
    cast = Cast()
    found = cast.at(request.param)
    found.cast = cast
    return found


def person(organization, role):
    user = UserFactory()
    if role:
        MembershipFactory(user=user, organization=organization, role=role)
    return user


def test_a_move_is_open_to_its_side_from_its_sources_and_to_nobody_else(referral):
    status = referral.state
    at = {Side.SENDER: referral.sender, Side.RECEIVER: referral.receiver}

    for role, (side, organization) in product(ROLES, at.items()):
        user = person(organization, role)
        cares = role in (Role.FRONTLINE_WORKER, Role.TEAM_LEAD)
        for name, move in MOVES.items():
            allowed = cares and side in move.by and status in move.sources
            assert bool(may(user, name, referral)) is allowed, (name, status, side, role)


def test_a_move_changes_the_row_only_from_its_sources(referral):
    before = referral.state

    for name, move in MOVES.items():
        start = transaction.savepoint()
        twin = Referral.objects.get(pk=referral.pk)
        if before in move.sources:
            dates = {"due_at": twin.due_at or twin.created_at, "sent_at": twin.sent_at or twin.created_at}
            twin.move(name, result="solved", **dates)
            assert Referral.objects.get(pk=referral.pk).state is move.target, (name, before)
        else:
            with pytest.raises(Refusal):
                twin.move(name)
            assert Referral.objects.get(pk=referral.pk).state is before, (name, before)
        transaction.savepoint_rollback(start)


def test_every_state_has_an_owner_or_has_ended():
    assert set(Status) == AT_HOME | AT_RECEIVER | BACK_AT_SENDER | ENDED
    assert set(TURN) == set(Status) - ENDED
    assert {status for status, side in TURN.items() if side is Side.SENDER} == AT_HOME | BACK_AT_SENDER
    assert set(TERMS) == set(TURN) - {Status.RECEIVED}


def test_every_state_can_be_reached_and_every_open_state_can_be_left():
    targets = {move.target for move in MOVES.values()}
    sources = {status for move in MOVES.values() for status in move.sources}

    assert targets == set(Status)
    assert sources == AT_HOME | AT_RECEIVER


def test_only_the_receiver_confirms_contact():
    confirming = [move for move in MOVES.values() if move.target is Status.CONTACT_MADE]

    assert [move.by for move in confirming] == [frozenset({Side.RECEIVER})]


def test_the_log_stays_in_order_when_the_clock_of_the_machine_is_set_back(time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    cast = Cast()
    referral = cast.sent()
    for seconds, move in ((-2, receiving.read), (-5, receiving.accept)):
        time_machine.move_to(start + timedelta(seconds=seconds), tick=False)
        move(referral, by=cast.noor)

    for log in (referral.log.all(), referral.log.order_by("created_at")):
        assert [step.move for step in log] == ["present", "send", "open", "accept"]
    assert Referral.objects.get(pk=referral.pk).status_at == referral.log.last().at


def test_a_stranger_is_told_who_can_do_it():
    cast = Cast()
    referral = cast.accepted()

    verdict = may(UserFactory(), "confirm_contact", referral)

    assert not verdict
    assert "Huurhulp De Blauwe Deur" in verdict.reason
    with pytest.raises(NotAllowed):
        verdict.require()


def test_an_open_referral_always_has_a_next_date(referral):
    if referral.state in ENDED:
        assert referral.due_at is None
    else:
        assert referral.due_at is not None
        assert referral.turn is TURN[referral.state]


def test_the_diagram_in_the_docs_is_the_table():
    drawn = Path(__file__).resolve().parents[2].joinpath("docs/referral-states.md").read_text(encoding="utf-8")

    assert mermaid() in drawn
