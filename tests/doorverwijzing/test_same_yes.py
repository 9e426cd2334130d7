"""Two services of one organization for one question rest on one yes: it is taken back, renewed and ended for both."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clienten.consent.giving import Yes
from clienten.consent.overriding import Grounds
from clienten.models import Consent, Item, Mode
from core import audit
from doorverwijzing import actions, feedback, receiving
from doorverwijzing.consent import overriding, renewing
from doorverwijzing.models import CloseResult
from doorverwijzing.workflow import Status
from organisaties.roles import Role
from tests.factories.doorverwijzing import Cast, now, pieces
from tests.factories.organisaties import MembershipFactory
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=360)


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def both(cast):
    """Send one question to two services of the same organization; the second hears less."""
    first = cast.accepted()
    cast.service = ServiceFactory(name="Budgethulp", organization=cast.rent_help)
    second = actions.prepare(cast.question, cast.service, by=cast.lotte)
    actions.choose(second, shared={Item.CONTACT: True}, colleague="", warmth=3, by=cast.lotte)
    actions.present(second, by=cast.lotte)
    actions.send(second, mode=Mode.SCREEN, signature="Amina", by=cast.lotte)
    receiving.accept(second, by=cast.noor)
    return first, second


def test_what_is_taken_back_from_one_is_taken_back_from_the_other_at_once(both):
    part = actions.withdraw(both[0], by=audit.CLIENT, items=[Item.CONTACT])
    after_part = [pieces(one) for one in both]
    actions.withdraw(now(both[1]), by=audit.CLIENT)

    assert after_part == [["own_words", "tried"], []]
    assert [line["items"] for line in part.effect] == [["contact"], ["contact"]]
    assert [(now(one).state, pieces(one)) for one in both] == [(Status.WITHDRAWN, None)] * 2


def test_a_draft_to_the_same_organization_rests_on_no_yes_yet(cast, both):
    drafts = [
        actions.prepare(cast.question, ServiceFactory(organization=cast.rent_help), by=cast.lotte) for _one in "ab"
    ]

    actions.withdraw(drafts[0], by=cast.lotte)
    after_draft = [pieces(one) for one in both]
    actions.withdraw(both[0], by=audit.CLIENT)

    assert after_draft == [["contact", "own_words", "tried"], ["contact"]]
    assert Consent.objects.filter(withdrawn_at=None).count() == 0
    assert now(drafts[1]).state is Status.DRAFT


def test_the_end_of_one_does_not_take_the_yes_of_the_other(cast, both):
    receiving.confirm_contact(
        both[0], at=timezone.now(), channel="phone", initiative="receiver", appointment="", by=cast.noor
    )
    receiving.close(both[0], result=CloseResult.SOLVED, by=cast.noor)

    ends = dict(Consent.objects.filter(withdrawn_at=None).values_list("item", "valid_until"))
    soon = timezone.localdate() + timedelta(days=30)
    assert {item for item, day in ends.items() if day == soon} == {"own_words", "tried"}
    assert renewing.sweep(timezone.now() + timedelta(days=31)) == {"lapsed": 0, "narrowed": 1, "closed": 0}
    assert [pieces(one) for one in both] == [["contact"], ["contact"]]


def test_a_new_yes_holds_for_both(cast, both, time_machine):
    time_machine.move_to(timezone.now() + YEAR, tick=False)
    renewing.renew(now(both[1]), yes=Yes(mode=Mode.ORAL, signature="Els"), by=cast.lotte)
    time_machine.shift(timedelta(days=30))

    renewing.sweep(timezone.now())

    assert [(now(one).state, pieces(one)) for one in both] == [(Status.ACCEPTED, ["contact"])] * 2


def test_what_was_shared_without_a_yes_is_closed_alone(cast):
    asked = cast.accepted()
    MembershipFactory(user=cast.lotte, organization=cast.house, role=Role.TEAM_LEAD)
    contact = MembershipFactory(organization=cast.house, role=Role.DATA_PROTECTION_CONTACT).user
    service = ServiceFactory(name="Budgethulp", organization=cast.rent_help)
    without = actions.prepare(cast.question, service, by=cast.lotte)
    actions.choose(without, shared={Item.CONTACT: True, Item.DEBTS: True}, colleague="", warmth=3, by=cast.lotte)
    grounds = Grounds(why="danger", reason="Er is nu ernstig gevaar voor het kind.")
    made = overriding.send_without_yes(without, grounds=grounds, by=cast.lotte)

    overriding.review(made, verdict="not_justified", remark="", by=contact)

    assert renewing.sweep(timezone.now()) == {"lapsed": 0, "narrowed": 0, "closed": 0}
    assert (now(asked).state, pieces(asked)) == (Status.ACCEPTED, ["contact", "own_words", "tried"])
    assert (now(without).state, pieces(without)) == (Status.WITHDRAWN, None)
    assert not Consent.objects.filter(item=Item.DEBTS, withdrawn_at=None).exists()


@pytest.fixture
def without(cast):
    """Share one question with two services of one house without a yes; the second hears less. Give the reviewer too."""
    MembershipFactory(user=cast.lotte, organization=cast.house, role=Role.TEAM_LEAD)
    contact = MembershipFactory(organization=cast.house, role=Role.DATA_PROTECTION_CONTACT).user
    made = []
    for shared in ({Item.CONTACT: True, Item.DEBTS: True}, {Item.CONTACT: True}):
        referral = actions.prepare(
            cast.question, ServiceFactory(name="Budgethulp", organization=cast.rent_help), by=cast.lotte
        )
        actions.choose(referral, shared=shared, colleague="", warmth=3, by=cast.lotte)
        grounds = Grounds(why="danger", reason="Er is nu ernstig gevaar voor het kind.")
        made.append((referral, overriding.send_without_yes(referral, grounds=grounds, by=cast.lotte)))
    return made, contact


@pytest.mark.parametrize(("rejected", "left"), [(0, ["contact"]), (1, ["contact", "debts"])])
def test_of_two_that_were_shared_without_a_yes_only_the_one_that_was_not_allowed_closes(cast, without, rejected, left):
    both, contact = without
    (closed, made), (stands, _allowed) = both[rejected], both[1 - rejected]

    overriding.review(made, verdict="not_justified", remark="", by=contact)

    assert renewing.sweep(timezone.now()) == {"lapsed": 0, "narrowed": 0, "closed": 0}
    assert (now(closed).state, pieces(closed)) == (Status.WITHDRAWN, None)
    assert (now(stands).state, pieces(stands)) == (Status.SENT, left)
    standing = Consent.objects.filter(withdrawn_at=None).values_list("item", flat=True)
    assert sorted(standing) == sorted(["question", *left])


def test_when_neither_was_allowed_nothing_stands(cast, without):
    both, contact = without

    for _referral, made in reversed(both):
        overriding.review(made, verdict="not_justified", remark="", by=contact)

    assert [pieces(one) for one, _made in both] == [None, None]
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_what_the_person_said_yes_to_since_stays_when_the_sharing_was_not_allowed(cast, without):
    (_first, (agreed, made)), contact = without
    renewing.renew(now(agreed), yes=Yes(mode=Mode.SCREEN, signature="Amina"), by=cast.lotte)

    overriding.review(made, verdict="not_justified", remark="", by=contact)

    assert (now(agreed).state, pieces(agreed)) == (Status.SENT, ["contact"])


TELLS = {Item.FEEDBACK_OUTCOME: True, Item.FEEDBACK_WORDS: True}


def send(cast, shared):
    referral = actions.prepare(cast.question, cast.service, by=cast.lotte)
    actions.choose(referral, shared=shared, colleague="", warmth=3, by=cast.lotte)
    actions.present(referral, by=cast.lotte)
    return actions.send(referral, mode=Mode.SCREEN, signature="Amina", by=cast.lotte)


def test_a_question_that_is_sent_again_rests_on_its_new_yes_alone(cast):
    first = send(cast, {Item.CONTACT: True, Item.OWN_WORDS: True, **TELLS})
    receiving.refuse(
        first, code="not_ours", alternative=None, nothing_exists=True, note_text="", by=cast.noor
    )  # fmt: skip

    again = send(cast, {Item.CONTACT: True})

    assert [feedback.may_tell(now(again), item) for item in TELLS] == [False, False]
    standing = Consent.objects.filter(withdrawn_at=None).values_list("item", flat=True)
    assert sorted(standing) == ["contact", "question"]


def test_what_may_be_told_about_one_question_is_not_told_about_the_other(cast):
    first = send(cast, {Item.CONTACT: True, **TELLS})
    cast.service = ServiceFactory(name="Budgethulp", organization=cast.rent_help)
    second = send(cast, {Item.CONTACT: True})

    assert [feedback.may_tell(now(first), item) for item in TELLS] == [True, True]
    assert [feedback.may_tell(now(second), item) for item in TELLS] == [False, False]
