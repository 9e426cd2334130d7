"""Draws how to reach someone safely: the number, whether it may be used now, with which words, and the rules."""

from collections.abc import Mapping
from typing import Any

from django import template

from clienten.forms import LANGUAGES
from clienten.models import ClientCard
from clienten.safe_contact import Profile, Way, advise, of_card, of_piece, opening_words, rules

register = template.Library()


@register.inclusion_tag("clienten/_reach.html")
def reach_card(card: ClientCard, caller: object = "") -> dict[str, Any]:
    """Draw how to reach the person of one's own card."""
    return _shown(of_card(card), name=card.first_name, caller=caller, organization=card.organization)


@register.inclusion_tag("clienten/_reach.html")
def reach_piece(piece: Mapping[str, Any], organization: object = "", caller: object = "") -> dict[str, Any]:
    """Draw how to reach the person of a packet, with what the packet says and nothing more."""
    return _shown(of_piece(piece), name=str(piece.get("first_name", "")), caller=caller, organization=organization)


def _shown(profile: Profile, *, name: str, caller: object, organization: object) -> dict[str, Any]:
    language = str(dict(LANGUAGES).get(profile.language, "")) if profile.language != "nl" else ""
    who = getattr(caller, "first_name", "") or str(caller or "…")
    words = opening_words(profile, caller=who, organization=str(organization or "…"), person=name or "…")
    return {
        "profile": profile,
        "call": advise(profile, Way.CALL),
        "rules": rules(profile, language),
        "words": words if profile.is_discreet else "",
    }
