"""Handing over: exactly what the client agreed to, once, with a mail that tells nothing."""

import json
import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from clienten.models import Consent, Item, Mode
from core import audit, keystore
from core.errors import NotAllowed, Refusal
from doorverwijzing import actions, packet, receiving
from doorverwijzing.models import Packet, Referral
from doorverwijzing.ways import copies
from doorverwijzing.workflow import Side, Status
from tests.factories.doorverwijzing import SHARED, Cast, key_store_takes_no_more, now
from tests.factories.organisaties import OrganizationFactory, UserFactory
from tests.factories.rechtenverkenning import RightFactory
from tests.factories.sociale_kaart import ServiceFactory
from tests.factories.vraagverheldering import ClarifiedQuestionFactory
from vraagverheldering.models import Conversation

pytestmark = pytest.mark.django_db
SECRETS = ["Amina", "0470 00", "slaap niet", "1.450", "2.340", "huisbaas", "Yusuf"]


@pytest.fixture
def cast():
    return Cast()


def again(referral):
    return Referral.objects.select_related("packet", "question", "receiver").get(pk=referral.pk)


def test_the_receiver_reads_exactly_the_items_the_client_agreed_to(cast):
    referral = cast.sent()

    reading = receiving.read(referral, by=cast.noor)

    assert sorted(reading.pieces) == sorted([Item.CONTACT, Item.OWN_WORDS, Item.TRIED])
    assert reading.title.startswith("Amina")
    assert "1.450" not in str(reading)
    assert "2.340" not in str(reading)
    assert "Alleen met" not in str(reading)


def test_unanswered_is_not_shared(cast):
    referral = actions.prepare(cast.question, cast.service, by=cast.lotte)
    actions.choose(referral, shared={}, colleague="", warmth=3, by=cast.lotte)
    actions.present(referral, by=cast.lotte)
    actions.send(referral, mode=Mode.ORAL, signature="Els", by=cast.lotte)

    reading = receiving.read(referral, by=cast.noor)

    assert reading.pieces == {}
    # The question is the one item that always goes, with a yes of its own.
    assert [consent.item for consent in Consent.objects.filter(client=cast.question.client)] == [Item.QUESTION]
    assert "Amina" not in str(reading)
    assert cast.question.wish in reading.title


def test_what_changes_after_sending_does_not_change_what_was_sent(cast):
    referral = cast.sent()
    cast.question.own_words, cast.question.wish = "Ik heb me bedacht.", "weg bij haar man"
    cast.question.save()
    cast.question.client.phone = "0470 00 00 99"
    cast.question.client.save()

    reading = receiving.read(referral, by=cast.noor)

    assert reading["own_words"]["text"].startswith("Ik slaap niet")
    assert reading["contact"]["phone"] == "0470 00 00 62"
    receiving.accept(referral, by=cast.noor)
    assert copies.copy_question(again(referral), by=cast.noor).wish == reading.wish
    actions.withdraw(referral, by=cast.lotte, items=[Item.CONTACT])
    assert packet.read(again(referral)).title == f"Iemand wil {reading.wish}"


def test_the_packet_lies_sealed_in_the_database(cast):
    referral = cast.sent()

    row = Packet.objects.filter(referral=referral).values().get()
    key = keystore.take(row["key_id"])

    assert not any(secret in str(row) for secret in [*SECRETS, key])


def test_each_item_has_its_own_yes_with_recipient_purpose_and_end(cast):
    referral = cast.sent()

    consents = Consent.objects.filter(client=cast.question.client)

    agreed = [Item.QUESTION, *(item for item, yes in SHARED.items() if yes)]
    assert sorted(consents.values_list("item", flat=True)) == sorted(agreed)
    assert {consent.recipient_id for consent in consents} == {cast.rent_help.pk}
    assert {consent.purpose for consent in consents} == {referral.question_id}
    assert all(consent.text_version and consent.mode == Mode.SCREEN for consent in consents)
    assert all((consent.valid_until - timezone.localdate(consent.given_at)).days <= 366 for consent in consents)


def test_nothing_is_sent_without_a_name_under_the_yes(cast):
    referral = cast.presented()

    with pytest.raises(Refusal):
        actions.send(referral, mode=Mode.SCREEN, signature="  ", by=cast.lotte)

    assert Referral.objects.get(pk=referral.pk).state is Status.PRESENTED
    assert not Consent.objects.exists()


def test_nothing_is_sent_before_the_client_saw_it(cast):
    referral = cast.draft()

    with pytest.raises(NotAllowed):
        actions.send(referral, mode=Mode.SCREEN, signature="Amina", by=cast.lotte)


