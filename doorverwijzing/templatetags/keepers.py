"""Puts who keeps the overview, and who stands in, on the page of the client."""

from typing import Any

from django import template

from doorverwijzing import overview
from doorverwijzing.models import Referral
from doorverwijzing.reaching import phone_of

register = template.Library()


@register.inclusion_tag("doorverwijzing/_stand_in.html")
def stand_in(referral: Referral) -> dict[str, Any]:
    """Say in two lines whom the client can ask: nothing more than a first name and a number."""
    found = overview.of(referral)
    return {"keepers": found, "desk_phone": phone_of(found.organization)}
