"""One person asks: everything is given, a correction is passed on, and after erasing nothing is found anywhere."""

import io
import json
import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from clienten import retention
from clienten.models import (
    ClientCard,
    Correction,
    EmergencyAccess,
    Hold,
    Incident,
    IncidentLine,
    Item,
    Mode,
    PlannedErasure,
    RetentionReport,
    SubjectRequest,
    Withdrawal,
)
from clienten.rights_of_subject import asking, correcting, exporting, log_words
from clienten.rights_of_subject.erasing import erase
from clienten.rights_of_subject.tracing import links, listed_models, trace
from core import audit, keystore
from core.encryption import EncryptedTextField
from core.errors import NotAllowed, Refusal
from core.models import AuditEvent, OutgoingMail
from doorverwijzing import actions, packet, receiving
from doorverwijzing.messages import writing
from doorverwijzing.models import Attempt, ClientMessage, Decline, Message, Packet, Referral, RefusalCode
from doorverwijzing.ways import copies, family
from organisaties.roles import Role
from tests.factories.clienten import ClientCardFactory
from tests.factories.doorverwijzing import Cast, now
from tests.factories.organisaties import MembershipFactory, OrganizationFactory
from tests.factories.sociale_kaart import ServiceFactory
from tests.factories.vraagverheldering import ClientWordsFactory, DomainNoteFactory, NextStepFactory
from vraagverheldering.models import RightsResult

pytestmark = pytest.mark.django_db
CANARY = "kanarie"
# What went wrong is told of a house, without names; that it touched someone is in the file of that person.
WITHOUT_NAMES = {Incident, IncidentLine}
# What the receiver wrote down: the sender does not read it, and asks for it there.
OF_THE_RECEIVER = {(Attempt, "note"), (Attempt, "appointment")}


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def contact_point(cast):
    """Give who answers for the data of the sending organization."""
    return MembershipFactory(organization=cast.house, role=Role.DATA_PROTECTION_CONTACT).user


def whole_story(cast):
    """Bring one person through as many kinds of rows as the real roads make."""
    talk = cast.question.conversation
    note = DomainNoteFactory(conversation=talk)
    ClientWordsFactory(conversation=talk)
    NextStepFactory(conversation=talk, note=note)
    RightsResult.objects.create(
        conversation=talk, answers="{}", outcomes="{}", checked_on=timezone.localdate(), agreed_at=timezone.now()
    )
    referral = cast.contact_made()
    Message.objects.create(referral=referral, author=cast.noor, organization=cast.rent_help, text="x")
    ClientMessage.objects.create(referral=referral, text="x")
    Decline.objects.create(referral=referral, code=RefusalCode.NOT_OURS, elsewhere="x")
    actions.record_answer(referral, answer="not_yet", by=audit.CLIENT)
    Correction.objects.create(card=cast.question.client, item=Item.CONTACT, text="x")
    fill_with_canaries(cast.question.client)
    fresh = Referral.objects.get(pk=referral.pk)
    packet.freeze(fresh, sorted(Item.values))
    return fresh


