"""What was kept of the rights that were looked at in a conversation, because the person agreed."""

import json
from datetime import date
from typing import NamedTuple

from rechtenverkenning.answers import Sheet, from_lists
from vraagverheldering.models import Conversation


class Kept(NamedTuple):
    """The newest answers and outcomes that were kept, and the day."""

    sheet: Sheet
    outcomes: dict[str, str]
    on: date


def kept_rights(conversation: Conversation) -> Kept | None:
    """Open what was kept last; None when nothing was."""
    result = conversation.rights_results.first()
    if result is None:
        return None
    return Kept(from_lists(json.loads(result.answers)), json.loads(result.outcomes), result.checked_on)


def kept_outcomes(conversation: Conversation) -> dict[str, str]:
    """Give the outcome per right that was kept last; empty when nothing was."""
    kept = kept_rights(conversation)
    return kept.outcomes if kept else {}
