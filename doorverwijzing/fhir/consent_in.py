"""Reading a Consent: does it hold today, for whom, and for which pieces until when. No queries."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.utils import timezone

from clienten.models import WAYS, GivenBy, Item, LegalBasis, Mode
from clienten.rules import first_end
from doorverwijzing.fhir.codes import GIVEN_BY, HL7, ITEMS, MODE, OUR_BASIS, OUR_ITEMS, QUESTION, Json
from doorverwijzing.fhir.reading import Found
from doorverwijzing.fhir.reasons import AsideError
from doorverwijzing.fhir.walking import Asking, code_in, day, extension, inside, key_of, moment, several, words

# Where a piece can be permitted by pointing at its resource instead of by our code.
# What is shared without a yes is decided here only, and looked at afterwards.
SAID_BY = (GivenBy.CLIENT, GivenBy.REPRESENTATIVE)
GROUNDS = (LegalBasis.CONSENT, LegalBasis.SHARED_SECRECY)
PIECE_OF_KIND = {"Patient": Item.CONTACT.value, "ServiceRequest": QUESTION, "Condition": QUESTION}


@dataclass(frozen=True)
class Permit:
    """A yes that holds today: each piece with its last day, and how it was given."""

    found: Found
    given_at: datetime
    given_by: str
    mode: str
    basis: str
    text_version: str
    language: str
    until: dict[str, date]
    resources: dict[str, str] = field(default_factory=dict)


def permit_of(asking: Asking, request: Found, is_receiver: Callable[[object], bool]) -> Permit:
    """Read the Consent that goes with a request; of those for this receiver the newest counts.

    Raises AsideError when none holds today.
    """
    person = asking.name(request.resource.get("subject"))
    pointed = [asking.at(one) for one in several(request.resource, "supportingInfo")]
    found = [one for one in pointed if one and one.kind == "Consent"] or asking.about("Consent", "patient", person)
    if not found:
        raise AsideError("no_consent")
    # A yes to research, or to somebody else, says nothing about this one.
    about_this = [one for one in found if _is_disclosure(one.resource)] or found
    ours = [one for one in about_this if _names(one.resource, is_receiver)]
    chosen = max(ours or about_this, key=lambda one: _said_at(one.resource))
    _holds(chosen.resource)
    if asking.name(chosen.resource.get("patient")) != person:
        raise AsideError("another_person")
    if not ours:
        raise AsideError("consent_for_another")
    return _permit(asking, chosen)


def _names(consent: Json, is_receiver: Callable[[object], bool]) -> bool:
    return any(is_receiver(one.get("reference")) for one in several(consent, "provision", "actor"))


def _said_at(consent: Json) -> datetime:
    return moment(words(consent, "dateTime")) or datetime.min.replace(tzinfo=UTC)


def _is_disclosure(consent: Json) -> bool:
    """Tell whether a consent is about passing on information."""
    kinds = [code_in(one, HL7 + "v3-ActCode") for one in several(consent, "category")]
    return "IDSCL" in kinds and code_in(consent.get("scope"), HL7 + "consentscope") == "patient-privacy"


def _holds(consent: Json) -> None:
    """Raise AsideError unless the consent is active, about passing on, and within its days."""
    if consent.get("status") != "active":
        raise AsideError("consent_not_active")
    if not _is_disclosure(consent):
        raise AsideError("consent_not_disclosure")
    if moment(words(consent, "dateTime")) is None:
        raise AsideError("consent_without_day")
    if inside(consent, "provision", "type") == "deny":
        raise AsideError("consent_not_active")
    begins = day(words(consent, "provision", "period", "start"))
    if begins and begins > timezone.localdate():
        raise AsideError("consent_not_begun")


def _permit(asking: Asking, found: Found) -> Permit:
    consent = found.resource
    given = moment(words(consent, "dateTime")) or timezone.now()
    # Never indefinite, whatever it says.
    longest = first_end(timezone.localdate(given))
    last = min(day(words(consent, "provision", "period", "end")) or longest, longest)
    if last < timezone.localdate():
        raise AsideError("consent_ended")
    until, resources = _pieces(asking, consent, last)
    if QUESTION not in until:
        raise AsideError("question_not_agreed")
    basis = code_in(consent.get("policyRule"), OUR_BASIS)
    by = words(extension(consent, GIVEN_BY), "valueCode")
    if by == GivenBy.NOBODY:
        raise AsideError("without_yes")
    return Permit(
        found=found,
        given_by=by if by in SAID_BY else GivenBy.CLIENT,
        given_at=min(given, timezone.now()),
        mode=_mode(consent),
        basis=basis if basis in GROUNDS else LegalBasis.CONSENT,
        text_version=words(consent, "sourceAttachment", "title")[:20],
        language=words(consent, "sourceAttachment", "language")[:10],
        # Without the question nothing else has a reason to stay.
        until={piece: min(ends, until[QUESTION]) for piece, ends in until.items()},
        resources=resources,
    )


def _mode(consent: Json) -> str:
    """Tell how the yes was given: our own word, or a signed document. Raises AsideError when nothing says it."""
    said = words(extension(consent, MODE), "valueCode")
    if said in WAYS:
        return said
    if said == Mode.WITHOUT:
        raise AsideError("without_yes")
    if consent.get("sourceAttachment") or consent.get("sourceReference"):
        return Mode.PAPER
    raise AsideError("consent_without_form")


def _pieces(asking: Asking, consent: Json, last: date) -> tuple[dict[str, date], dict[str, str]]:
    """Give the last day of each permitted piece and the resource it stands in; a "deny" takes its piece away again."""
    until: dict[str, date] = {}
    resources: dict[str, str] = {}
    denied: set[str] = set()
    for rule in _rules(consent):
        pieces = _pieces_of(asking, rule)
        if rule.get("type") != "permit":
            denied |= set(pieces)
            continue
        ends = min(day(words(rule, "period", "end")) or last, last)
        begins = day(words(rule, "period", "start"))
        if ends < timezone.localdate() or (begins and begins > timezone.localdate()):
            continue
        until |= dict.fromkeys(pieces, ends)
        resources |= {piece: name for piece, name in pieces.items() if name}
    return {piece: ends for piece, ends in until.items() if piece not in denied}, resources


def _rules(consent: Json) -> list[Json]:
    """Give each rule: the main one too when it says itself what it permits."""
    main = inside(consent, "provision")
    nested = several(consent, "provision", "provision")
    return [main, *nested] if isinstance(main, dict) and words(main, "type") == "permit" else nested


def _pieces_of(asking: Asking, rule: Json) -> dict[str, str]:
    """Name the pieces that one rule is about, each with the resource that it points at."""
    names = [one.get("reference") for one in several(rule, "data")]
    coded = [code for one in several(rule, "code") if (code := code_in(one, OUR_ITEMS)) in ITEMS]
    if coded:
        return dict.fromkeys(coded, asking.name(names[0]) if names else "")
    found = [one for one in map(asking.at, names) if one and one.kind in PIECE_OF_KIND]
    return {PIECE_OF_KIND[one.kind]: key_of(one) for one in found}
