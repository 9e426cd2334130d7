"""A receiver without an account sends files and arranges a live handover: the same limits, the same machine."""

import json
import uuid
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from icalendar import Calendar

from core import audit, sealed_files, throttle
from core.models import OutgoingMail
from doorverwijzing.actors import GUEST
from doorverwijzing.guest import magic_link
from doorverwijzing.guest.views import question
from doorverwijzing.guest.views.door import SESSION_KEY
from doorverwijzing.live import appointments, reminding
from doorverwijzing.live.appointments import Wish
from doorverwijzing.live.hours import ZONE
from doorverwijzing.live.rules import Stage
from doorverwijzing.messages import writing
from doorverwijzing.models import Attachment, GuestLink, Handover, Message, Referral
from doorverwijzing.workflow import Status
from tests.core.test_sealed_files import VIRUS, clamd, scanner
from tests.doorverwijzing.test_guest import MAILBOX, GuestCast

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=ZONE)
FIRST, SECOND = MONDAY + timedelta(days=1, hours=1), MONDAY + timedelta(days=2, hours=5)
PDF = b"%PDF-1.7\nVerslag KANARIEBIJLAGE\n%%EOF"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)
    cache.clear()


@pytest.fixture
def cast():
    return GuestCast()


@pytest.fixture
def guest(cast, client):
    """Send a question and come in by the door; give the browser with the address of the question."""
    client.referral = cast.sent()
    let_in(client, client.referral)
    client.at = f"/gast/vraag/{client.referral.pk}/"
    return client


def let_in(browser, referral):
    """Let a browser in as the code of the mail does."""
    browser.cookies.clear()
    magic_link.way_in(referral)
    session = browser.session
    session[SESSION_KEY] = {GuestLink.objects.get(closed_at=None).pk.hex: timezone.now().timestamp() + 3600}
    session.save()


def write(browser, *, content=PDF, name="verslag.pdf"):
    files = {"attached": SimpleUploadedFile(name, content)} if content is not None else {}
    return browser.post(f"{browser.at}bericht/", {"text": "Het verslag.", "form_key": uuid.uuid4(), **files})


def test_a_file_of_a_guest_lies_sealed_and_each_opening_is_written_down(guest, cast, log_in):
    assert write(guest).status_code == 302

    file = Attachment.objects.get()
    ours = log_in(cast.lotte).get(f"/doorverwijzing/{guest.referral.pk}/bijlagen/{file.pk}/")
    theirs = guest.get(f"{guest.at}bijlagen/{file.pk}/")

    assert ours.content == theirs.content == PDF
    assert b"KANARIE" not in sealed_files.path_of(file.key_id).read_bytes()
    assert theirs["Content-Disposition"].startswith("attachment")
    lines = audit.history(guest.referral).filter(details__page=f"attachment {file.pk}")
    assert {line.actor.startswith(GUEST) for line in lines} == {True, False}
    writing.write(
        guest.referral, text="Voor jou.", form_key=uuid.uuid4(), by=cast.lotte, item="own_words",
        files=[sealed_files.check(SimpleUploadedFile("brief.pdf", PDF))],
    )  # fmt: skip
    assert guest.get(guest.at).content.decode().count("/bijlagen/") == 2
    other = write_elsewhere()
    assert guest.get(f"{guest.at}bijlagen/{other.pk}/").status_code == 404


def write_elsewhere():
    """Give a file of a question that this guest has nothing to do with."""
    cast = GuestCast()
    referral = cast.sent()
    writing.write(
        referral, text="Anders.", form_key=uuid.uuid4(), by=cast.lotte, item="own_words",
        files=[sealed_files.check(SimpleUploadedFile("ander.pdf", PDF))],
    )  # fmt: skip
    return Attachment.objects.get(message__referral=referral)


@pytest.mark.parametrize(
    ("content", "said"), [(b"<html><script>", "soort bestand"), (b"", "leeg"), (PDF + bytes(2048), "te groot")]
)
def test_a_file_of_a_guest_that_may_not_come_in_is_told_why_and_loses_no_word(guest, settings, content, said):
    settings.UPLOAD_MAX_BYTES = 1024

    is_told(write(guest, content=content), said)


def test_a_virus_of_a_guest_does_not_come_in(guest, settings):
    with clamd(scanner) as settings.CLAMD_ADDRESS:
        page = write(guest, content=VIRUS)

    is_told(page, "niet veilig")


def is_told(page, said):
    """Check that the reason stands on the page, that nothing was kept, and that the words are still there."""
    assert (page.status_code, Message.objects.count()) == (200, 0)
    assert said in page.content.decode()
    assert "Het verslag." in page.content.decode()


def test_a_guest_who_writes_much_is_asked_to_wait_and_loses_no_word(guest):
    for _time in range(question.MOST_WRITTEN):
        throttle.count_failure(question.WRITES, str(guest.referral.pk), seconds=60)

    page = write(guest)

    assert "Wacht een uur, of bel." in page.content.decode()
    assert "Het verslag." in page.content.decode()
    assert not Message.objects.exists()


