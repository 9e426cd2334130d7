"""Who keeps the overview, who stands in, and which pieces spared the person a second telling."""

import pytest

from core.errors import NotAllowed, Refusal
from doorverwijzing import overview, used
from doorverwijzing.models import Overview
from doorverwijzing.packet import read
from doorverwijzing.ways import copies
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    made = Cast()
    made.els = MembershipFactory(organization=made.house, role="team_lead", user__first_name="Els").user
    made.wim = MembershipFactory(organization=made.house, user__first_name="Wim").user
    return made


def pair(question):
    """Give keeper and stand-in as they are now."""
    found = Overview.objects.get(question=question)
    return found.keeper, found.fallback


def test_a_question_has_a_keeper_and_a_stand_in_from_its_first_referral(cast):
    cast.draft()

    assert pair(cast.question) == (cast.lotte, cast.els)


def test_only_colleagues_of_the_sender_take_it_over(cast):
    cast.draft()

    overview.hand_over(cast.question, keeper=cast.wim, fallback=cast.lotte, by=cast.lotte)
    assert pair(cast.question) == (cast.wim, cast.lotte)

    with pytest.raises(NotAllowed):
        overview.hand_over(cast.question, keeper=cast.wim, fallback=None, by=cast.noor)
    for keeper, fallback in ((cast.noor, None), (cast.wim, cast.noor), (cast.wim, cast.wim)):
        with pytest.raises(Refusal):
            overview.hand_over(cast.question, keeper=keeper, fallback=fallback, by=cast.wim)


def test_who_leaves_hands_over_to_the_stand_in_and_a_new_one_is_named(cast):
    cast.draft()
    overview.hand_over(cast.question, keeper=cast.lotte, fallback=cast.wim, by=cast.lotte)

    assert overview.depart(cast.lotte, cast.house, by=cast.els) == 1

    assert pair(cast.question) == (cast.wim, cast.els)


def test_who_leaves_last_stays_the_keeper_until_someone_comes(cast):
    cast.draft()
    cast.house.memberships.exclude(user=cast.lotte).update(ended_at=cast.question.created_at.replace(year=2099))

    assert overview.depart(cast.lotte, cast.house, by="system") == 0
    assert pair(cast.question)[0] == cast.lotte


def test_the_night_mends_what_a_departure_or_an_import_forgot(cast):
    cast.draft()
    Overview.objects.all().delete()
    assert overview.mend() == 1

    lotte = cast.house.memberships.get(user=cast.lotte)
    lotte.ended_at = lotte.started_at
    lotte.save()

    assert [overview.mend(), overview.mend()] == [1, 0]
    assert pair(cast.question) == (cast.els, cast.wim)


def test_what_nobody_should_ask_again_travels_with_what_was_tried_also_when_it_is_referred_on():
    cast = Cast(tried="2 keer gebeld.", not_again="Over de vader van Yusuf.")
    referral = cast.accepted()

    piece, copy = read(referral)["tried"], copies.copy_question(referral, by=cast.noor)

    assert piece == {"text": "2 keer gebeld.", "not_again": "Over de vader van Yusuf."}
    assert (copy.tried, copy.not_again) == ("2 keer gebeld.", "Over de vader van Yusuf.")


def test_the_receiver_tells_which_pieces_were_used_and_the_sender_sees_how_many(cast):
    referral = cast.accepted()
    pieces = [item for item, _label in used.choices(referral)]

    with pytest.raises(NotAllowed):
        used.tell(referral, items=pieces, by=cast.lotte)
    made = used.tell(referral, items=[pieces[0], "made_up"], by=cast.noor)

    assert (made.used, made.total) == (1, len(pieces))
    assert used.tell(referral, items=pieces, by=cast.noor).used == len(pieces)
    assert used.ticked(referral) == sorted(pieces)


def test_nobody_tells_of_a_question_that_was_not_taken(cast):
    with pytest.raises(Refusal):
        used.tell(cast.received(), items=[], by=cast.noor)

    assert not used.of(cast.question.referrals.get()).known