def test_the_mail_goes_after_commit_and_tells_nothing_of_the_person(
    cast, mailoutbox, django_capture_on_commit_callbacks
):
    referral = cast.presented()

    with django_capture_on_commit_callbacks(execute=True):
        actions.send(referral, mode=Mode.SCREEN, signature="Amina", by=cast.lotte)
        assert mailoutbox == []

    assert [mail.to for mail in mailoutbox] == [[cast.rent_help.inbox]]
    text = mailoutbox[0].subject + mailoutbox[0].body
    assert referral.get_absolute_url() in text
    assert not any(secret in text for secret in SECRETS)


def test_a_double_click_makes_one_referral(cast):
    first = actions.prepare(cast.question, cast.service, by=cast.lotte)
    second = actions.prepare(cast.question, cast.service, by=cast.lotte)

    assert first.pk == second.pk
    assert Referral.objects.count() == 1


def test_a_second_send_is_refused_and_changes_nothing(cast):
    referral = cast.presented()
    late = Referral.objects.get(pk=referral.pk)
    actions.send(referral, mode=Mode.SCREEN, signature="Amina", by=cast.lotte)

    with pytest.raises(Refusal), transaction.atomic():
        actions.send(late, mode=Mode.SCREEN, signature="Amina", by=cast.lotte)

    assert Consent.objects.filter(withdrawn_at=None).count() == 1 + sum(SHARED.values())
    assert referral.log.filter(move="send").count() == 1


@pytest.mark.parametrize("change", [{"accepts_referrals": False}, {"status": "inactive"}, {"live": False}])
def test_a_service_that_takes_no_questions_is_refused_with_a_way_on(cast, change):
    for name, value in change.items():
        setattr(cast.service, name, value)
    cast.service.save()

    with pytest.raises(Refusal):
        actions.prepare(cast.question, cast.service, by=cast.lotte)


def test_a_receiver_without_mailbox_is_refused(cast):
    cast.rent_help.inbox = ""
    cast.rent_help.save()

    with pytest.raises(Refusal):
        actions.prepare(cast.question, cast.service, by=cast.lotte)


def test_a_question_is_not_handed_to_the_own_organization(cast):
    own = ServiceFactory(organization=cast.house)

    with pytest.raises(Refusal):
        actions.prepare(cast.question, own, by=cast.lotte)


def test_a_stranger_cannot_prepare(cast):
    with pytest.raises(NotAllowed):
        actions.prepare(cast.question, cast.service, by=UserFactory())


def test_a_question_can_go_to_two_services_at_once(cast):
    cast.sent()
    other = ServiceFactory(organization=OrganizationFactory(worker=UserFactory()))

    second = actions.prepare(cast.question, other, by=cast.lotte)

    assert second.state is Status.DRAFT


def test_the_database_refuses_a_second_open_referral_to_the_same_service(cast):
    referral = cast.sent()

    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.create(
            question=cast.question, client=cast.question.client, sender=cast.house, sender_worker=cast.lotte,
            service=cast.service, receiver=cast.rent_help, due_at=referral.due_at,
        )  # fmt: skip


def test_the_database_refuses_an_open_referral_without_next_date(cast):
    referral = cast.sent()

    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(due_at=None)


def test_every_step_is_in_the_audit_chain_without_content(cast):
    referral = cast.contact_made()

    lines = list(audit.history(referral).values_list("action", flat=True))

    assert lines == [
        "referral.prepared", "referral.present", "referral.send", "referral.open", "referral.read", "referral.accept",
        "referral.confirm_contact",
    ]  # fmt: skip
    assert list(audit.verify()) == []
    assert not any(secret in str(event.details) for event in audit.history(referral) for secret in SECRETS)


def test_a_message_does_not_stop_the_clock_and_comes_once(cast):
    referral = cast.received()
    due, key = referral.due_at, uuid.uuid4()

    actions.write_message(referral, text="Is de brief al gekomen?", form_key=key, by=cast.noor)
    actions.write_message(referral, text="Is de brief al gekomen?", form_key=key, by=cast.noor)

    assert referral.messages.count() == 1
    assert Referral.objects.get(pk=referral.pk).due_at == due


def test_the_rights_that_were_kept_can_go_along(cast):
    right = RightFactory(code="R44", name="Sociale huurwoning")
    RightFactory(code="R01", name="Leefloon")
    cast.question.conversation.rights_results.create(
        answers="{}", outcomes=json.dumps({right.code: "likely", "R01": "unlikely"}), checked_on=date(2026, 11, 20),
        agreed_at=timezone.now(),
    )  # fmt: skip

    offered = {piece.item: piece.text for piece in packet.offered(cast.question)}

    assert offered[Item.RIGHTS] == "Sociale huurwoning"


