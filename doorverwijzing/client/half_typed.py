"""What was typed on the person's page beside what was sent: kept sealed in the session, for the same code alone."""

import json

from django.http import HttpRequest

from core.encryption import open_sealed, seal
from core.errors import Unreadable

SESSION_KEY = "half_typed"
# The answer that was picked, and the message.
PARTS = ("answer", "text")
LONGEST = 10_000


def keep(request: HttpRequest, *, receipt: str, number: int, sent: str = "") -> None:
    """Keep each part that came along with the part that was sent; what came empty is let go."""
    typed = {part: request.POST.get(part, "")[:LONGEST] for part in PARTS if part != sent}
    typed = {part: words for part, words in typed.items() if words.strip()}
    kept = request.session.get(SESSION_KEY, {})
    kept.pop(str(number), None)
    if typed:
        kept[str(number)] = seal(json.dumps(typed), context=_context(receipt, number))
    request.session[SESSION_KEY] = kept


def kept_for(request: HttpRequest, *, receipt: str, number: int) -> dict[str, str]:
    """Give what was kept for this question of this sheet; nothing when another code opened the page."""
    sealed = request.session.get(SESSION_KEY, {}).get(str(number))
    try:
        typed: dict[str, str] = json.loads(open_sealed(sealed, context=_context(receipt, number))) if sealed else {}
    except Unreadable:
        return {}
    return typed


def _context(receipt: str, number: int) -> str:
    return f"half_typed.{receipt}.{number}"
