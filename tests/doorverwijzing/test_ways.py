"""The other ways of referring: the right to refer, transfers, bridging, volunteers, and what hangs together."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from clienten.limits import LEAST
from clienten.models import FEEDBACK, Consent, Item, Mode
from core import audit
from core.errors import NotAllowed, Refusal
from core.models import OutgoingMail
from doorverwijzing import actions, packet, receiving
from doorverwijzing.clock import ticking
from doorverwijzing.models import CoSignature, ReferrerRight, RightKind, Transfer
from doorverwijzing.ways import bridging, copies, family, rights, transfer
from doorverwijzing.workflow import LADDER, Status
from organisaties.actions import leave
from organisaties.roles import PartnerType, Role
from sociale_kaart.models import Attribute, TaxonomyTerm
from tests.factories.doorverwijzing import SHARED, Cast
from tests.factories.organisaties import MembershipFactory, OrganizationFactory
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db
ALL = dict.fromkeys(Item.values, True)


@pytest.fixture
def cast():
    return Cast()


def send(referral, by):
    return actions.send(referral, mode=Mode.SCREEN, signature="Amina", by=by)


def ready(cast, *, by=None, shared=SHARED):
    """Bring a draft before the client."""
    referral = actions.prepare(cast.question, cast.service, by=cast.lotte)
    actions.choose(referral, shared=shared, colleague="", warmth=3, by=cast.lotte)
    actions.present(referral, by=cast.lotte)
    return referral


# The right to refer -----------------------------------------------------------------------------------------------


def give_right(cast, kind, need=None):
    return ReferrerRight.objects.create(organization=cast.house, need=need, kind=kind)


def tie(service, need):
    Attribute.objects.create(
        service=service, link_id=service.pk, link_entity="service", taxonomy_term=need, link_type="need"
    )


def test_the_right_for_a_kind_of_service_goes_before_the_right_for_everything_else(cast, vocabulary):
    one, two = TaxonomyTerm.objects.filter(vocabulary="needs").order_by("position")[:2]
    assert rights.right_of(cast.house, cast.service) == RightKind.DIRECT

    give_right(cast, RightKind.AFTER_COORDINATION)
    assert rights.right_of(cast.house, cast.service) == RightKind.AFTER_COORDINATION

    tie(cast.service, one)
    give_right(cast, RightKind.DIRECT, one)
    assert rights.right_of(cast.house, cast.service) == RightKind.DIRECT

    tie(cast.service, two)
    give_right(cast, RightKind.CO_SIGNED, two)
    assert rights.right_of(cast.house, cast.service) == RightKind.CO_SIGNED
    assert rights.right_of(cast.rent_help, cast.service) == RightKind.DIRECT


def test_after_coordination_needs_who_and_when_and_the_coordination_looks_at_it(cast, coordinator, stranger):
    give_right(cast, RightKind.AFTER_COORDINATION)
    referral = ready(cast)
    with pytest.raises(Refusal, match="coördinatie"):
        send(referral, cast.lotte)
    with pytest.raises(Refusal):
        rights.consult(referral, person="Bert", day=timezone.localdate() + timedelta(days=1), by=cast.lotte)

    told = rights.consult(referral, person="Bert", day=timezone.localdate(), by=cast.lotte)
    assert not rights.to_review(coordinator)
    send(referral, cast.lotte)

    assert list(rights.to_review(coordinator)) == [told]
    assert not rights.to_review(stranger)
    with pytest.raises(NotAllowed):
        rights.review(told, agreed=True, by=stranger)
    rights.review(told, agreed=False, by=coordinator)
    assert not rights.to_review(coordinator)
    assert audit.history(referral).filter(action="referral.consultation_reviewed").exists()


def test_co_signed_stays_at_home_until_a_core_partner_signs(cast, stranger):
    give_right(cast, RightKind.CO_SIGNED)
    core = OrganizationFactory(name="CAW", partner_type=PartnerType.CORE)
    colleague = MembershipFactory(organization=core).user
    referral = ready(cast)
    with pytest.raises(Refusal):
        rights.ask_co_signature(referral, of=OrganizationFactory(), by=cast.lotte)

    asked = rights.ask_co_signature(referral, of=core, by=cast.lotte)
    with pytest.raises(Refusal, match="tekenen"):
        send(referral, cast.lotte)
    with pytest.raises(NotAllowed):
        rights.answer_signature(asked, agreed=True, by=cast.lotte)
    assert not rights.to_sign(stranger)
    assert list(rights.to_sign(colleague)) == [asked]
    rights.answer_signature(asked, agreed=True, by=colleague)
    with pytest.raises(Refusal):
        rights.answer_signature(asked, agreed=False, by=colleague)

    assert send(referral, cast.lotte).state is Status.SENT
    signed = CoSignature.objects.get()
    assert (signed.agreed, signed.answered_by) == (True, colleague)


def test_only_the_coordination_sets_a_right(cast, coordinator):
    with pytest.raises(NotAllowed):
        rights.set_right(cast.house, need=None, kind=RightKind.CO_SIGNED, by=cast.lotte)

    right = rights.set_right(cast.house, need=None, kind=RightKind.CO_SIGNED, by=coordinator)
    assert rights.set_right(cast.house, need=None, kind=RightKind.DIRECT, by=coordinator).pk == right.pk
    rights.drop_right(right, by=coordinator)

    assert not ReferrerRight.objects.exists()


# Volunteers -------------------------------------------------------------------------------------------------------


def test_volunteers_get_the_least_whatever_was_chosen(cast):
    type(cast.rent_help).objects.filter(pk=cast.rent_help.pk).update(partner_type=PartnerType.VOLUNTEER)
    cast.service.refresh_from_db()
    referral = ready(cast, shared=ALL)

    assert set(referral.choices) <= LEAST
    referral.choices = ALL
    with pytest.raises(Refusal, match="vrijwilligers"):
        send(referral, cast.lotte)

    # Someone goes round the screen and the action: the packet itself keeps nothing else.
    packet.keep(referral, packet.compose(cast.question, Item.values))
    referral.refresh_from_db()
    assert set(referral.packet.items) <= LEAST
    reading = packet.read(referral)
    assert (set(reading.pieces) - set(FEEDBACK), reading.goal, reading.name) == ({Item.CONTACT}, "", "Amina")


def test_who_works_with_volunteers_since_later_reads_the_least_from_then_on(cast):
    referral = cast.received()
    assert Item.OWN_WORDS in packet.read(referral).pieces

    referral.receiver.partner_type = PartnerType.VOLUNTEER

    assert set(packet.read(referral).pieces) == {Item.CONTACT}


# Transfer ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def ocmws(cast):
    """Give two OCMWs, and a draft between them that is a transfer."""
    for house in (cast.house, cast.rent_help):
        type(house).objects.filter(pk=house.pk).update(kind=transfer.OCMW)
    cast.service.refresh_from_db()
    cast.question.conversation.organization.refresh_from_db()
    referral = ready(cast)
    transfer.prepare(referral, reason="moved", since=timezone.localdate(), done=["told"], by=cast.lotte)
    return cast, referral


def test_a_transfer_goes_only_between_ocmws(cast):
    with pytest.raises(Refusal):
        transfer.prepare(ready(cast), reason="moved", since=timezone.localdate(), done=[], by=cast.lotte)


def test_a_transfer_leaves_with_a_whole_checklist_and_ends_when_both_said_so(ocmws):
    cast, referral = ocmws
    with pytest.raises(Refusal, match="lijst van de overdracht"):
        send(referral, cast.lotte)
    transfer.prepare(referral, reason="moved", since=timezone.localdate(), done=list(transfer.CODES), by=cast.lotte)
    send(referral, cast.lotte)
    change = transfer.of(referral)

    with pytest.raises(Refusal):
        transfer.confirm(change, takes_over_on=timezone.localdate(), by=cast.noor)
    receiving.accept(referral, by=cast.noor)
    with pytest.raises(Refusal, match="Blauwe Deur"):
        transfer.release(change, by=cast.lotte)
    with pytest.raises(NotAllowed):
        transfer.confirm(change, takes_over_on=timezone.localdate(), by=cast.lotte)
    transfer.confirm(change, takes_over_on=timezone.localdate() + timedelta(days=3), by=cast.noor)
    with pytest.raises(Refusal, match="later"):
        transfer.release(change, by=cast.lotte)
    Transfer.objects.update(takes_over_on=timezone.localdate())
    transfer.release(change, by=cast.lotte)

    change.refresh_from_db()
    assert (change.confirmed_by, change.released_by) == (cast.noor, cast.lotte)


def test_the_database_lets_no_ocmw_go_before_the_other_confirmed(ocmws):
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.update(released_at=timezone.now())


# Bridging ---------------------------------------------------------------------------------------------------------


def test_a_bridging_partner_stays_until_the_other_help_runs(cast):
    referral = cast.contact_made()
    bridging.set_partner(referral, name="Fatma", house="Buurtwerk", phone="0470 00 00 55", by=cast.lotte)
    assert bridging.partner_of(referral).name == "Fatma"
    with pytest.raises(NotAllowed):
        bridging.set_partner(referral, name="X", house="", phone="", by=cast.noor)

    receiving.start(referral, by=cast.noor)

    assert bridging.partner_of(referral) is None


# What hangs together ----------------------------------------------------------------------------------------------


@pytest.fixture
def inside(cast):
    """Let the receiver refer on inside."""
    parent = cast.accepted()
    question = copies.copy_question(parent, by=cast.noor)
    third = ServiceFactory(name="Budgethulp", organization=OrganizationFactory(name="Budgethuis"))
    child = family.refer_on(question, third, by=cast.noor)
    return parent, child


def test_a_copy_holds_no_more_than_the_receiver_may_read(cast, inside):
    parent, child = inside

    question = copies.copy_question(parent, by=cast.noor)
    assert question.pk == child.question_id
    assert question.client.organization == cast.rent_help
    assert (question.income, question.debts, question.client.household) == ("", "", "")
    assert (question.own_words[:13], question.client.first_name) == ("Ik slaap niet", "Amina")
    assert (child.parent, child.sender, child.state) == (parent, cast.rent_help, Status.DRAFT)


def test_a_child_needs_a_yes_of_its_own(cast, inside):
    _parent, child = inside
    actions.choose(child, shared={Item.CONTACT: True}, colleague="", warmth=3, by=cast.noor)
    actions.present(child, by=cast.noor)
    send(child, cast.noor)

    assert actions.shared_items(child) == [Item.CONTACT]
    assert packet.read(child).pieces.keys() == {Item.CONTACT}
    assert not family.Referral.objects.visible_to(cast.lotte).filter(pk=child.pk).exists()


def test_taking_back_the_parent_takes_the_child_and_empties_the_copies(cast, inside):
    parent, child = inside
    actions.choose(child, shared={Item.CONTACT: True}, colleague="", warmth=3, by=cast.noor)
    actions.present(child, by=cast.noor)
    send(child, cast.noor)

    actions.withdraw(parent, by=audit.CLIENT)

    child.refresh_from_db()
    assert (child.state, packet.read(child)) == (Status.WITHDRAWN, None)
    question = type(child.question).objects.select_related("client").get(pk=child.question_id)
    assert (question.wish, question.own_words, question.client.first_name, question.client.phone) == ("", "", "", "")


def test_a_question_does_not_go_back_to_where_it_came_from_nor_on_after_it_left(cast, inside):
    parent, child = inside
    question = copies.copy_question(parent, by=cast.noor)
    with pytest.raises(Refusal, match="Pannenhoek"):
        family.refer_on(question, ServiceFactory(organization=cast.house), by=cast.noor)

    receiving.pass_on(parent, alternative=ServiceFactory(), by=cast.noor)

    child.refresh_from_db()
    assert (child.state, type(question).objects.get(pk=question.pk).own_words) == (Status.WITHDRAWN, "")
    with pytest.raises(Refusal):
        family.refer_on(question, ServiceFactory(), by=cast.noor)


def test_the_night_empties_a_copy_only_when_nothing_runs_on_it(cast, inside):
    parent, child = inside
    actions.choose(child, shared={}, colleague="", warmth=3, by=cast.noor)
    actions.present(child, by=cast.noor)
    send(child, cast.noor)
    packet.destroy(parent)

    assert copies.tidy() == {"emptied": 0}
    actions.withdraw(child, by=audit.CLIENT)
    assert copies.tidy() == {"emptied": 1}
    assert copies.tidy() == {"emptied": 0}


@pytest.mark.parametrize("how", ["nobody answered", "the yes ended", "one piece ended"])
def test_a_copy_falls_at_the_same_moment_as_what_it_was_made_from(inside, coordinator, how):
    parent, child = inside
    yesterday = timezone.localdate() - timedelta(days=1)
    ended = {"the yes ended": Item.values, "one piece ended": [Item.OWN_WORDS]}.get(how, [])
    Consent.objects.filter(client=parent.client, item__in=ended).update(valid_until=yesterday)
    if not ended:
        family.Referral.objects.filter(pk=parent.pk).update(
            due_at=timezone.now() - timedelta(days=9), notices=len(LADDER)
        )

    ticking.run()

    question = type(child.question).objects.get(pk=child.question_id)
    whole = how != "one piece ended"
    assert (question.own_words, question.wish == "") == ("", whole)
    child.refresh_from_db()
    assert child.state is (Status.WITHDRAWN if whole else Status.DRAFT)


def test_the_sender_sees_all_ways_and_the_client_also_those_inside(cast, inside, django_assert_num_queries):
    parent, child = inside
    other = actions.prepare(cast.question, ServiceFactory(name="Tweede weg"), by=cast.lotte)
    actions.choose(child, shared={}, colleague="", warmth=3, by=cast.noor)
    actions.present(child, by=cast.noor)
    send(child, cast.noor)

    with django_assert_num_queries(4):
        ways = family.ways_of(cast.question)

    assert [(way.referral.pk, way.inside) for way in ways] == [(parent.pk, 1), (other.pk, 0)]
    assert {one.pk for one in family.all_for_client(parent)} == {parent.pk, child.pk}
    assert {one.pk for one in family.all_for_client(child)} == {parent.pk, child.pk}


def test_who_has_the_draft_by_now_hears_that_it_was_signed(cast):
    give_right(cast, RightKind.CO_SIGNED)
    core = OrganizationFactory(partner_type=PartnerType.CORE)
    colleague = MembershipFactory(organization=core).user
    asked = rights.ask_co_signature(ready(cast), of=core, by=cast.lotte)
    heir = MembershipFactory(organization=cast.house, role=Role.TEAM_LEAD).user
    leave(cast.lotte, cast.house, by=cast.lotte)
    OutgoingMail.objects.all().delete()

    rights.answer_signature(rights.to_sign(colleague).get(pk=asked.pk), agreed=True, by=colleague)

    assert [mail.to for mail in OutgoingMail.objects.all()] == [heir.email]
