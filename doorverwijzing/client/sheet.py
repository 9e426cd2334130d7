"""The sheet that the client takes home: in Dutch, or Dutch with a helper language beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clienten.consent import texts
from clienten.models import FEEDBACK, Item
from clienten.safe_contact import of_card
from core import pdf
from core.letters import lacking
from core.moments import full_date, full_time, local_day, local_time, spoken_date
from doorverwijzing import packet
from doorverwijzing.actions import shared_items
from doorverwijzing.client.languages import DUTCH, Helper
from doorverwijzing.client.reaching import of_contact
from doorverwijzing.client.receipts import grouped, together
from doorverwijzing.deadlines import due
from doorverwijzing.live.showing import meeting_of
from doorverwijzing.models import Referral
from doorverwijzing.words import YOUR_ITEMS, what_they_see
from doorverwijzing.workflow import Status
from sociale_kaart.models import Location, Service


@dataclass(frozen=True)
class Facts:
    """What stands on the sheet in every language: names, numbers, the code, and what was agreed."""

    neutral: bool
    title: str
    day: datetime
    before: datetime
    receiver: str
    sender: str
    worker: str
    calls_with: str
    call_back: str
    bring: list[str]
    where: list[str]
    shared: list[str]
    kept: list[str]
    code: str
    follow_at: str
    qr_url: str
    others: list[str]
    # Where to come by.
    house: str = ""
    # When they agreed to speak together: then nobody waits for "before".
    together: datetime | None = None


@dataclass(frozen=True)
class Half:
    """One language of the sheet, every sentence of it."""

    language: str
    direction: str
    is_helper: bool
    words: Mapping[str, str]
    shared: str = ""
    kept: str = ""


@dataclass(frozen=True)
class Sheet:
    """The whole sheet: one half, or two beside each other. `unprintable` names a language that our letters lack."""

    facts: Facts
    halves: list[Half] = field(default_factory=list)
    unprintable: str = ""

    @property
    def is_double(self) -> bool:
        """Tell whether it is A4 on its side, with a fold in the middle."""
        return len(self.halves) > 1


def facts_of(referral: Referral, *, host: str, address: str) -> Facts:
    """Gather what the sheet tells; `address` is the whole address behind the QR code."""
    service = Service.objects.for_card().get(pk=referral.service_id)
    shared, offered = set(shared_items(referral)), [piece.item for piece in packet.offered(referral.question)]
    phones = [phone.number for phone in service.phones.all()]
    day = referral.sent_at or referral.created_at
    return Facts(
        neutral=of_card(referral.client).is_discreet,
        title=referral.question.title(referral.client.first_name),
        day=day,
        before=due(Status.ACCEPTED, referral.urgency, day) or day,
        receiver=str(referral.receiver),
        sender=str(referral.sender),
        worker=referral.sender_worker.first_name,
        calls_with=phones[0] if phones else "",
        call_back=of_contact(referral),
        bring=[document.document for document in service.required_documents.all()],
        where=_where(service),
        shared=[item for item in offered if item in shared],
        kept=[item for item in offered if item not in shared and item not in FEEDBACK],
        code=grouped(referral.receipt.code),
        follow_at=f"{host}/volg",
        qr_url=address,
        others=[str(one.receiver) for one in together(referral.receipt) if one.pk != referral.pk],
        together=meeting.starts_at if (meeting := meeting_of(referral)) else None,
        house=", ".join(_address(Location.objects.filter(organization=referral.sender, protected=False).first())),
    )


def _where(service: Service) -> list[str]:
    """Give the first place, line by line; nothing of one that is kept secret."""
    place = next(iter(service.service_at_locations.all()), None)
    if place is None or place.location.protected:
        return []
    return [*_address(place.location), *([place.location.transportation] if place.location.transportation else [])]


def _address(location: Location | None) -> list[str]:
    """Give street and town, line by line."""
    addresses = location.addresses.all() if location else ()
    return [line for one in addresses for line in (one.address_1, f"{one.postal_code} {one.city}")]


def sheet_of(facts: Facts, helper: Helper | None) -> Sheet:
    """Write the sheet in Dutch and beside it in a helper language, when our letters have its script."""
    halves = [_dutch(facts)]
    if helper is None:
        return Sheet(facts, halves)
    half = _helped(facts, helper)
    if lacking("".join([*half.words.values(), half.shared, half.kept])):
        return Sheet(facts, halves, unprintable=helper.name)
    return Sheet(facts, [*halves, half])


def _dutch(facts: Facts) -> Half:
    day, name = spoken_date(facts.before), {"name": facts.worker}
    before, title = _("Before %(day)s") % {"day": day}, _("Someone calls you before %(day)s") % {"day": day}
    if facts.together:
        before = title = _("On %(day)s at %(time)s") % {
            "day": spoken_date(facts.together), "time": full_time(facts.together)
        }  # fmt: skip
    words = {
        "head": _("Your appointment") if facts.neutral else _("Your receipt"),
        "date": full_date(facts.day),
        "title": title if facts.neutral else facts.title,
        "number": _("Number that calls:") if facts.neutral else _("Who calls you?"),
        "when": _("When?"),
        "before": before,
        "nobody": _("Does nobody call?"),
        "call": _("Then call %(name)s:") % name,
        "bring": pgettext("on the sheet", "Bring along"),
        "nothing": _("nothing needed"),
        "bring_ask": _("ask %(name)s") % name,
        "where": _("Where?"),
        "by_phone": _("by phone"),
    }
    return Half(
        DUTCH, "ltr", is_helper=False, words={**words, **_dutch_follow(facts)},
        shared=what_they_see(facts.shared), kept=", ".join(_named(facts.kept)),
    )  # fmt: skip


def _dutch_follow(facts: Facts) -> dict[str, str]:
    """Give the lower half: what is shared, how to follow it, and how to stop."""
    return {
        "shared": _("This is what we share"),
        "kept": _("This is what we do not share"),
        "follow": _("Follow your appointment") if facts.neutral else _("Follow your question"),
        "scan": _("Scan with your phone. Or go to %(address)s and type this code:") % {"address": facts.follow_at},
        "same": _("The same code shows:"),
        "mind": _("Changed your mind?"),
        "mind_text": _changed_mind(facts.neutral) % {"name": facts.worker},
        "keep": _("Keep this sheet."),
        "valid": _("Valid until 30 days after the end of your question."),
    }


def _changed_mind(neutral: bool) -> str:
    """Say how to stop; who must not be found out reads nothing of a yes or of help."""
    if neutral:
        return _("Call %(name)s or use your code. You do not have to say why.")
    return _(
        "You may always take your yes back. Call %(name)s, come by, or use your code. It has no consequence for "
        "your other help."
    )


def _named(items: Iterable[str]) -> list[str]:
    return [str(YOUR_ITEMS[Item(item)]) for item in items]


def _helped(facts: Facts, helper: Helper) -> Half:
    """Write the helper's half. It holds no title of the question: that is in the person's own Dutch."""
    at = facts.together
    values = {"day": at or facts.before, "name": facts.worker, "address": facts.follow_at,
              "time": f"{local_time(at):%H:%M}" if at else ""}  # fmt: skip
    neutral = "appointment" if facts.neutral else "receipt"
    words = {key.removeprefix("sheet."): helper.say(key, **values) for key in helper.words if key.startswith("sheet.")}
    if at:
        words["before"] = words["title"] = words["at"]
    words["head"], words["follow"] = words.get(f"head_{neutral}", ""), words.get(f"follow_{neutral}", "")
    words["number"] = words.get("number" if facts.neutral else "who", "")
    words["mind_text"] = words.get("mind_neutral" if facts.neutral else "mind_text", "")
    with translation.override(helper.code):
        words["date"] = date_format(local_day(facts.day), f"{helper.month} Y")
    labels = texts.page_words(helper.code, receiver=facts.receiver, sender=facts.sender).labels
    return Half(
        helper.code, helper.direction, is_helper=True, words=words,
        shared=f"{helper.sees([texts.QUESTION, *facts.shared], sender=facts.sender)}.",
        kept=helper.join(labels.get(item, "") for item in facts.kept),
    )  # fmt: skip


def as_pdf(sheet: Sheet) -> bytes:
    """Draw the sheet: A5, or A4 on its side with two languages."""
    return pdf.render("doorverwijzing/print/client_sheet.html", {"sheet": sheet, "facts": sheet.facts})
