"""On the account page: what someone saved, and the tick for a mail about it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bewaarde_zoekvragen.actions import may_save, want_news
from bewaarde_zoekvragen.models import NewsWish, SavedSearch
from core.account_parts import Part, Tick
from core.requests import UserRequest
from organisaties.second_factor import is_half_way


def _about(request: UserRequest) -> dict[str, Any]:
    """Give the own list to who works somewhere; nothing at the door."""
    if is_half_way(request) or not may_save(request.user):
        return {}
    return {"rows": list(SavedSearch.objects.of(request.user))}


def _wants_news(request: UserRequest) -> bool | None:
    """Tell whether this person wants the mail; None for who cannot have it."""
    if is_half_way(request) or not may_save(request.user):
        return None
    return NewsWish.objects.filter(person=request.user).exists()


SAVED = Part("bewaarde_zoekvragen/_saved_part.html", _about)
NEWS = Tick(
    "saved_news", _("When something new fits a saved search"), _("one mail a day at most"), _wants_news, want_news
)