def test_the_preview_is_what_the_receiver_gets(cast):
    referral = cast.presented()
    chosen = sorted(item for item, yes in referral.choices.items() if yes)
    preview = packet.reading_of(packet.compose(referral.question, chosen))

    actions.send(referral, mode=Mode.SCREEN, signature="Amina", by=cast.lotte)

    assert packet.read(referral) == preview


def test_the_sender_stands_on_the_sending_side(cast):
    referral = cast.sent()

    assert referral.side_of(cast.lotte) is Side.SENDER
    assert referral.side_of(cast.noor) is Side.RECEIVER
    assert referral.side_of(UserFactory()) is None


def test_a_short_talk_is_finished_by_sending_its_question():
    cast = Cast(conversation__quick=True)
    talk = cast.question.conversation

    cast.sent()

    talk.refresh_from_db()
    assert talk.finished_at
    assert "conversation.finished" in audit.history(talk).values_list("action", flat=True)


def test_a_short_talk_stays_open_while_another_of_its_questions_waits():
    cast = Cast(conversation__quick=True)
    talk = cast.question.conversation
    other = ClarifiedQuestionFactory(conversation=talk, client=talk.client)

    cast.sent()
    talk.refresh_from_db()
    assert not talk.finished_at

    cast.question = other
    cast.sent()
    talk.refresh_from_db()
    assert talk.finished_at


def test_a_broad_talk_goes_on_after_sending(cast):
    cast.sent()

    cast.question.conversation.refresh_from_db()
    assert not cast.question.conversation.finished_at


def test_a_talk_that_a_colleague_finished_does_not_stop_the_sending():
    cast = Cast(conversation__quick=True)
    referral = cast.presented()
    Conversation.objects.update(finished_at=timezone.now())

    actions.send(referral, mode=Mode.ORAL, signature="Els", by=cast.lotte)

    assert referral.state is Status.SENT


def test_the_result_of_a_finished_short_talk_still_opens_and_prints(client):
    cast = Cast(conversation__quick=True)
    cast.sent()
    client.force_login(cast.lotte)

    page = client.get(reverse("gesprekken:conversation", args=[cast.question.conversation_id]), follow=True)
    day = client.get(reverse("doorverwijzing:today"))

    assert cast.question.wish in page.content.decode()
    assert "data-print" in page.content.decode()
    assert not day.context["talks"]


def test_the_sending_is_the_next_step_of_a_question_without_one():
    cast = Cast(conversation__quick=True, next_step="", who="", by_when=None)

    cast.sent()

    cast.question.refresh_from_db()
    assert cast.question.next_step == "Eerste contact: Blijven wonen"
    assert cast.question.who == "Huurhulp De Blauwe Deur"
    assert cast.question.by_when > timezone.localdate()


def test_a_next_step_that_a_worker_wrote_stays(cast):
    cast.question.next_step = "Samen bellen"
    cast.question.save()

    cast.sent()

    cast.question.refresh_from_db()
    assert cast.question.next_step == "Samen bellen"


def test_a_service_that_moved_is_chosen_again_for_its_new_organization(cast):
    draft = cast.presented()
    cast.service.organization = OrganizationFactory(name="CAW Noord")
    cast.service.save()

    with pytest.raises(Refusal, match="is nu van CAW Noord"):
        actions.send(now(draft), mode=Mode.SCREEN, signature="Amina", by=cast.lotte)
    again = actions.prepare(cast.question, cast.service, by=cast.lotte)

    assert (now(draft).state, now(draft).sent_at) == (Status.WITHDRAWN, None)
    assert (again.state, again.receiver.name, again.choices) == (Status.DRAFT, "CAW Noord", {})


def test_a_key_store_that_takes_no_more_sends_nothing_says_so_and_loses_no_word(cast, log_in, monkeypatch, caplog):
    referral, browser = cast.presented(), log_in(cast.lotte)
    key_store_takes_no_more(monkeypatch)

    page = browser.post(reverse("doorverwijzing:say_yes", args=[referral.pk]), {"mode": "oral", "signature": "Els Wit"})

    assert page.status_code == 200
    assert "Dit kan nu niet veilig bewaard worden. Probeer het later opnieuw; er is niets verstuurd." in page.text
    assert 'value="Els Wit"' in page.text
    assert Referral.objects.get().state is Status.PRESENTED
    assert (Consent.objects.count(), Packet.objects.count()) == (0, 0)
    assert "A key cannot be kept" in caplog.text
