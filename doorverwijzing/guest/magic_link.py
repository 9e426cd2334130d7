"""Lets a receiver without an account in: a signed link for one referral, and a code to its own mailbox.

The link alone shows nothing and changes nothing, so a program that looks ahead at links in mail does no harm. Only the
button asks for the code; the code goes to the mailbox that the link was made for, never to an address that is typed.
"""

import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, short_codes, throttle
from core.errors import Refusal
from doorverwijzing.actors import Guest, guest_of
from doorverwijzing.guest import mail
from doorverwijzing.models import GuestLink, Referral
from doorverwijzing.workflow import AT_HOME, AT_RECEIVER

LINK_LASTS = timedelta(days=14)
CODE_LASTS = timedelta(minutes=15)
CODE_DIGITS, TRIES_PER_CODE = 6, 5
# Per link: how many codes, or new links, may be mailed in how many seconds.
MAILS, MAILS_IN_SECONDS = 5, 60 * 60
_signer = Signer(salt="doorverwijzing.guest")


def is_for_guests(referral: Referral) -> bool:
    """Tell whether the receiver answers by a link: it has a mailbox, and nobody with an account works there."""
    return bool(referral.receiver.inbox) and not referral.receiver.has_care_workers()


def way_in(referral: Referral) -> str:
    """Give the path that a mail to the receiver leads to: the page behind the login, or the guest's door."""
    if not is_for_guests(referral):
        return referral.get_absolute_url()
    return door_of(_link_of(referral))


def door_of(link: GuestLink) -> str:
    """Give the signed path of a link."""
    return reverse("doorverwijzing:guest_door", args=[_signer.sign(link.pk.hex)])


def _link_of(referral: Referral) -> GuestLink:
    """Give the open link of a referral, made when there is none or when it is bound to an earlier mailbox."""
    mailbox = referral.receiver.inbox
    found = GuestLink.objects.open().filter(referral=referral, mailbox=mailbox).first()
    return found or _new_link(referral, mailbox)


def _new_link(referral: Referral, mailbox: str) -> GuestLink:
    """Close what was open and make a link; who asks at the same moment gets the same one."""
    now = timezone.now()
    try:
        with transaction.atomic():
            GuestLink.objects.filter(referral=referral, closed_at=None).update(closed_at=now, code_digest="")
            return GuestLink.objects.create(referral=referral, mailbox=mailbox, expires_at=now + LINK_LASTS)
    except IntegrityError:
        return GuestLink.objects.get(referral=referral, closed_at=None)


def find(signature: str) -> GuestLink | None:
    """Find the link of a signed path, over or not; None when we never signed it or its question came home."""
    try:
        pk = UUID(_signer.unsign(signature))
    except (BadSignature, ValueError):
        return None
    links = GuestLink.objects.select_related("referral__receiver", "referral__sender")
    return links.exclude(referral__status__in=AT_HOME).filter(pk=pk).first()


def is_of_erased(signature: str) -> bool:
    """Tell whether we signed this link and its question was erased since: only erasing takes the row of a link."""
    try:
        pk = UUID(_signer.unsign(signature))
    except (BadSignature, ValueError):
        return False
    return not GuestLink.objects.filter(pk=pk).exists()


def is_open(link: GuestLink) -> bool:
    """Tell whether a link leads somewhere: not replaced, not over, same mailbox, and nobody with an account yet."""
    fresh = link.closed_at is None and link.expires_at > timezone.now()
    return fresh and link.mailbox == link.referral.receiver.inbox and is_for_guests(link.referral)


def may_ask_again(link: GuestLink) -> bool:
    """Tell whether a link that is over may be replaced: only while the receiver has something to do."""
    return link.referral.state in AT_RECEIVER and is_for_guests(link.referral)


def _count_mail(link: GuestLink) -> None:
    """Count one mail for a referral. Raises Refusal when there were too many."""
    key = str(link.referral_id)
    if throttle.is_paused("guest", key, limit=MAILS):
        raise Refusal(_("You asked for many mails. Wait an hour, then try again."))
    throttle.count_failure("guest", key, seconds=MAILS_IN_SECONDS)


@transaction.atomic
def ask_code(link: GuestLink) -> None:
    """Mail a code to the mailbox of the link; an earlier code stops working. Raises Refusal."""
    _refuse_closed(link)
    _count_mail(link)
    code = "".join(secrets.choice("0123456789") for _i in range(CODE_DIGITS))
    GuestLink.objects.filter(pk=link.pk).update(
        code_digest=_digest(link, code), code_until=timezone.now() + CODE_LASTS, code_tries=0
    )
    mail.code_asked(link, code)
    audit.record("guest.code_asked", subject=link.referral, by=audit.VISITOR, organization=link.referral.receiver)


def check_code(link: GuestLink, typed: str) -> Guest:
    """Take the code, once, and let the guest in. Raises Refusal; a try is counted before it is looked at."""
    _refuse_closed(link)
    now = timezone.now()
    waiting = GuestLink.objects.filter(pk=link.pk, code_until__gt=now, code_tries__lt=TRIES_PER_CODE)
    if not waiting.exclude(code_digest="").update(code_tries=F("code_tries") + 1):
        raise Refusal(_("This code does not work any more. Ask for a new one."))
    digest = _digest(link, "".join(sign for sign in typed if sign.isdigit()))
    kept = GuestLink.objects.values_list("code_digest", flat=True).get(pk=link.pk)
    if not hmac.compare_digest(kept, digest):
        raise Refusal(_("This code is not right. Look at the newest mail."))
    return _let_in(link, digest)


@transaction.atomic
def _let_in(link: GuestLink, digest: str) -> Guest:
    used = GuestLink.objects.filter(pk=link.pk, code_digest=digest)
    if not used.update(code_digest="", opened_at=timezone.now()):
        raise Refusal(_("This code does not work any more. Ask for a new one."))
    guest = guest_of(link)
    audit.record("guest.entered", subject=link.referral, by=guest.signature, organization=link.referral.receiver)
    return guest


def _refuse_closed(link: GuestLink) -> None:
    if not is_open(link):
        raise Refusal(_("This link does not work any more. Ask for a new one."))


def _digest(link: GuestLink, code: str) -> str:
    return short_codes.digest_of(str(link.pk), code)


@transaction.atomic
def ask_new_link(link: GuestLink) -> None:
    """Mail a new link to the mailbox that the receiver has now; every earlier one stops. Raises Refusal."""
    if not may_ask_again(link):
        raise Refusal(_("There is nothing to answer here any more."))
    _count_mail(link)
    new = _new_link(link.referral, link.referral.receiver.inbox)
    mail.link_asked(new, settings.SITE_URL + door_of(new))
    audit.record("guest.link_asked", subject=link.referral, by=audit.VISITOR, organization=link.referral.receiver)
