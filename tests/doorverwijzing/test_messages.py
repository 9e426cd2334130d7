"""Messages: files that die with the consent, colleagues who are named, ready-made texts, and mail once a day."""

import re
import uuid
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from clienten.models import Consent, Item
from clienten.rights_of_subject import correcting
from core import audit, doomed_keys, sealed_files
from core.errors import NotAllowed, Unreadable
from core.models import OutgoingMail
from doorverwijzing import actions, digest, feedback, packet
from doorverwijzing.messages import mentions, reading, writing
from doorverwijzing.models import Attachment, Message, MessageTemplate, NoticeWish, Packet, Referral, WaitingNotice
from organisaties.roles import Role
from tests.factories.doorverwijzing import SHARED, Cast
from tests.factories.organisaties import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nBrief van de huisbaas KANARIEBIJLAGE\n%%EOF"
WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=timezone.get_fixed_timezone(60))


def send_file(browser, referral, *, item="own_words", content=PDF, name="brief.pdf"):
    """Write a message with a file, as a browser does."""
    return browser.post(
        f"/doorverwijzing/{referral.pk}/bericht/",
        {"text": "De brief.", "form_key": uuid.uuid4(), "item": item, "attached": SimpleUploadedFile(name, content)},
    )


def fresh(referral):
    return Referral.objects.select_related("packet").get(pk=referral.pk)


def write(referral, text, *, by):
    return writing.write(referral, text=text, form_key=uuid.uuid4(), by=by)


def test_a_file_goes_to_the_other_side_only_and_each_opening_is_written_down(log_in):
    cast = Cast()
    referral = cast.received()
    ours, theirs, strange = log_in(cast.lotte), log_in(cast.noor), log_in(MembershipFactory().user)

    assert send_file(ours, referral).status_code == 302
    file = Attachment.objects.get()
    at = f"/doorverwijzing/{referral.pk}/bijlagen/{file.pk}/"
    answer = theirs.get(at)

    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="brief.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert strange.get(at).status_code == 404
    line = audit.history(referral).filter(details__page=f"attachment {file.pk}").get()
    assert (line.action, line.actor, line.organization) == ("referral.read", str(cast.noor.pk), cast.rent_help.pk)
    assert b"KANARIE" not in sealed_files.path_of(file.key_id).read_bytes()
    assert f"/bijlagen/{file.pk}/" in theirs.get(referral.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "item", "said"),
    [
        (b"<html><script>alert(1)</script>", "brief.pdf", "own_words", "soort bestand"),
        (b"", "brief.pdf", "own_words", "leeg"),
        (PDF, "brief.pdf", "", "afgesproken stuk"),
        (PDF, "brief.pdf", "income", "geldige keuze"),
    ],
)
def test_a_file_that_may_not_go_along_is_told_why_and_loses_no_word(log_in, content, name, item, said):
    cast = Cast()
    referral = cast.received()

    page = send_file(log_in(cast.lotte), referral, content=content, name=name, item=item)

    assert page.status_code == 200
    assert said in page.content.decode()
    assert "De brief." in page.content.decode()
    assert not Message.objects.exists()


def test_files_die_with_the_consent_and_with_the_piece_that_they_are_about(log_in, django_capture_on_commit_callbacks):
    cast = Cast()
    referral = cast.received()
    browser = log_in(cast.lotte)
    for item in ("own_words", "tried", "question"):
        send_file(browser, referral, item=item)
    words, _question, tried = Attachment.objects.order_by("item")
    backup = {file.key_id: sealed_files.path_of(file.key_id).read_bytes() for file in (words, tried)}

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(referral, by=cast.lotte, items=["own_words"])
    with pytest.raises(Unreadable):
        sealed_files.take(words.key_id)
    assert sealed_files.take(tried.key_id) == PDF
    assert [message.item for message in reading.for_receiver(fresh(referral))] == ["tried", "question"]
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(referral, by=cast.lotte)

    assert set(Attachment.objects.values_list("name", "key_id")) == {("", None)}
    assert browser.get(f"/doorverwijzing/{referral.pk}/bijlagen/{tried.pk}/").status_code == 410
    doomed_keys.destroy_doomed()
    sealed_files.sweep()
    for key_id, sealed in backup.items():
        sealed_files.path_of(key_id).write_bytes(sealed)
        with pytest.raises(Unreadable):
            sealed_files.take(key_id)