def test_behind_an_expired_link_nothing_is_written_agreed_or_opened(guest, cast):
    write(guest)
    handover = appointments.propose(guest.referral, Wish("call", 30, (FIRST, SECOND)), by=cast.lotte)
    GuestLink.objects.update(expires_at=timezone.now())

    answers = [
        write(guest), guest.get(f"{guest.at}bijlagen/{Attachment.objects.get().pk}/"), guest.get(f"{guest.at}samen/"),
        guest.post(f"{guest.at}samen/kiezen/", {"slot": handover.slots.first().pk}),
        guest.get(f"{guest.at}samen/agenda/"),
    ]  # fmt: skip

    # Who asks is led to the door, who sends gets back what was typed.
    assert [answer.status_code for answer in answers] == [403, 302, 302, 403, 302]
    assert {answer.url for answer in answers[1:3]} == {magic_link.door_of(GuestLink.objects.get())}
    assert (Message.objects.count(), Handover.objects.get().state) == (1, Stage.PROPOSED)


def mails(to=MAILBOX):
    """Give the mails to one address, oldest first."""
    return [mail for mail in OutgoingMail.objects.order_by("created_at") if mail.to == to]


def invited(method):
    """Give each mail to the mailbox that has such a calendar message inside, with that message."""
    return [
        (mail, Calendar.from_ical(text))
        for mail in mails()
        for _name, text, kind in json.loads(mail.attachments or "[]")
        if kind == f"text/calendar; method={method}"
    ]


def test_a_guest_chooses_a_moment_is_invited_and_tells_that_they_spoke(guest, cast, time_machine):
    handover = appointments.propose(guest.referral, Wish("call", 30, (FIRST, SECOND)), by=cast.lotte)
    page = guest.get(guest.at).content.decode()
    assert "Kies di 1 dec., 10 u." in page

    guest.post(f"{guest.at}samen/kiezen/", {"slot": handover.slots.first().pk})

    handover.refresh_from_db()
    referral = Referral.objects.get()
    assert (handover.state, handover.starts_at, handover.receiver_worker, handover.mailbox_keeps) == (
        Stage.AGREED, FIRST, None, True,
    )  # fmt: skip
    assert (referral.state, referral.receiver_worker) == (Status.ACCEPTED, None)
    mail, calendar = invited("REQUEST")[-1]
    event = calendar.walk("VEVENT")[0]
    assert event["DTSTART"].dt == FIRST
    assert "/gast/" in str(event["URL"]) and "/gast/" in mail.body
    assert not any(word in calendar.to_ical().decode() + mail.body for word in ("Amina", "0470 00", "slaap"))
    assert b"BEGIN:VCALENDAR" in guest.get(f"{guest.at}samen/agenda/").content
    line = audit.history(handover).get(action="handover.agreed")
    assert line.actor.startswith(GUEST)

    time_machine.move_to(FIRST + timedelta(hours=1), tick=False)
    let_in(guest, referral)
    assert "Vertel hoe het ging" in guest.get(guest.at).content.decode()
    told = {"went": "spoken", "day": "2026-12-01", "channel": "phone", "initiative": "receiver"}
    assert guest.post(f"{guest.at}samen/uitkomst/", told).status_code == 302
    late = guest.post(f"{guest.at}samen/uitkomst/", {**told, "went": "not_there", "note": "Niemand deed open."})
    assert "hoe het ging, staat er al" in late.text and "Niemand deed open." in late.text

    referral.refresh_from_db()
    handover.refresh_from_db()
    assert (referral.state, handover.state) == (Status.CONTACT_MADE, Stage.HELD)


def test_a_guest_proposes_the_sender_chooses_and_both_are_reminded_and_told_when_it_falls(guest, cast, time_machine):
    form = guest.get(f"{guest.at}samen/").context["form"]
    offered = [value for value, _words in form.fields["moments"].choices][:2]

    answer = guest.post(f"{guest.at}samen/", {"kind": "call", "minutes": 30, "moments": offered})

    handover = Handover.objects.get()
    assert answer.headers["Location"] == guest.at
    assert (handover.turn, handover.sender_worker, handover.slots.count()) == ("sender", cast.lotte, 2)
    assert Referral.objects.get().state is Status.ACCEPTED
    appointments.choose(handover, slot=handover.slots.first().pk, by=cast.lotte)
    assert len(invited("REQUEST")) == 1
    handover.refresh_from_db()
    Handover.objects.update(agreed_at=MONDAY - timedelta(days=1), starts_at=FIRST)
    assert reminding.run() == 1
    assert "Herinnering" in mails()[-1].subject

    guest.post(f"{guest.at}samen/afzeggen/")
    assert Handover.objects.get().state is Stage.CANCELLED
    assert len(invited("CANCEL")) == 1
    assert "gaat niet door" in mails(cast.lotte.email)[-1].subject


def test_a_guest_says_no_to_speaking_together_and_the_question_goes_on(guest, cast):
    appointments.propose(guest.referral, Wish("call", 30, (FIRST,)), by=cast.lotte)

    guest.post(f"{guest.at}samen/niet/")

    assert Handover.objects.get().state is Stage.DECLINED
    assert Referral.objects.get().state in (Status.SENT, Status.RECEIVED)