def fill_with_canaries(card):
    """Write a word of its own in every encrypted field of every row of a person."""
    for model, rows in trace(card).items():
        names = [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
        for row in rows.values():
            for name in names:
                if (model.__name__, name) not in {("RightsResult", "outcomes"), ("RightsResult", "answers")}:
                    setattr(row, name, f"{CANARY} {model.__name__} {name}")
            if names:
                row.save(update_fields=names)


def everything_on_disk():
    """Give every byte of the database, as text, and of the files beside it."""
    found = []
    for model in apps.get_models():
        for row in model._base_manager.all():
            found += [str(getattr(row, field.attname)) for field in model._meta.concrete_fields]
    for folder in (settings.KEY_STORE, settings.SEARCH_DIR):
        found += [path.read_bytes().decode("latin-1") for path in Path(folder).rglob("*") if path.is_file()]
    return "\n".join(found)


def test_the_file_holds_every_personal_field_of_every_row(cast, contact_point):
    whole_story(cast)
    card = ClientCard.objects.get(pk=cast.question.client_id)

    made = json.loads(exporting.as_json(exporting.file_of(card, by=contact_point)))

    rows = {(part["kind"], row.get("id")): row for part in made["parts"] for row in part["rows"]}
    for model, found in trace(card).items():
        for pk, row in found.items():
            given = rows[(model._meta.label, str(pk))]
            for name in model.Privacy.personal:
                assert name in given, f"{model.__name__}.{name}"
                if (model, name) in OF_THE_RECEIVER:
                    assert given[name].endswith("Vraag het daar.")
                elif isinstance(model._meta.get_field(name), EncryptedTextField) and getattr(row, name):
                    assert given[name] == getattr(row, name)
    sealed = next(row for (kind, _id), row in rows.items() if kind == "doorverwijzing.Packet")
    assert f"{CANARY} ClarifiedQuestion own_words" in json.dumps(sealed["content"])
    done = {line["action"] for line in made["log"]}
    assert done >= {"referral.send", "referral.read", "consent.given"}
    assert {action for action in done if log_words.in_words(action) == "deed een stap in het werk"} == set()
    assert AuditEvent.objects.order_by("sequence").last().action == "client.exported"


@pytest.mark.parametrize("agreed", [False, True])
def test_the_file_of_the_sender_holds_no_more_of_the_receiver_than_its_own_page(cast, contact_point, agreed):
    shared = {Item.CONTACT: True, Item.FEEDBACK_OUTCOME: agreed, Item.FEEDBACK_WORDS: agreed}
    referral = actions.prepare(cast.question, cast.service, by=cast.lotte)
    actions.choose(referral, shared=shared, colleague="", warmth=3, by=cast.lotte)
    actions.present(referral, by=cast.lotte)
    actions.send(referral, mode=Mode.SCREEN, signature="Amina", by=cast.lotte)
    receiving.accept(referral, by=cast.noor)
    receiving.record_attempt(referral, at=timezone.now(), channel="phone", note_text="KANARIENOTA", by=cast.noor)
    receiving.confirm_contact(
        referral, at=timezone.now(), channel="phone", initiative="receiver", appointment="KANARIEAFSPRAAK", by=cast.noor
    )
    receiving.close(referral, result="not", by=cast.noor)

    made = exporting.file_of(cast.question.client, by=contact_point)
    book = PdfReader(io.BytesIO(exporting.as_pdf(cast.question.client, made)))

    rows = {part["kind"].split(".")[1]: part["rows"] for part in made["parts"]}
    read = " ".join(" ".join(page.extract_text() for page in book.pages).split())
    for told in (exporting.as_json(made).decode(), read):
        assert "KANARIENOTA" not in told
        assert ("KANARIEAFSPRAAK" in told) is agreed
        assert f"{cast.rent_help} schreef dit voor zichzelf op. Vraag het daar." in told
    assert rows["Referral"][0]["result"] == ("not" if agreed else "")
    assert [row["reason"] for row in rows["Step"] if row["move"] == "close"] == ["not" if agreed else ""]


def test_no_private_model_stands_outside_the_file():
    """Each model with personal fields in a private room hangs on a card, or says here why it does not."""
    reached, growing = {ClientCard}, True
    while growing:
        new = {model for model, field in links(letting_go=True) if field.related_model in reached} - reached
        reached, growing = reached | new, bool(new)
    rooms = ("clienten", "vraagverheldering", "doorverwijzing")
    private = {model for model in listed_models() if model._meta.app_label in rooms and model.Privacy.personal}
    assert private - reached == WITHOUT_NAMES


def test_what_a_receiver_refers_on_is_in_the_file_of_that_receiver_and_in_no_other(cast, log_in):
    parent = cast.accepted()
    copied = copies.copy_question(now(parent), by=cast.noor)
    copied.own_words = f"{CANARY} aan Noor verteld"
    copied.save()
    child = family.refer_on(
        copied, ServiceFactory(name="Alcoholhulp", organization=OrganizationFactory(name="Nuchter vzw")), by=cast.noor
    )
    actions.choose(child, shared={Item.OWN_WORDS: True}, colleague="", warmth=3, by=cast.noor)
    actions.present(child, by=cast.noor)
    actions.send(child, mode=Mode.SCREEN, signature="Amina", by=cast.noor)
    writing.write(child, text=f"{CANARY} onder ons", form_key=uuid.uuid4(), by=cast.noor)

    first, second = (exporting.file_of(card, by=audit.SYSTEM) for card in (cast.question.client, copied.client))

    actions.withdraw(now(parent), by=cast.lotte)
    after = exporting.as_json(exporting.file_of(cast.question.client, by=audit.SYSTEM)).decode()
    sheet = log_in(cast.lotte).get(reverse("doorverwijzing:effect", args=[Withdrawal.objects.get().pk])).text

    theirs = exporting.as_json(second).decode()
    assert f"{CANARY} aan Noor verteld" in theirs and f"{CANARY} onder ons" in theirs and "Alcoholhulp" in theirs
    assert CANARY not in (ours := exporting.as_json(first).decode())
    assert "Alcoholhulp" not in ours and str(child.pk) not in ours and child.receipt.code not in ours
    assert child.receiver_id not in after and str(child.pk) not in after and str(copied.client.pk) not in after
    assert child.receiver.name not in sheet and "Een dienst die Huurhulp De Blauwe Deur koos" in sheet


def test_the_readable_file_is_tagged_dutch_and_in_our_own_letters(cast, contact_point):
    whole_story(cast)
    card = ClientCard.objects.get(pk=cast.question.client_id)

    made = exporting.as_pdf(card, exporting.file_of(card, by=contact_point))

    book = PdfReader(io.BytesIO(made))
    root = book.trailer["/Root"]
    text = "\n".join(page.extract_text() for page in book.pages)
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in book.pages
        for font in page["/Resources"]["/Font"].get_object().values()
    }
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert fonts and all("Atkinson" in font for font in fonts)
    assert "Wat we over je bewaren" in text
    assert f"{CANARY} ClientWords text" in " ".join(text.split())