def test_what_was_written_ends_for_the_receiver_with_the_consent_and_with_the_piece_that_it_is_about(log_in):
    cast = Cast()
    referral = cast.received()
    ours, theirs = log_in(cast.lotte), log_in(cast.noor)
    write(referral, "KANARIE belt liever na vier uur.", by=cast.lotte)
    correcting.correct(cast.question.client, item=Item.CONTACT, text="0470 00 00 99", by=cast.lotte)

    def read_by(browser):
        page = browser.get(referral.get_absolute_url()).content.decode()
        return [word for word in ("KANARIE", "0470 00 00 99", "Bedankt.") if word in page]

    assert read_by(theirs) == ["KANARIE", "0470 00 00 99"]
    actions.withdraw(referral, by=cast.lotte, items=[Item.CONTACT])
    assert read_by(theirs) == ["KANARIE"]
    actions.withdraw(referral, by=cast.lotte)
    assert read_by(theirs) == []
    assert "eindigde met de toestemming" in theirs.get(referral.get_absolute_url()).content.decode()
    write(referral, "Bedankt.", by=cast.lotte)
    assert read_by(theirs) == ["Bedankt."]
    assert read_by(ours) == ["KANARIE", "0470 00 00 99", "Bedankt."]


def test_a_thread_of_thirty_messages_with_files_costs_as_much_as_one(log_in, django_assert_num_queries):
    cast = Cast()
    referral = cast.accepted()
    ours, theirs = log_in(cast.lotte), log_in(cast.noor)

    for more in (1, 29):
        for number in range(more):
            message = write(referral, "@Noor, kijk je?", by=cast.lotte)
            name, key = f"brief-{number}.pdf", sealed_files.keep(PDF)
            Attachment.objects.create(message=message, item="tried", name=name, extension="pdf", size=3, key_id=key)
        for browser, queries in ((ours, 45), (theirs, 40)):
            browser.get(referral.get_absolute_url())
            with django_assert_num_queries(queries, info=f"after {more} more"):
                assert browser.get(referral.get_absolute_url()).content.count(b"brief-") >= more


def test_a_colleague_is_named_only_where_they_may_see_it():
    cast = Cast()
    referral = cast.accepted()
    mieke = UserFactory(first_name="Mieke", last_name="Claes")
    MembershipFactory(user=mieke, organization=cast.house, role=Role.FRONTLINE_WORKER)
    UserFactory(first_name="Vreemd")
    for name in ("Peters", "Maes"):
        MembershipFactory(user=UserFactory(first_name="Jan", last_name=name), organization=cast.house)

    message = write(referral, "@mieke en @Noor: kijk. @Vreemd, @Jan en a@Lotte.be niet. @Jan Maes wel.", by=cast.lotte)

    assert {mention.person.get_full_name() for mention in message.mentions.all()} == {
        "Mieke Claes", cast.noor.get_full_name(), "Jan Maes",
    }  # fmt: skip
    mails = OutgoingMail.objects.filter(about=f"doorverwijzing.referral:{referral.pk}")
    assert mieke.email in {mail.to for mail in mails}
    assert not any("Amina" in mail.body + mail.subject for mail in mails)


def test_names_with_marks_are_found_once():
    anne = UserFactory.build(pk=1, first_name="Anne-Lise", last_name="D'Hondt")

    assert mentions.find("Dag @Anne-Lise, @anne-lise.d'hondt @", [anne]) == [anne]


def test_a_name_of_three_words_is_found_beside_another_one_that_begins_the_same():
    damme, dam = (
        UserFactory.build(pk=pk, first_name="Jan", last_name=name) for pk, name in ((1, "Van Damme"), (2, "Van Dam"))
    )

    assert mentions.find("Wil @Jan Van Damme bellen?", [damme, dam]) == [damme]
    assert mentions.find("(@jan.van.dam). Dank!", [damme, dam]) == [dam]
    assert mentions.find("@Jan Van der Elst, @Jan, @Jan Van Dam-Peeters", [damme, dam]) == []


