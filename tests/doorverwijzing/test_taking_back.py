"""Taken back by item, recipient or whole: at once, with everything below it and a written effect; and the sweep."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clienten.consent.giving import Yes
from clienten.consent.overriding import Grounds
from clienten.models import Consent, Item, Mode, Override, Scope, Through, Withdrawal
from core import audit, destroyed_keys, keystore
from core.doomed_keys import destroy_doomed
from core.errors import NotAllowed, Refusal, Unreadable
from core.models import OutgoingMail
from doorverwijzing import actions, packet, receiving
from doorverwijzing.consent import overriding, renewing, taking_back
from doorverwijzing.models import Packet, Referral
from doorverwijzing.ways import copies, family
from doorverwijzing.workflow import Status
from organisaties.roles import Role
from tests.factories.doorverwijzing import Cast, now, pieces
from tests.factories.organisaties import MembershipFactory, UserFactory
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db
GROUNDS = Grounds(why="danger", reason="Er is nu ernstig gevaar voor het kind.", advised_by="teamoverleg")


@pytest.fixture
def cast():
    return Cast()


def key_of(referral):
    return Packet.objects.get(referral=referral).key_id


def child_of(parent, cast):
    """Let the receiver hand the question on as a referral of its own below the first one."""
    service = ServiceFactory(name="Budgethulp")
    child = actions.prepare(cast.question, service, by=cast.lotte)
    Referral.objects.filter(pk=child.pk).update(parent=parent)
    actions.choose(child, shared={Item.CONTACT: True, Item.OWN_WORDS: True}, colleague="", warmth=3, by=cast.lotte)
    actions.present(child, by=cast.lotte)
    return actions.send(child, mode=Mode.SCREEN, signature="Amina", by=cast.lotte)


def test_an_item_goes_out_under_a_new_key_and_the_old_key_is_destroyed(cast, django_capture_on_commit_callbacks):
    referral = cast.received()
    before = key_of(referral)

    with django_capture_on_commit_callbacks(execute=True):
        done = actions.withdraw(referral, by=cast.lotte, items=[Item.OWN_WORDS], through=Through.PHONE)

    assert pieces(referral) == ["contact", "tried"]
    assert key_of(referral) not in (None, before)
    with pytest.raises(Unreadable):
        keystore.take(before)
    assert (done.scope, done.through) == (Scope.ITEMS, Through.PHONE)
    assert [(line["items"], line["whole"], line["reads"]) for line in done.effect] == [(["own_words"], False, 1)]
    assert taking_back.taken_since(referral) == ["own_words"]


def test_what_is_taken_back_from_a_parent_is_taken_back_from_its_children(cast):
    parent = cast.received()
    child = child_of(parent, cast)
    grandchild = child_of(child, cast)

    part = actions.withdraw(parent, by=audit.CLIENT, items=[Item.OWN_WORDS])
    after_part = [pieces(one) for one in (parent, child, grandchild)]
    actions.withdraw(now(parent), by=audit.CLIENT)

    assert after_part == [["contact", "tried"], ["contact"], ["contact"]]
    assert [line["child"] for line in part.effect] == [False, True, True]
    assert [now(one).state for one in (parent, child, grandchild)] == [Status.WITHDRAWN] * 3
    assert [pieces(one) for one in (parent, child, grandchild)] == [None] * 3
    assert not Consent.objects.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize("scope", ["items", "recipient", "all"])
def test_one_person_takes_back_across_questions_by_item_recipient_or_all(cast, scope):
    first = cast.received()
    other = ServiceFactory(name="Budgethulp")
    second = actions.prepare(cast.question, other, by=cast.lotte)
    actions.choose(second, shared={Item.CONTACT: True, Item.TRIED: True}, colleague="", warmth=3, by=cast.lotte)
    actions.present(second, by=cast.lotte)
    actions.send(second, mode=Mode.SCREEN, signature="Amina", by=cast.lotte)
    chosen = {
        "items": {cast.rent_help.pk: [Item.TRIED], other.organization_id: [Item.CONTACT]},
        "recipient": {cast.rent_help.pk: [Item.QUESTION, Item.TRIED]},
        "all": None,
    }[scope]

    done = taking_back.take_back(cast.question.client, by=cast.lotte, chosen=chosen)

    left = {
        "items": (["contact", "own_words"], ["tried"]),
        "recipient": (None, ["contact", "tried"]),
        "all": (None, None),
    }
    assert (done.scope, done.through) == (scope, Through.COUNTER)
    assert (pieces(first), pieces(second)) == left[scope]
    assert {line["receiver"] for line in done.effect} <= {cast.rent_help.pk, other.organization_id}


def test_what_ended_can_be_taken_back_as_long_as_someone_can_read_it(cast):
    referral = cast.closed()

    actions.withdraw(referral, by=audit.CLIENT)

    assert now(referral).state is Status.CLOSED
    assert pieces(referral) is None
    with pytest.raises(Refusal):
        actions.withdraw(now(referral), by=audit.CLIENT)
    assert Withdrawal.objects.count() == 1


def test_nobody_reads_a_day_too_long_also_before_the_night(cast):
    referral = cast.accepted()
    yesterday = timezone.localdate() - timedelta(days=1)
    said = Consent.objects.filter(client=cast.question.client)

    said.filter(item=Item.OWN_WORDS).update(valid_until=yesterday)
    packet.note_ends(referral)
    without_one = pieces(referral)
    said.filter(item=Item.QUESTION).update(valid_until=yesterday)
    packet.note_ends(referral)

    assert without_one == ["contact", "tried"]
    assert pieces(referral) is None
    assert receiving.read(now(referral), by=cast.noor) is None


def test_the_sweep_takes_out_what_ended_and_gives_back_what_has_no_yes_left(cast):
    part, whole, closed, untouched = cast.accepted(), Cast().accepted(), Cast().closed(), Cast().accepted()
    keys = {one: key_of(one) for one in (part, whole, closed, untouched)}
    yesterday = timezone.localdate() - timedelta(days=1)
    Consent.objects.filter(client=part.client, item=Item.TRIED).update(valid_until=yesterday)
    Consent.objects.filter(client__in=[whole.client, closed.client]).update(valid_until=yesterday)

    done = renewing.sweep(timezone.now())

    assert done == {"lapsed": 1, "narrowed": 1, "closed": 1}
    assert pieces(part) == ["contact", "own_words"]
    assert [now(one).state for one in (whole, closed)] == [Status.CONSENT_LAPSED, Status.CLOSED]
    assert [pieces(one) for one in (whole, closed)] == [None, None]
    assert pieces(untouched) == ["contact", "own_words", "tried"]
    destroy_doomed()
    assert [one for one, key_id in keys.items() if not destroyed_keys.holds(key_id)] == [untouched]
    assert renewing.sweep(timezone.now()) == {"lapsed": 0, "narrowed": 0, "closed": 0}


def test_a_yes_that_ends_within_two_weeks_is_shown_and_can_be_asked_again(cast, log_in):
    referral = cast.accepted()
    today = timezone.localdate()
    Consent.objects.filter(client=referral.client).update(valid_until=today + timedelta(days=14))
    shown = renewing.ending_soon(cast.lotte, today)
    day = log_in(cast.lotte).get("/vandaag/").text

    renewing.renew(now(referral), yes=Yes(mode=Mode.ORAL, signature="Els"), by=cast.lotte)

    assert [(one.referral, one.last_day) for one in shown] == [(referral, today + timedelta(days=14))]
    assert reverse("doorverwijzing:ask_again", args=[referral.pk]) in day
    assert renewing.ending_soon(cast.lotte, today) == []
    assert pieces(referral) == ["contact", "own_words", "tried"]
    assert Packet.objects.get(referral=referral).ends["question"] > (today + timedelta(days=300)).isoformat()


def test_what_nobody_opens_is_shown_to_the_sender_and_counted_from_five_on(cast):
    referral = cast.sent()
    later = timezone.now() + timedelta(days=8)

    assert renewing.unopened(cast.lotte, timezone.now()) == []
    assert renewing.unopened(cast.lotte, later) == [referral]
    assert [one.never_opened for one in renewing.breadth(timezone.now() - timedelta(days=1))[0]] == [None]


def share(cast, opened, unopened):
    """Send the receiver of a cast so many questions of as many people."""
    for number in range(opened + unopened):
        another = Cast()
        another.service = cast.service
        sent = another.sent()
        if number < opened:
            receiving.read(sent, by=cast.noor)


@pytest.mark.parametrize(
    ("opened", "unopened", "told"),
    [
        (0, 4, (4, None, None)), (5, 0, (5, 15, 0)), (1, 4, (5, 15, None)), (5, 5, (10, 30, 15)),
        # Less the fifteen of the others, the pieces of the one that was opened would be told.
        (1, 5, (6, 18, None)), (0, 5, (5, 15, 15)),
    ],
)  # fmt: skip
def test_pieces_that_nobody_opens_are_counted_but_not_those_of_fewer_than_five_questions(cast, opened, unopened, told):
    share(cast, opened, unopened)

    rows, together = renewing.breadth(timezone.now() - timedelta(days=1))
    later = renewing.breadth(timezone.now() + timedelta(minutes=1))

    assert [(one.receiver, one.shared, one.pieces, one.never_opened) for one in rows] == [(cast.rent_help.name, *told)]
    hidden = told[-1] is None
    assert together == (None if hidden else replace(rows[0], receiver=""))
    assert later == ([], None)


@pytest.mark.parametrize(
    ("received", "sums"),
    [
        ([(5, 5)], (10, 30, 15)),
        ([(5, 5), (0, 4)], None),
        ([(5, 5), (0, 4), (0, 1)], (15, 45, 30)),
        # Two are hidden, and the sum less what is told would still be of one question.
        ([(5, 5), (0, 1), (1, 0)], None),
        ([(5, 5), (5, 1), (2, 0)], None),
        ([(5, 5), (4, 0), (1, 0)], (15, 45, 15)),
    ],
)  # fmt: skip
def test_what_is_told_together_tells_nothing_of_the_receivers_that_are_hidden(received, sums):
    for opened, unopened in received:
        share(Cast(), opened, unopened)

    together = renewing.breadth(timezone.now() - timedelta(days=1))[1]

    assert (together and (together.shared, together.pieces, together.never_opened)) == sums


def lead_with_contact(cast):
    """Make Lotte team lead, and give the house a data-protection contact."""
    MembershipFactory(user=cast.lotte, organization=cast.house, role=Role.TEAM_LEAD)
    contact = UserFactory(first_name="Dirk", email="dirk@huis.example")
    MembershipFactory(user=contact, organization=cast.house, role=Role.DATA_PROTECTION_CONTACT)
    return contact


def test_sharing_without_a_yes_needs_permission_a_reason_and_someone_who_looks(cast):
    referral = cast.draft()

    with pytest.raises(NotAllowed):
        overriding.send_without_yes(referral, grounds=GROUNDS, by=cast.lotte)
    MembershipFactory(user=cast.lotte, organization=cast.house, role=Role.TEAM_LEAD)
    referral = now(referral)
    with pytest.raises(Refusal, match=cast.house.name):
        overriding.send_without_yes(referral, grounds=GROUNDS, by=cast.lotte)

    assert not Override.objects.exists()


@pytest.mark.parametrize(("verdict", "state"), [("justified", Status.SENT), ("not_justified", Status.WITHDRAWN)])
def test_the_review_closes_what_was_not_allowed(cast, verdict, state, django_capture_on_commit_callbacks, mailoutbox):
    contact = lead_with_contact(cast)
    with django_capture_on_commit_callbacks(execute=True):
        made = overriding.send_without_yes(cast.draft(), grounds=GROUNDS, by=cast.lotte)
    referral = Referral.objects.get()
    shared = pieces(referral)
    told = [mail for mail in mailoutbox if mail.to == [contact.email]]

    with pytest.raises(NotAllowed):
        overriding.review(made, verdict=verdict, remark="", by=cast.lotte)
    overriding.review(made, verdict=verdict, remark="Bel de persoon.", by=contact)
    with pytest.raises(Refusal):
        overriding.review(made, verdict=verdict, remark="", by=contact)

    assert shared == ["contact", "own_words", "tried"]
    assert {(one.mode, one.given_by) for one in Consent.objects.all()} == {("without", "nobody")}
    assert len(told) == 1 and "Amina" not in told[0].body + told[0].subject
    assert now(referral).state is state
    assert (pieces(referral) is None) is (state is Status.WITHDRAWN)


@pytest.mark.parametrize("open_child", [False, True])
def test_what_a_receiver_copied_falls_with_a_sharing_that_was_not_allowed(cast, open_child):
    contact = lead_with_contact(cast)
    made = overriding.send_without_yes(cast.draft(), grounds=GROUNDS, by=cast.lotte)
    receiving.read(first := now(Referral.objects.get()), by=cast.noor)
    receiving.accept(first, by=cast.noor)
    copied = copies.copy_question(now(first), by=cast.noor)
    child = family.refer_on(copied, ServiceFactory(name="Budgethulp"), by=cast.noor)
    if open_child:
        actions.present(child, by=cast.noor)
        actions.send(child, mode=Mode.SCREEN, signature="Amina", by=cast.noor)

    overriding.review(made, verdict="not_justified", remark="Bel de persoon.", by=contact)

    copied.refresh_from_db()
    assert bool(copied.wish and copied.own_words and copied.client.first_name) is open_child
    assert now(child).state is (Status.SENT if open_child else Status.WITHDRAWN)


def test_a_review_that_waits_too_long_is_asked_again_once_a_day(cast, django_capture_on_commit_callbacks):
    lead_with_contact(cast)
    overriding.send_without_yes(cast.draft(), grounds=GROUNDS, by=cast.lotte)
    late = timezone.now() + timedelta(days=12)

    with django_capture_on_commit_callbacks(execute=True):
        mails = [overriding.remind(moment) for moment in (timezone.now(), late, late, late + timedelta(days=1))]

    assert mails == [0, 1, 0, 1]


@pytest.mark.parametrize(
    ("left", "asked"),
    [
        ("a colleague leads too", "leidt@huis.example"),
        ("only who shared", "netwerk@regio.example"),
    ],
)
def test_a_review_of_which_the_contact_left_is_not_left_with_nobody(
    cast, mailoutbox, django_capture_on_commit_callbacks, left, asked
):
    contact = lead_with_contact(cast)
    MembershipFactory(role=Role.NETWORK_COORDINATOR, user__email="netwerk@regio.example")
    if left == "a colleague leads too":
        MembershipFactory(organization=cast.house, role=Role.TEAM_LEAD, user__email="leidt@huis.example")
    made = overriding.send_without_yes(cast.draft(), grounds=GROUNDS, by=cast.lotte)
    contact.memberships.update(ended_at=timezone.now())
    mailoutbox.clear()
    late = timezone.now() + timedelta(days=12)

    with django_capture_on_commit_callbacks(execute=True):
        mails = [overriding.remind(moment) for moment in (timezone.now(), timezone.now())]
        heir = MembershipFactory(organization=cast.house, role=Role.DATA_PROTECTION_CONTACT).user
        mails.append(overriding.remind(late))

    assert mails == [1, 0, 1]
    assert [mail.to for mail in mailoutbox] == [[asked], [heir.email]]
    assert f"/leden/{cast.house.pk}/" in mailoutbox[0].body
    assert list(overriding.waiting_for(heir)) == [made]


def test_a_yes_of_which_the_question_came_back_goes_with_the_rest(cast):
    referral = cast.refused()
    assert Consent.objects.filter(withdrawn_at=None).exists()

    taking_back.take_back(referral.client, by=audit.CLIENT)

    assert not Consent.objects.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize(("items", "subject"), [
    (None, "Een vraag is teruggenomen"), ([Item.OWN_WORDS], "Een deel van een vraag is teruggenomen"),
])  # fmt: skip
@pytest.mark.parametrize("by_client", [True, False])
def test_the_receiver_hears_that_something_was_taken_back_and_the_sender_when_the_person_did_it(
    cast, by_client, items, subject
):
    referral = cast.received()
    OutgoingMail.objects.all().delete()

    actions.withdraw(referral, by=audit.CLIENT if by_client else cast.lotte, items=items)

    told = {mail.to: mail.subject for mail in OutgoingMail.objects.all()}
    to_sender = {cast.lotte.email: "Iemand nam een ja terug"} if by_client else {}
    assert told == {cast.rent_help.inbox: subject} | to_sender
