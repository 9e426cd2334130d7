"""Puts the helper language beside the Dutch of a client's page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.contrib.messages import get_messages
from django.forms import BaseForm
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.fields_on_screen import field_errors
from doorverwijzing.client import mending
from doorverwijzing.client.languages import END, Helper
from doorverwijzing.client.looked import Looked
from doorverwijzing.models import Referral
from doorverwijzing.words import taken_back_how, where
from doorverwijzing.workflow import Status

register = template.Library()
LEFT_TO_RIGHT = "\u2066"
TONES = {"success": "reached", "error": "stuck", "warning": "turn"}


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
def helper_items(context: Context, items: Iterable[str], sender: object) -> str:
    """Name what can be shared in the helper language, in a row; nothing when none was chosen."""
    chosen = _helper(context)
    return chosen.join(chosen.items(items, sender=sender)) if chosen else ""


@register.simple_tag(takes_context=True)
def helper_sees(context: Context, items: Iterable[str], sender: object) -> str:
    """Say in the helper language what the other side may see and tell; nothing when none was chosen."""
    chosen = _helper(context)
    return chosen.sees(items, sender=sender) if chosen else ""


@register.filter
def marks(helper: Helper, text: str) -> SafeString:
    """Put a text that is made already in its language and direction."""
    return helper.mark(text)


@register.simple_tag(takes_context=True)
def helper_state(context: Context, referral: Referral) -> SafeString:
    """Say in the helper language where a question is."""
    if not _helper(context):
        return SafeString("")
    state, who = where(referral)
    key, worker = f"state.{state.value}", referral.sender_worker.first_name or str(referral.sender)
    if state is Status.WITHDRAWN:
        ending, worker = taken_back_how(referral)
        key = f"{key}_{ending}" if ending else key
    return helper_words(context, key, service=who, worker=worker)


@register.simple_tag(takes_context=True)
def helper_row(context: Context, row: Looked) -> SafeString:
    """Say in the helper language who looked; nothing when none was chosen."""
    chosen = _helper(context)
    return row.said_in(chosen) if chosen else SafeString("")


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def errors_in_both(context: Context, *forms: BaseForm) -> dict[str, Any]:
    """Draw component 13 for one or more forms, its heading in both languages."""
    found = [error for form in forms for error in field_errors(form)]
    return {"errors": found, "beside": helper_words(context, mending.HEADING)}


@register.inclusion_tag("doorverwijzing/client/_notices.html", takes_context=True)
def notices_in_both(context: Context) -> dict[str, Any]:
    """Draw what happened on the page before; a message that carries the key of a helper word is said in both."""
    worker, waiting = context.get("worker", ""), get_messages(context["request"])
    return {
        "notices": [
            {
                "tone": TONES.get(one.level_tag, "info"),
                "text": one.message,
                "beside": helper_words(context, one.extra_tags, worker=worker),
            }
            for one in (waiting if len(waiting) else ())
        ]
    }


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
    return {
        "languages": context.get("languages", []),
        "helper": _helper(context),
        "vraag": context.get("number", 1),
        "at": context.get("languages_at", ""),
        "form": context.get("languages_form", ""),
        "enter": context.get("languages_enter", ""),
    }