def test_the_readable_file_has_words_for_what_we_keep_as_a_code():
    cast = Cast(client__no_voicemail=True, client__language="tr", client__call_days="135", client__household="")
    cast.accepted()
    card = cast.question.client

    made = exporting.as_pdf(card, exporting.file_of(card, by=audit.SYSTEM))

    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())
    assert "Taal Turks" in text and "Bel op maandag, woensdag, vrijdag" in text
    assert "Je eigen woorden: Ik slaap niet." in text
    assert (
        "Je voornaam en telefoon: Amina, 0470 00 00 62. Na 16 uur, niet op woensdag. Nooit een bericht inspreken."
        in text
    )
    assert "bij jou" in text
    assert not any(code in text for code in ("cliënt", "135", "jaja", "ja ja"))


def test_after_erasing_no_canary_is_left_anywhere(cast, contact_point, django_capture_on_commit_callbacks):
    referral = whole_story(cast)
    card, key = cast.question.client, Packet.objects.get(referral=referral).key_id
    other = ClientCardFactory(organization=cast.house, first_name="Joris")
    ids = {str(pk) for rows in trace(card, mentions=False).values() for pk in rows}
    assert len(ids) > 20
    request = asking.note(card, kind="erase", asked_on=timezone.localdate(), by=contact_point)
    lines = AuditEvent.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        erase(card, by=contact_point)

    request.refresh_from_db()
    assert CANARY not in everything_on_disk()
    assert not [model for model in listed_models() for row in model._base_manager.all() if str(row.pk) in ids]
    assert request.card_id is None
    assert key not in set(keystore.ids())
    assert ClientCard.objects.filter(pk=other.pk).exists()
    assert AuditEvent.objects.count() > lines
    assert list(audit.verify()) == []
    assert "Een vraag is gewist" in [letter.subject for letter in mail.outbox]
    connection.check_constraints()


@pytest.mark.parametrize("who", ["lotte", "noor"])
def test_a_worker_neither_gets_the_file_nor_erases_it(cast, who):
    card, worker = cast.question.client, getattr(cast, who)

    with pytest.raises(NotAllowed):
        exporting.file_of(card, by=worker)
    with pytest.raises(NotAllowed):
        erase(card, by=worker)


def test_what_the_law_keeps_is_not_erased(cast, contact_point):
    card = cast.question.client
    Hold.objects.create(card=card, reason="legal_claim", until=timezone.localdate() + timedelta(days=90))

    with pytest.raises(Refusal, match="een klacht of een rechtszaak"):
        erase(card, by=contact_point)

    assert ClientCard.objects.filter(pk=card.pk).exists()


def test_what_a_review_must_still_look_at_is_not_erased(cast, contact_point):
    card, now = cast.question.client, timezone.now()
    looked = EmergencyAccess.objects.create(
        client=card, organization=cast.house, opened_by=cast.noor, opened_from=cast.rent_help, why="danger",
        reason="x", asked="x", ends_at=now + timedelta(hours=1), review_due=now.date(),
    )  # fmt: skip

    with pytest.raises(Refusal, match="nazicht"):
        erase(card, by=contact_point)

    EmergencyAccess.objects.filter(pk=looked.pk).update(verdict="right", reviewed_at=now, reviewed_by=contact_point)
    assert erase(card, by=contact_point)["clienten.EmergencyAccess"] == 1