def test_news_that_can_wait_comes_once_in_the_morning_and_a_question_that_comes_back_at_once():
    cast = Cast()
    referral = cast.received()
    NoticeWish.objects.create(person=cast.lotte, rhythm="daily")
    OutgoingMail.objects.all().delete()

    write(referral, "Is de brief er al?", by=cast.noor)
    write(referral, "En de huurprijs?", by=cast.noor)
    assert not OutgoingMail.objects.exists()
    WaitingNotice.objects.update(created_at=WEDNESDAY - timedelta(days=1))

    assert digest.send(WEDNESDAY.replace(hour=7)) == {"mails": 0}
    assert digest.send(WEDNESDAY + timedelta(days=3)) == {"mails": 0}
    assert digest.send(WEDNESDAY) == {"mails": 1}
    assert digest.send(WEDNESDAY) == {"mails": 0}
    mail = OutgoingMail.objects.get()
    assert mail.to == cast.lotte.email
    assert "(2)" in mail.body
    assert "huurprijs" not in mail.body


def test_a_referral_that_someone_may_no_longer_see_is_not_in_their_mail():
    cast = Cast()
    referral = cast.received()
    WaitingNotice.objects.create(person=UserFactory(), referral=referral, subject="Nieuws", created_at=WEDNESDAY)

    assert digest.send(WEDNESDAY + timedelta(days=1)) == {"mails": 0}
    assert not WaitingNotice.objects.exists()


def test_a_receiver_tells_back_only_what_was_agreed(log_in):
    cast = Cast()
    referral = cast.contact_made()

    with pytest.raises(NotAllowed):
        write(referral, "Ze is ook ziek.", by=cast.noor)
    assert "Vraag om te bellen" in log_in(cast.noor).get(referral.get_absolute_url()).content.decode()
    log_in(cast.noor).post(f"/doorverwijzing/{referral.pk}/bericht/", {"form_key": uuid.uuid4(), "call": "1"})

    assert Message.objects.get().text == "Bel mij even over deze vraag."
    assert write(referral, "Wij bellen.", by=cast.lotte)


@pytest.mark.parametrize("agreed", [True, False])
def test_the_next_appointment_is_the_receivers_own_unless_words_were_agreed(log_in, monkeypatch, agreed):
    monkeypatch.setitem(SHARED, Item.FEEDBACK_WORDS, agreed)
    cast = Cast()
    referral = cast.accepted()
    said = {"day": timezone.localdate().isoformat(), "spoken": "yes", "channel": "phone", "initiative": "receiver"}
    receiver = log_in(cast.noor)
    receiver.post(f"/doorverwijzing/{referral.pk}/contact/", {**said, "appointment": "woensdag bij de dokter"})

    ours = log_in(cast.lotte).get(referral.get_absolute_url()).content.decode()

    assert ("woensdag bij de dokter" in ours) is agreed
    assert "woensdag bij de dokter" in receiver.get(referral.get_absolute_url()).content.decode()


@pytest.mark.parametrize("agreed", [True, False])
def test_how_it_ended_is_told_only_when_it_was_agreed(log_in, monkeypatch, agreed):
    monkeypatch.setitem(SHARED, Item.FEEDBACK_OUTCOME, agreed)
    cast = Cast()
    referral = cast.closed()

    page = log_in(cast.lotte).get(referral.get_absolute_url()).content.decode()

    assert ("opgelost" in page.lower()) is agreed
    assert feedback.may_tell(referral, Item.FEEDBACK_OUTCOME) is agreed


