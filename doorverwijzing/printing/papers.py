"""The packet and the text of consent as PDF, tagged and in Dutch; who prints what is written down."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten import reading
from clienten.consent import texts
from clienten.models import Consent, ConsentQuerySet, Item
from clienten.rules import TEXT_VERSION
from core import pdf
from core.errors import NotAllowed, Refusal
from core.letters import lacking
from core.models import User
from doorverwijzing import packet
from doorverwijzing.models import Packet, Referral
from doorverwijzing.workflow import AT_HOME


@transaction.atomic
def packet_sheet(referral: Referral, *, by: User) -> bytes:
    """Print exactly what the receiver may read today. Raises NotAllowed, or Refusal when there is nothing to read."""
    ours = referral.sender.is_cared_for_by(by)
    if not ours and not referral.receiver.is_cared_for_by(by):
        raise NotAllowed(_("Only the two sides can print this."))
    read = None if referral.state in AT_HOME else packet.read(referral)
    if read is None:
        raise Refusal(_("There is nothing to print: the packet is closed or not sent yet."))
    where = referral.sender if ours else referral.receiver
    reading.note(referral, by=by, organization=where, page="print packet")
    return pdf.render(
        "doorverwijzing/print/packet.html",
        {"referral": referral, "reading": read, "by": by, "where": where, "now": timezone.now()},
    )


@transaction.atomic
def consent_sheet(referral: Referral, *, by: User, language: str = texts.DUTCH) -> bytes:
    """Print the text of consent: to sign before it is sent, as it was agreed after. Raises NotAllowed or Refusal."""
    if not referral.sender.is_cared_for_by(by):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": referral.sender})
    given = _given(referral)
    if given is None and referral.state not in AT_HOME:
        raise Refusal(_("There is nothing to print: the yes has ended."))
    reading.note(referral, by=by, organization=referral.sender, page="print consent")
    receiver, sender, items = referral.receiver.name, referral.sender.name, _items(referral)
    version = given.text_version if given and given.text_version in texts.versions() else TEXT_VERSION
    dutch = texts.wording(receiver=receiver, sender=sender, items=items, version=version)
    helper = texts.wording(receiver=receiver, sender=sender, items=items, language=language, version=version)
    printable = not lacking("".join(helper.lines))
    context = {
        "referral": referral, "wording": dutch, "given": given, "now": timezone.now(),
        "helper": helper if printable and helper.language != dutch.language else None,
        "unprintable": "" if printable else helper.name, "name": referral.client.first_name,
    }  # fmt: skip
    return pdf.render("doorverwijzing/print/consent.html", context)


def _given(referral: Referral) -> Consent | None:
    """Find the yes that holds today for what went with this one."""
    return _agreed(referral, [Item.QUESTION, *_items(referral)]).order_by("given_at").first()


def _items(referral: Referral) -> list[str]:
    """Name what is asked, or what was agreed once it is sent: another one to the same house has pieces of its own."""
    if referral.state in AT_HOME:
        return sorted(item for item, yes in referral.choices.items() if yes)
    went_along = Packet.objects.filter(referral=referral).values_list("items", flat=True).first()
    return sorted(_agreed(referral, went_along or []).values_list("item", flat=True))


def _agreed(referral: Referral, items: list[str]) -> ConsentQuerySet:
    """Keep the yeses to these pieces that hold today."""
    valid = Consent.objects.for_purpose(referral.question_id, referral.receiver).valid(timezone.localdate())
    return valid.filter(client=referral.client_id, item__in=items)
