"""The outbox: a mail is written down with the change that it tells of, and sent afterwards by a job.

A crash may fall between any two of these steps, and nothing is lost or told twice unseen:

    1. `post` writes the row in the caller's transaction, with its Message-ID     2. a job takes it in hand for a while
    3. the mail server accepts it     4. the row says that it went

After a crash between 3 and 4 it goes once more, under the same Message-ID, so that the mail server can drop it.
"""

import json
import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from smtplib import SMTPException, SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException
from typing import NamedTuple
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from core.errors import Unreadable
from core.models import OutgoingMail

log = logging.getLogger(__name__)

# So long a worker may take for one mail before another takes it for dead.
HOLD = timedelta(seconds=30)
# How long to wait after each try that failed; when they are used up, a person looks at it.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440)]
SENT_KEPT, FAILED_KEPT = timedelta(days=3), timedelta(days=30)
BATCH = 200
# Below this the Message-IDs of what happens once are made.
_NAMED = UUID("5f0a1b1e-6c1d-4c0e-9b7c-2f4d0d7f3a55")
# A mail server that is away is not asked once for every mail that waits.
FAULTS_IN_A_ROW = 3


class Attachment(NamedTuple):
    """A small text that goes along, such as an invitation for a calendar."""

    name: str
    text: str
    mimetype: str


def post(
    *,
    to: str,
    subject: str,
    body: str,
    about: models.Model | None = None,
    sender: str = "",
    attachments: Sequence[Attachment] = (),
    once: str = "",
) -> OutgoingMail | None:
    """Write a mail down in the caller's transaction; it goes out after the commit. Nobody to write to: no mail.

    `about` is the thing that it tells of: only its kind and id are kept. `sender` replaces DEFAULT_FROM_EMAIL.
    `once` names what happens once in a life: told again after a restore, it carries the Message-ID that it had.
    """
    if not to:
        return None
    pk = uuid5(_NAMED, f"{once} {to}") if once else uuid4()
    mail = OutgoingMail.objects.create(
        pk=pk,
        message_id=f"<{pk}@{_domain()}>",
        about=f"{about._meta.label_lower}:{about.pk}" if about is not None else "",
        to=to,
        sender=sender,
        subject=" ".join(subject.split()),
        body=body,
        attachments=json.dumps(attachments) if attachments else "",
        next_try_at=timezone.now(),
    )
    if settings.MAIL_AT_ONCE:
        transaction.on_commit(partial(deliver, pk))
    else:
        send_one.enqueue(str(pk))
    return mail


def _domain() -> str:
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].strip("> ") or "localhost"


# Before the jobs: nobody waits for a mail because the night has much to do.
@task(backend="queue", priority=10)  # type: ignore[untyped-decorator]
def send_one(pk: str) -> bool:
    """Send one mail from the queue."""
    return deliver(UUID(pk))


def deliver(pk: UUID) -> bool:
    """Send a mail when it is its time and nobody else is busy with it; tell whether it went now."""
    now = timezone.now()
    mine = OutgoingMail.objects.ready(now).filter(pk=pk).update(held_until=now + HOLD, tries=F("tries") + 1)
    if not mine:
        return False
    mail = OutgoingMail.objects.get(pk=pk)
    try:
        _message(mail).send()
    except (SMTPException, OSError, Unreadable, ValueError) as error:
        _put_off(mail, error)
        return False
    OutgoingMail.objects.filter(pk=pk).update(sent_at=timezone.now(), failed_at=None, held_until=None, error="")
    return True


def _message(mail: OutgoingMail) -> EmailMessage:
    message = EmailMessage(
        mail.subject,
        mail.body,
        from_email=mail.sender or None,
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    for one in json.loads(mail.attachments or "[]"):
        message.attach(*one)
    return message


def _put_off(mail: OutgoingMail, error: Exception) -> None:
    """Try again later; give up when it makes no sense or was tried long enough."""
    words, now = _told(error), timezone.now()
    log.warning("Mail %s about %s was not sent: %s", mail.pk, mail.about or "nothing", words)
    over = _is_final(error) or mail.tries > len(PAUSES)
    OutgoingMail.objects.filter(pk=mail.pk, sent_at=None).update(
        held_until=None,
        error=words,
        failed_at=now if over else None,
        next_try_at=now if over else now + PAUSES[mail.tries - 1],
    )


def _told(error: Exception) -> str:
    """Name a fault without its words: a mail server likes to repeat the address."""
    code = error.smtp_code if isinstance(error, SMTPResponseException) else getattr(error, "errno", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _is_final(error: Exception) -> bool:
    """Whether trying again cannot help: an address that does not exist, a mail that nobody can read."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, Unreadable | ValueError | SMTPNotSupportedError)


def send_waiting() -> dict[str, int]:
    """Send what is due: after a fault, and what a crash took out of the queue."""
    done = {"sent": 0, "put off": 0}
    in_a_row = 0
    for pk in list(OutgoingMail.objects.ready(timezone.now()).values_list("pk", flat=True)[:BATCH]):
        went = deliver(pk)
        done["sent" if went else "put off"] += 1
        in_a_row = 0 if went else in_a_row + 1
        if in_a_row == FAULTS_IN_A_ROW:
            break
    return done


def retry(pk: UUID) -> bool:
    """Give a mail that was given up a new life; tell whether there was one."""
    failed = OutgoingMail.objects.failed().filter(pk=pk)
    return bool(failed.update(failed_at=None, tries=0, next_try_at=timezone.now(), held_until=None))


def let_go() -> int:
    """Take every mail out of the hands of workers: for who knows that no other worker lives."""
    return OutgoingMail.objects.unsent().exclude(held_until=None).update(held_until=None)


def forget_old() -> int:
    """Remove what went days ago, and what was given up long ago."""
    now = timezone.now()
    old = models.Q(sent_at__lt=now - SENT_KEPT) | models.Q(failed_at__lt=now - FAILED_KEPT)
    return OutgoingMail.objects.filter(old).delete()[0]