def test_a_correction_reaches_only_who_may_read_that_piece(cast):
    referral, card = cast.accepted(), cast.question.client

    assert correcting.correct(card, item=Item.CONTACT, text="0470 00 00 99", by=cast.lotte) == 1
    assert correcting.correct(card, item=Item.DEBTS, text="900 euro", by=cast.lotte) == 0

    (message,) = Message.objects.filter(referral=referral)
    assert "0470 00 00 99" in message.text
    assert [one.text for one in card.corrections.all()] == ["0470 00 00 99", "900 euro"]


def test_a_person_is_found_in_the_own_organization_only(cast, contact_point):
    card = cast.question.client
    elsewhere = ClientCardFactory(first_name="Amina")

    for text in (str(card.pk), "amina", "0470 00 00 62"):
        assert asking.find(text, by=contact_point) == [card]
    for text in ("Ami", "", str(elsewhere.pk), str(uuid.uuid4())):
        assert asking.find(text, by=contact_point) == []
    assert asking.find("Amina", by=cast.lotte) == []


def make_old(card, days):
    """Put everything about a person back in time; the chain cannot be changed, so it is written by other days."""
    back = timedelta(days=days)
    for model, rows in trace(card).items():
        for name in ("created_at", "saved_at", "status_at", "settled_at", "given_at"):
            if name in {field.name for field in model._meta.concrete_fields}:
                for row in rows.values():
                    if getattr(row, name):
                        model._base_manager.filter(pk=row.pk).update(**{name: getattr(row, name) - back})


def test_a_file_is_announced_then_erased_and_told_in_a_report():
    now = timezone.now()
    old, lively = ClientCardFactory(), None
    lively = ClientCardFactory(organization=old.organization)
    lead = MembershipFactory(organization=old.organization, role=Role.TEAM_LEAD).user
    make_old(old, 200)
    make_old(lively, 20)

    assert retention.run(now) == {"announced": 1, "spared": 0, "erased": 0, "held": 0}
    assert retention.run(now)["announced"] == 0
    (told,) = OutgoingMail.objects.all()
    assert (told.to, "Amina" in told.body) == (lead.email, False)
    assert told.subject.startswith("1 bestand gaat weg op ")
    assert [plan.card for plan in retention.preview(old.organization, now).planned] == [old]
    later = retention.run(now + retention.NOTICE)

    assert later["erased"] == 1
    assert list(ClientCard.objects.all()) == [lively]
    assert sum(report.erased for report in RetentionReport.objects.all()) == 1
    assert list(audit.verify()) == []


@pytest.mark.parametrize("sign", ["open question", "hold", "request", "longer term"])
def test_a_file_with_a_sign_of_life_is_spared(cast, contact_point, sign):
    now, card = timezone.now(), ClientCardFactory(organization=cast.house)
    make_old(card, 200)
    retention.run(now)
    assert PlannedErasure.objects.filter(card=card).exists()
    if sign == "open question":
        type(cast.question).objects.filter(pk=cast.question.pk).update(client=card)
        cast.question.refresh_from_db()
        cast.sent()
    if sign == "hold":
        Hold.objects.create(card=card, reason="legal_duty", until=timezone.localdate() + timedelta(days=90))
    if sign == "request":
        asking.note(card, kind="access", asked_on=timezone.localdate(), by=contact_point)
    if sign == "longer term":
        retention.set_months(cast.house, 12, by=contact_point)

    done = retention.run(now + retention.NOTICE)

    assert (done["spared"], done["erased"]) == (1, 0)
    assert ClientCard.objects.filter(pk=card.pk).exists()
    assert not PlannedErasure.objects.filter(card=card).exists()


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [("2026-08-31", 6, "2026-02-28"), ("2026-03-15", 6, "2025-09-15"), ("2024-03-31", 1, "2024-02-29")],
)
def test_months_are_counted_as_people_do(day, months, before):
    noon = timezone.make_aware(timezone.datetime.fromisoformat(f"{day}T12:00"))

    assert timezone.localdate(retention.months_before(noon, months)).isoformat() == before


def test_a_request_must_be_answered_within_a_month(cast, contact_point):
    request = asking.note(cast.question.client, kind="access", asked_on=date(2026, 2, 10), by=contact_point)

    assert request.answer_by == date(2026, 3, 10)
    assert asking.close(cast.question.client, "access", by=contact_point) == 1
    assert not SubjectRequest.objects.open().exists()
