"""Draws how to reach someone safely: the number, whether it may be used now, with which words, and the rules."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context

from clienten.forms import LANGUAGES
from clienten.models import ClientCard
from clienten.safe_contact import Profile, Way, advise, of_card, of_piece, opening_words, rules

register = template.Library()


@register.simple_tag
def safe_rules(piece: Mapping[str, Any]) -> str:
    """Say in one run how to reach the person of a packet, for what is printed."""
    profile = of_piece(piece)
    return " ".join(rule.sentence for rule in rules(profile, _language(profile)))


@register.inclusion_tag("clienten/_reach.html", takes_context=True)
def reach_card(context: Context, card: ClientCard) -> dict[str, Any]:
    """Draw how to reach the person of one's own card."""
    return _shown(of_card(card), name=card.first_name, caller=_caller(context), organization=card.organization)


@register.inclusion_tag("clienten/_reach.html", takes_context=True)
def reach_piece(context: Context, piece: Mapping[str, Any], organization: object = "") -> dict[str, Any]:
    """Draw how to reach the person of a packet, with what the packet says and nothing more."""
    return _shown(
        of_piece(piece), name=str(piece.get("first_name", "")), caller=_caller(context), organization=organization
    )


@register.inclusion_tag("clienten/_paper_care.html")
def paper_care(card: ClientCard, *, is_neutral: bool = False) -> dict[str, Any]:
    """Say what to mind before a sheet about this person leaves the house; a neutral one names nobody by itself."""
    profile = of_card(card)
    return {
        "name": card.first_name, "names_services": profile.is_discreet and not is_neutral,
        "no_letter": profile.no_letter,
    }  # fmt: skip


def _language(profile: Profile) -> str:
    return "" if profile.language == "nl" else str(dict(LANGUAGES).get(profile.language, ""))


def _caller(context: Context) -> str:
    """Give the first name of who looks; a guest and a print have none."""
    request = context.get("request")
    return str(getattr(getattr(request, "user", None), "first_name", ""))


def _shown(profile: Profile, *, name: str, caller: str, organization: object) -> dict[str, Any]:
    words = opening_words(profile, caller=caller or "…", organization=str(organization or "…"), person=name or "…")
    return {
        "profile": profile,
        "call": advise(profile, Way.CALL),
        "rules": rules(profile, _language(profile)),
        "words": words if profile.is_discreet else "",
    }
