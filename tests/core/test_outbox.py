"""The outbox: written with the change, sent once, and repeated under the same Message-ID when a crash leaves doubt."""

import contextlib
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core import health, outbox, working
from core.models import LONGEST_WAIT, OutgoingMail

pytestmark = pytest.mark.django_db
INBOX = "vragen@blauwedeur.example"


class Server:
    """A mail server that does what a test tells it; `faults` are raised one by one, before or after it accepted."""

    faults: list[BaseException | None] = []
    after = False

    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        fault = Server.faults.pop(0) if Server.faults else None
        if fault and not Server.after:
            raise fault
        mail.outbox += messages
        if fault:
            raise fault
        return len(messages)


@pytest.fixture(autouse=True)
def server(settings):
    """Give a mail server of the test's own, and a queue instead of mail at once."""
    settings.EMAIL_BACKEND, settings.MAIL_AT_ONCE = "tests.core.test_outbox.Server", False
    Server.faults, Server.after = [], False
    return Server


def post(**more):
    return outbox.post(to=INBOX, subject="Een nieuwe\nvraag", body="Kijk na het aanmelden.", **more)


def test_a_mail_lives_and_dies_with_the_transaction_and_goes_by_the_worker(organization):
    with pytest.raises(RuntimeError), transaction.atomic():
        post()
        raise RuntimeError
    assert not OutgoingMail.objects.exists()
    assert not DBTaskResult.objects.exists()

    kept = post(about=organization)
    assert mail.outbox == []
    working.empty_queue()

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([INBOX], "Een nieuwe vraag")
    assert sent.message()["Message-ID"] == kept.message_id
    kept.refresh_from_db()
    assert kept.sent_at
    assert kept.about == f"organisaties.organization:{organization.pk}"
    working.empty_queue()
    assert not outbox.deliver(kept.pk)
    assert len(mail.outbox) == 1


def test_nothing_of_a_mail_is_readable_in_the_database():
    post(sender="Zorgvraag <iemand@dorpel.example>", attachments=[outbox.Attachment("a.ics", "BEGIN", "text/calendar")])

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM core_outgoingmail")
        row = str(cursor.fetchone())
    assert not any(word in row for word in ("blauwedeur", "vraag", "aanmelden", "iemand", "BEGIN"))


def test_a_crash_after_the_server_accepted_repeats_the_same_message_id(server):
    kept = post()
    server.faults, server.after = [KeyboardInterrupt()], True
    with pytest.raises(KeyboardInterrupt):
        outbox.deliver(kept.pk)
    assert not outbox.deliver(kept.pk), "another worker leaves alone what someone holds"

    outbox.let_go()
    assert outbox.send_waiting() == {"sent": 1, "put off": 0}

    assert {sent.message()["Message-ID"] for sent in mail.outbox} == {kept.message_id}
    assert len(mail.outbox) == 2


def test_a_server_that_is_away_is_tried_later_and_later_and_then_a_person_is_asked(server, time_machine, caplog):
    time_machine.move_to("2026-11-30 10:00", tick=False)
    kept = post()
    waits = []
    for _n in range(len(outbox.PAUSES) + 1):
        server.faults = [SMTPServerDisconnected(f"{INBOX} away")]
        outbox.send_waiting()
        kept.refresh_from_db()
        waits.append(kept.next_try_at - timezone.now())
        time_machine.move_to(kept.next_try_at, tick=False)

    assert waits == [*outbox.PAUSES, timedelta(0)]
    assert (kept.failed_at, kept.error) == (timezone.now(), "SMTPServerDisconnected")
    assert outbox.send_waiting()["sent"] == 0
    assert INBOX not in caplog.text
    assert outbox.retry(kept.pk)
    assert outbox.send_waiting()["sent"] == 1


@pytest.mark.parametrize(
    ("fault", "over"),
    [
        (SMTPRecipientsRefused({INBOX: (550, b"no such user")}), True),
        (SMTPRecipientsRefused({INBOX: (451, b"greylisted")}), False),
        (TimeoutError(), False),
        (ValueError("no address"), True),
    ],
)
def test_what_can_never_arrive_is_given_up_at_once(server, fault, over):
    kept = post()
    server.faults = [fault]

    outbox.deliver(kept.pk)

    kept.refresh_from_db()
    assert bool(kept.failed_at) is over


def test_a_server_that_is_away_is_not_asked_for_every_mail(server):
    for _n in range(10):
        post()
    server.faults = [ConnectionRefusedError(111, "no")] * 10

    assert outbox.send_waiting() == {"sent": 0, "put off": outbox.FAULTS_IN_A_ROW}


def test_a_mail_is_forgotten_soon_after_it_went(time_machine):
    time_machine.move_to("2026-12-01 08:01", tick=False)
    post()
    working.run_once()

    assert len(mail.outbox) == 1
    assert outbox.forget_old() == 0
    time_machine.shift(outbox.SENT_KEPT + timedelta(minutes=1))
    assert outbox.forget_old() == 1
    assert outbox.post(to="", subject="a", body="b") is None


def test_what_did_not_go_yet_is_never_forgotten(time_machine):
    time_machine.move_to("2026-11-30 22:00", tick=False)
    post()

    time_machine.shift(outbox.FAILED_KEPT + timedelta(days=1))
    assert outbox.forget_old() == 0
    working.run_once()

    assert len(mail.outbox) == 1


@pytest.mark.parametrize("held", [False, True])
def test_a_mail_that_was_put_off_while_the_clock_ran_ahead_goes_once_it_is_right(server, time_machine, held):
    time_machine.move_to("2026-11-30 22:00", tick=False)
    right = timezone.now()
    post()
    time_machine.shift(timedelta(days=400))
    server.faults = [KeyboardInterrupt() if held else TimeoutError()]
    with contextlib.suppress(KeyboardInterrupt):
        outbox.send_waiting()
    time_machine.move_to(right, tick=False)

    assert health.mails_waiting().count == 1
    assert outbox.send_waiting() == {"sent": 1, "put off": 0}
    assert outbox.send_waiting() == {"sent": 0, "put off": 0}
    assert max(outbox.PAUSES) < LONGEST_WAIT
