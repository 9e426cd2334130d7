"""Puts on the pages of others who keeps the overview, and where a live handover is arranged."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from doorverwijzing import overview
from doorverwijzing.client.reaching import phone_of
from doorverwijzing.models import Referral

register = template.Library()


@register.inclusion_tag("doorverwijzing/_stand_in.html", takes_context=True)
def stand_in(context: Context, referral: Referral) -> dict[str, Any]:
    """Say in two lines whom the client can ask: nothing more than a first name and a number."""
    found = overview.of(referral)
    return {"keepers": found, "desk_phone": phone_of(found.organization), "helper": context.get("helper")}


@register.simple_tag(takes_context=True)
def live_url(context: Context, name: str, referral: Referral) -> str:
    """Give the address of a step of a live handover: that of a guest on the page of a guest."""
    return reverse(f"doorverwijzing:{'guest_' if context.get('by_door') else ''}{name}", args=[referral.pk])
