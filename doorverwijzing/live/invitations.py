"""Invitations for the calendar of a worker: that there is a handover, when, and a link. Nothing of the person."""

from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from core.outbox import Attachment
from doorverwijzing.models import Handover
from sociale_kaart.opening import ZONE

REQUEST, CANCEL = "REQUEST", "CANCEL"


def uid_of(handover: Handover) -> str:
    """Give the name under which a calendar knows the meeting again, whatever changes."""
    return f"handover-{handover.pk}@{urlsplit(settings.SITE_URL).hostname}"


def calendar(handover: Handover, method: str, *, email: str, link: str) -> str:
    """Write an agreed handover as an iCalendar message (RFC 5545, 5546) for one of the two who take part."""
    made = Calendar()
    made.add("prodid", "-//Dorpel//handover//NL")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", method)
    made.add_component(_event(handover, method, email, link))
    made.add_missing_timezones()
    return made.to_ical().decode()


def _event(handover: Handover, method: str, email: str, link: str) -> Event:
    event = Event()
    starts_at, ends_at = handover.stretch or (handover.created_at, handover.created_at)
    event.add("uid", uid_of(handover))
    event.add("sequence", handover.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", starts_at.astimezone(ZONE))
    event.add("dtend", ends_at.astimezone(ZONE))
    event.add("summary", _("Handover"))
    event.add("description", link)
    event.add("url", link)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", _organizer())
    event.add("attendee", _attendee(email))
    return event


def _organizer() -> vCalAddress:
    address = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    address.params["CN"] = vText(settings.SITE_NAME)
    return address


def _attendee(email: str) -> vCalAddress:
    """Write who is asked; the yes was given here, so that no calendar asks for it again."""
    address = vCalAddress(f"mailto:{email}")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("ACCEPTED")
    address.params["RSVP"] = vText("FALSE")
    return address


def attachment(handover: Handover, method: str, *, email: str, link: str) -> Attachment:
    """Give the invitation as a part of a mail."""
    name = "cancelled.ics" if method == CANCEL else "handover.ics"
    return Attachment(name, calendar(handover, method, email=email, link=link), f"text/calendar; method={method}")
