"""May I contact this person now, how, and with which words? Every screen and every letter asks here."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from core.moments import clock_time, full_time, near_day

if TYPE_CHECKING:
    from clienten.models import ClientCard

ALL_DAYS = "1234567"
DAYS_AHEAD = 8
TIMES = ("call_from", "call_until")
# What a packet says beyond a number, a note, voicemail and text messages.
BEYOND = ("language", "no_mail", "no_letter", "neutral_sender", "keep_silent", *TIMES, "call_days")


class Way(StrEnum):
    """How a message can travel."""

    CALL = "call"
    VOICEMAIL = "voicemail"
    SMS = "sms"
    MAIL = "mail"
    LETTER = "letter"


@dataclass(frozen=True)
class Profile:
    """What someone said about being reached without harm. Times are those of the wall clock here."""

    phone: str = ""
    note: str = ""
    language: str = ""
    no_voicemail: bool = False
    sms_allowed: bool = False
    no_mail: bool = False
    no_letter: bool = False
    neutral_sender: bool = False
    keep_silent: bool = False
    call_from: time | None = None
    call_until: time | None = None
    call_days: str = ""

    @property
    def is_discreet(self) -> bool:
        """Tell whether nothing that others can see may name an organization or a subject."""
        return self.neutral_sender or self.keep_silent


@dataclass(frozen=True)
class Advice:
    """Yes, or no with the reason; `since` is the first moment that it may, when it is only too early."""

    allowed: bool
    reason: str = ""
    since: datetime | None = None

    def __bool__(self) -> bool:
        return self.allowed


YES = Advice(allowed=True)


def of_card(card: "ClientCard") -> Profile:
    """Read the profile of a card."""
    names = {field.name for field in fields(Profile)} - {"note"}
    return Profile(note=card.contact_note, **{name: getattr(card, name) for name in names})


def for_card(profile: Profile) -> dict[str, Any]:
    """Give the profile as fields of a card, for a copy that must be as careful as what it came from."""
    values = {field.name: getattr(profile, field.name) for field in fields(Profile)}
    return {"contact_note": values.pop("note"), **values}


def kept(profile: Profile) -> dict[str, Any]:
    """Write a profile for a packet."""
    values = asdict(profile)
    return {name: value.isoformat("minutes") if isinstance(value, time) else value for name, value in values.items()}


def of_piece(piece: Mapping[str, Any]) -> Profile:
    """Read the profile from the contact piece of a packet, whoever wrote it and whenever."""
    values: dict[str, Any] = {}
    for field in fields(Profile):
        value = piece.get(field.name)
        if field.name.startswith("call_") and field.name != "call_days":
            value = _time(value)
        if value is not None:
            values[field.name] = value
    if (values.get("call_from") is None) is not (values.get("call_until") is None):
        values["call_from"] = values["call_until"] = None
    return Profile(**values)


def rest_of(piece: Mapping[str, Any]) -> str:
    """Write what goes beyond a number, a note, voicemail and sms, for another installation; empty if nothing."""
    mine, usual = kept(of_piece(piece)), kept(Profile())
    rest = {name: value for name, value in mine.items() if name in BEYOND and value != usual[name]}
    return json.dumps(rest, sort_keys=True) if rest else ""


def read_rest(text: str) -> dict[str, Any]:
    """Read what `rest_of` wrote, here or elsewhere; what is not of the right kind is left out."""
    try:
        given = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(given, dict):
        return {}
    kinds = {name: type(value) for name, value in kept(Profile()).items()}
    fit = {
        name: value
        for name, value in given.items()
        if name in BEYOND and isinstance(value, str if name in TIMES else kinds[name])
    }
    return {name: value for name, value in kept(of_piece(fit)).items() if name in fit}


def _time(text: object) -> time | None:
    try:
        return time.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def advise(profile: Profile, way: Way, at: datetime | None = None) -> Advice:
    """Say whether this person may be reached in this way at this moment."""
    now = timezone.localtime(at or timezone.now())
    never = _never(profile).get(way, "")
    if never:
        return Advice(allowed=False, reason=never)
    if way in (Way.MAIL, Way.LETTER):
        return YES
    since = _first_moment(profile, now)
    if since == now:
        return YES
    when = _("%(day)s at %(time)s") % {"day": near_day(since, today=now.date()), "time": clock_time(since)}
    return Advice(allowed=False, reason=_("Not now. From %(when)s.") % {"when": when}, since=since)


def _never(profile: Profile) -> dict[Way, str]:
    """Name what this person never wants, whatever the hour."""
    no_phone = "" if profile.phone else _("We have no phone number.")
    return {
        Way.CALL: no_phone,
        Way.VOICEMAIL: no_phone
        or (_("Never leave a voice message.") if profile.no_voicemail or profile.keep_silent else ""),
        Way.SMS: no_phone or ("" if profile.sms_allowed else _("Do not send a text message.")),
        Way.MAIL: _("Never by e-mail.") if profile.no_mail else "",
        Way.LETTER: _("Never by letter.") if profile.no_letter else "",
    }


def _first_moment(profile: Profile, now: datetime) -> datetime:
    """Give the first moment from now that lies inside the safe hours; now itself when it does."""
    days = profile.call_days or ALL_DAYS
    for ahead in range(DAYS_AHEAD):
        day = now.date() + timedelta(days=ahead)
        if str(day.isoweekday()) not in days:
            continue
        begin = _at(day, profile.call_from or time.min)
        end = _at(day, profile.call_until) if profile.call_until else _at(day + timedelta(days=1), time.min)
        if now < begin:
            return begin
        if now < end:
            return now
    return now


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=timezone.get_current_timezone())


def opening_words(profile: Profile, *, caller: str, organization: str, person: str) -> str:
    """Give the first words of a call; who asks for silence hears no organization, and may say that it does not suit."""
    words = {"caller": caller, "organization": organization, "person": person}
    if profile.is_discreet:
        return _("Hello, this is %(caller)s. Do I speak with %(person)s? Can you talk freely now?") % words
    return _("Hello, this is %(caller)s of %(organization)s. Do I speak with %(person)s?") % words


class Rule(NamedTuple):
    """One short sentence about reaching someone; what forbids or limits stands out."""

    sentence: str
    limits: bool = True


def rules(profile: Profile, language: str = "") -> list[Rule]:
    """Say how to reach this person without harm, the strictest first."""
    said = [
        (profile.keep_silent, Rule(_("Does someone else answer? Do not say who you are or why you call."))),
        (profile.no_voicemail or profile.keep_silent, Rule(_("Never leave a voice message."))),
        (profile.neutral_sender, Rule(_("Use a neutral sender and subject."))),
        (bool(profile.call_from or profile.call_days), Rule(hours(profile))),
        (not profile.sms_allowed and bool(profile.phone), Rule(_("Do not send a text message."))),
        (profile.sms_allowed, Rule(_("A text message is fine."), limits=False)),
        (profile.no_mail, Rule(_("Never by e-mail."))),
        (profile.no_letter, Rule(_("Never by letter."))),
        (bool(language), Rule(_("Speaks: %(language)s.") % {"language": language}, limits=False)),
    ]
    return [rule for holds, rule in said if holds]


def days_in_words(days: str) -> str:
    """Say days that are kept as digits: 'maandag, dinsdag'."""
    return ", ".join(str(WEEKDAYS[int(day) - 1]).lower() for day in days if day in ALL_DAYS)


def hours(profile: Profile) -> str:
    """Say when one may call: 'Bel op maandag, dinsdag, van 10 uur tot 12 uur.'."""
    days = days_in_words(profile.call_days)
    if profile.call_from is None or profile.call_until is None:
        return _("Call on %(days)s.") % {"days": days}
    words = {"days": days, "begin": full_time(profile.call_from), "end": full_time(profile.call_until)}
    if days:
        return _("Call on %(days)s, from %(begin)s to %(end)s.") % words
    return _("Call from %(begin)s to %(end)s.") % words
