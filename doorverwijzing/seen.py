"""What someone read before saying yes, as marks: what is sent must be what was read.

A mark is a keyed hash of one piece. It says nothing by itself, and changes with every word.
"""

import json
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from clienten.models import FEEDBACK, Item
from core.errors import Refusal
from core.short_codes import keyed_hash
from doorverwijzing import packet
from doorverwijzing.models import Referral

MARK_LENGTH = 16


def marks_of(reading: packet.Reading) -> dict[str, str]:
    """Give the mark of the question and of each piece; what may be told back are our own fixed words."""
    pieces = {item: piece for item, piece in reading.pieces.items() if item not in FEEDBACK}
    told = {Item.QUESTION.value: [reading.wish, reading.goal], **pieces}
    return {str(item): _mark(item, words) for item, words in told.items()}


def _mark(item: str, words: object) -> str:
    return keyed_hash(f"seen:{item}:{json.dumps(words, sort_keys=True)}")[:MARK_LENGTH]


def written(reading: packet.Reading) -> str:
    """Write the marks of what a page shows, for a hidden field of its form."""
    return " ".join(f"{item}={mark}" for item, mark in sorted(marks_of(reading).items()))


def marks_in(text: str) -> dict[str, str]:
    """Read marks that a form brings back; what is no mark is left out."""
    pairs = (part.partition("=") for part in text.split())
    return {item: mark for item, _sign, mark in pairs if item in Item.values and len(mark) == MARK_LENGTH}


def refuse_changed(referral: Referral, *, items: Iterable[str], seen: Mapping[str, str]) -> None:
    """Raise Refusal when a piece that goes along is not as it was read. Without marks there is nothing to compare."""
    wanted = {Item.QUESTION.value, *items} - set(FEEDBACK)
    now = marks_of(packet.preview(referral, sorted(wanted)))
    changed = [item for item in Item.in_order(wanted) if seen and seen.get(item) != now.get(item)]
    if changed:
        labels = ", ".join(str(item.label) for item in changed)
        raise Refusal(_("This changed since it was read: %(pieces)s. Ask the yes again.") % {"pieces": labels})
