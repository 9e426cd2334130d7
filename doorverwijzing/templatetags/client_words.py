"""Puts the helper language beside the Dutch of a client's page."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from doorverwijzing.client.languages import END, Helper

register = template.Library()
LEFT_TO_RIGHT = "\u2066"


def _helper(context: Context) -> Helper | None:
    found = context.get("helper")
    return found if isinstance(found, Helper) else None


@register.simple_tag(takes_context=True)
def helper_words(context: Context, key: str, **values: object) -> SafeString:
    """Say a sentence in the helper language; nothing when none was chosen."""
    chosen = _helper(context)
    text = chosen.say(key, **values) if chosen else ""
    return chosen.mark(text) if chosen and text else SafeString("")


@register.simple_tag(takes_context=True)
def both(context: Context, dutch: object, key: str, **values: object) -> SafeString:
    """Put the Dutch and the helper language in one label, such as that of a button."""
    return format_html("{}{}", dutch, _after(helper_words(context, key, **values)))


def _after(words: SafeString) -> SafeString:
    return format_html(" {}", words) if words else SafeString("")


@register.filter
def in_own_order(text: object) -> str:
    """Keep a Dutch name, number or address in its own order inside a text that runs the other way, also on paper."""
    return f"{LEFT_TO_RIGHT}{text}{END}"


@register.inclusion_tag("doorverwijzing/client/_languages.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """Draw the choice of the helper language."""
    return {"languages": context.get("languages", []), "helper": _helper(context), "vraag": context.get("number", 1)}
