"""Puts on the pages of others who keeps the overview and stands in, and which moments are proposed."""

from typing import Any

from django import template
from django.utils import timezone

from doorverwijzing import overview
from doorverwijzing.client.reaching import phone_of
from doorverwijzing.live.asks import standing_of
from doorverwijzing.models import Referral

register = template.Library()


@register.inclusion_tag("doorverwijzing/_stand_in.html")
def stand_in(referral: Referral) -> dict[str, Any]:
    """Say in two lines whom the client can ask: nothing more than a first name and a number."""
    found = overview.of(referral)
    return {"keepers": found, "desk_phone": phone_of(found.organization)}


@register.inclusion_tag("doorverwijzing/live/_for_guest.html")
def moments_for_guest(referral: Referral) -> dict[str, Any]:
    """Show a guest which moments are proposed: a guest has no calendar here and chooses by phone or message."""
    handover = standing_of(referral)
    ahead = [slot for slot in handover.slots.all() if slot.starts_at > timezone.now()] if handover else []
    return {"referral": referral, "handover": handover, "slots": ahead}
