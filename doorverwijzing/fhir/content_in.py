"""From resources to the words of a packet: only what the yes covers is read. No queries."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from clienten import safe_contact
from clienten.models import Item
from doorverwijzing.fhir.codes import (
    CATEGORIES,
    CONDITION_CATEGORY,
    CONTACT_NOTE,
    GOAL,
    MUNICIPALITY,
    NO_VOICEMAIL,
    OUR_ITEMS,
    PIECES,
    SAFE_CONTACT,
    SDOH,
    SNOMED,
    TEXT_ALLOWED,
    US_CORE_CATEGORY,
    Json,
    coding,
)
from doorverwijzing.fhir.consent_in import Permit
from doorverwijzing.fhir.reading import Found
from doorverwijzing.fhir.reasons import AsideError
from doorverwijzing.fhir.walking import Asking, code_in, codings, day, extension, inside, key_of, several, words

SOCIAL_SERVICE = "410606002"
MOST_RANK = 2**31


@dataclass
class Content:
    """What goes into the packet, and which resources it came from."""

    packet: dict[str, Any]
    used: list[Found] = field(default_factory=list)
    refused: list[Found] = field(default_factory=list)

    @property
    def items(self) -> list[str]:
        """Name the pieces inside."""
        return sorted(self.packet["pieces"])


def content_of(asking: Asking, request: Found, permit: Permit) -> Content:
    """Put together what the receiver will read. Raises AsideError when nothing says what is asked."""
    title = _title(request.resource)
    if not title:
        raise AsideError("no_question")
    content = Content({"title": title, "name": "", "goal": "", "pieces": {}}, used=[request])
    _read_goal(asking, request.resource, content)
    _read_person(asking, request.resource, permit, content)
    _read_pieces(asking, request.resource, permit, content)
    reasons = [asking.at(one) for one in several(request.resource, "reasonReference")]
    content.used += [one for one in reasons if one and one.kind == "Condition"]
    asked = [one for one in content.used if one.kind in {"ServiceRequest", "Condition"}]
    unknown = [code for one in asked for code in unknown_codes(one.resource)]
    if unknown:
        content.packet["unknown_codes"] = unknown
    return content


def _title(request: Json) -> str:
    """Give the question in the words of the source; the name of a code when there are no others."""
    shown = next((display for _system, _code, display in codings(request.get("code")) if display), "")
    return words(request, "code", "text") or shown


def unknown_codes(resource: Json) -> list[Json]:
    """Give the codes that a request or condition carries and that mean nothing here."""
    concepts = [*several(resource, "category"), inside(resource, "code")]
    return [coding(*one) for concept in concepts for one in codings(concept) if not _is_known(one[0], one[1])]


def _is_known(system: str, code: str) -> bool:
    if system == SDOH:
        return code in CATEGORIES
    return system in {CONDITION_CATEGORY, US_CORE_CATEGORY} or (system == SNOMED and code == SOCIAL_SERVICE)


def _read_goal(asking: Asking, request: Json, content: Content) -> None:
    goal = asking.at(inside(extension(request, GOAL), "valueReference"))
    if goal and goal.kind == "Goal":
        content.packet["goal"] = words(goal.resource, "description", "text")
        content.used.append(goal)


def _read_person(asking: Asking, request: Json, permit: Permit, content: Content) -> None:
    """Read first name and phone when there is a yes for it; the rest of a Patient has no place here."""
    person = asking.at(request.get("subject"))
    if person is None or person.kind != "Patient":
        return
    content.used.append(person)
    if Item.CONTACT not in permit.until:
        return
    piece = _contact(person.resource)
    if piece["first_name"] or piece["phone"]:
        content.packet["pieces"][Item.CONTACT.value] = piece
        content.packet["name"] = piece["first_name"]


def _contact(person: Json) -> dict[str, Any]:
    """Give the name and the phone in use now: one with an end is over."""
    names = [one for one in several(person, "name") if _in_use(one)]
    given = inside(names[0], "given") if names else None
    numbers = [one for one in several(person, "telecom") if one.get("system") == "phone" and _in_use(one)]
    phones = [words(one, "value") for one in sorted(numbers, key=_rank)]
    said = {
        "phone": phones[0] if phones else "",
        "note": words(extension(person, CONTACT_NOTE), "valueString"),
        "no_voicemail": extension(person, NO_VOICEMAIL).get("valueBoolean") is True,
        "sms_allowed": extension(person, TEXT_ALLOWED).get("valueBoolean") is True,
        **safe_contact.read_rest(words(extension(person, SAFE_CONTACT), "valueString")),
    }
    first_name = given[0] if isinstance(given, list) and given and isinstance(given[0], str) else ""
    return {"first_name": first_name, **safe_contact.kept(safe_contact.of_piece(said))}


def _in_use(said: Json) -> bool:
    """Tell whether a name or a number is not one of before: to call an old number is to call somebody else."""
    ends = day(words(said, "period", "end"))
    return words(said, "use") not in {"old", "maiden"} and (ends is None or ends >= timezone.localdate())


def _rank(said: Json) -> int:
    """Give which number the person would rather be called on; the lowest first, what says nothing last."""
    rank = said.get("rank")
    return rank if isinstance(rank, int) and rank > 0 else MOST_RANK


def _read_pieces(asking: Asking, request: Json, permit: Permit, content: Content) -> None:
    """Read each piece of our own kind about this person. One without a yes is refused, not kept."""
    person = asking.name(request.get("subject"))
    for one in asking.about("Observation", "subject", person):
        item = code_in(one.resource.get("code"), OUR_ITEMS)
        if item not in PIECES:
            continue
        pointed = permit.resources.get(item, "")
        is_meant = not pointed or pointed == key_of(one)
        if item not in permit.until or not is_meant or not words(one.resource, "valueString"):
            content.refused.append(one)
            continue
        content.used.append(one)
        content.packet["pieces"][item] = _piece(item, one.resource)


def _piece(item: str, observation: Json) -> dict[str, Any]:
    piece = {"text": words(observation, "valueString")}
    if item == Item.OWN_WORDS:
        piece["said_on"] = words(observation, "effectiveDateTime")[:10]
    if item == Item.HOUSEHOLD:
        piece["municipality"] = words(extension(observation, MUNICIPALITY), "valueString")
    return piece