def test_texts_of_everyone_are_for_the_team_lead_and_own_ones_for_oneself(log_in):
    cast = Cast()
    lead = MembershipFactory(organization=cast.house, role=Role.TEAM_LEAD).user
    browser = log_in(cast.lotte)
    own = {"title": "Bel mij", "text": "Bel mij morgen.", "whose": f"own:{cast.house.pk}"}

    assert browser.post("/berichten/teksten/", own).status_code == 302
    assert browser.post("/berichten/teksten/", {**own, "whose": cast.house.pk}).status_code == 200
    assert log_in(lead).post("/berichten/teksten/", {**own, "title": "Huis", "whose": cast.house.pk}).status_code == 302

    mine, house = MessageTemplate.objects.order_by("title")
    assert set(MessageTemplate.objects.usable_by(lead)) == {house}
    assert set(MessageTemplate.objects.usable_by(cast.noor)) == set()
    assert browser.get(f"/berichten/teksten/{house.pk}/").status_code == 404
    assert browser.post(f"/berichten/teksten/{mine.pk}/", {"drop": "1"}).status_code == 302
    referral = cast.sent()
    assert "Bel mij morgen." in browser.get(f"{referral.get_absolute_url()}?tekst={house.pk}").content.decode()


def test_a_message_is_written_in_a_fold_that_opens_with_the_text_that_was_chosen(log_in):
    cast = Cast()
    referral = cast.received()
    text = MessageTemplate.objects.create(
        title="Ontvangen", text="Dag, we lezen het vandaag.", organization=cast.rent_help
    )
    write(referral, "Dag Noor.", by=cast.lotte)
    theirs = log_in(cast.noor)

    def fold(query=""):
        page = theirs.get(referral.get_absolute_url() + query).text
        return page[: page.index("Schrijf een bericht")].rpartition("<details")[2].partition(">")[0]

    assert "open" not in fold()
    assert "open" in fold(f"?tekst={text.pk}")


def test_when_mail_comes_is_chosen_on_the_own_account(log_in):
    cast = Cast()
    browser = log_in(cast.lotte)
    answer = browser.post("/berichten/meldingen/", {"rhythm": "daily"})
    browser.post("/berichten/meldingen/", {"rhythm": "never"})

    page = browser.get(answer["Location"]).content.decode()

    assert "Kies wanneer je mail wilt." in page
    assert re.search(r'value="daily"[^>]*checked', page)
    assert writing.wish_of(cast.lotte).rhythm == "daily"


def test_the_account_leads_to_passing_on_what_is_in_hand(log_in):
    cast = Cast()
    cast.sent()

    page = log_in(cast.lotte).get("/weergave/").content.decode()

    assert "Geef eerst je 2 open vragen en gesprekken door." in page
    assert f'href="/leden/{cast.house.pk}/{cast.lotte.pk}/stoppen/"' in page


@pytest.mark.parametrize("ended", [None, ["own_words"]])
def test_no_file_and_no_word_about_a_piece_is_read_a_day_too_long_also_before_the_night(log_in, ended):
    cast = Cast()
    referral = cast.received()
    ours, theirs = log_in(cast.lotte), log_in(cast.noor)
    send_file(ours, referral)
    correcting.correct(cast.question.client, item=Item.OWN_WORDS, text="KANARIEWOORD", by=cast.lotte)
    at = f"/doorverwijzing/{referral.pk}/bijlagen/{Attachment.objects.get().pk}/"
    open_before = theirs.get(at).status_code

    said = Consent.objects.filter(client=referral.client)
    said = said.filter(item__in=ended) if ended else said
    said.update(valid_until=timezone.localdate() - timedelta(days=1))
    packet.note_ends(referral)

    assert (open_before, theirs.get(at).status_code, ours.get(at).status_code) == (200, 410, 200)
    assert "KANARIEWOORD" not in theirs.get(referral.get_absolute_url()).content.decode()
    assert send_file(ours, referral).status_code == 200
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("item", "open_", "after", "read"),
    [("", True, False, True), ("income", True, False, True), ("debts", True, False, False), ("", False, True, True),
     ("", False, False, False), ("income", False, True, False)],
)  # fmt: skip
def test_what_is_about_a_piece_ends_with_the_packet_also_when_it_was_written_later(item, open_, after, read):
    now = timezone.now()
    closed = None if open_ else now
    sealed = Packet(items=["income"], key_id=uuid.uuid4() if open_ else None, destroyed_at=closed)

    assert sealed.lets_read(item, now + timedelta(hours=1 if after else -1), timezone.localdate()) is read
