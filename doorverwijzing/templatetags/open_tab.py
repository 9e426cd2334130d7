"""Lets a page with data of a client look again by itself."""

from django import template
from django.urls import reverse

from doorverwijzing import open_tab as tabs
from doorverwijzing.models import Referral

register = template.Library()


@register.inclusion_tag("doorverwijzing/_open_tab.html")
def open_tab(referral: Referral, page: str = "doorverwijzing:referral") -> dict[str, str]:
    """Draw what looks again; `page` names where it leads once something on this page may not be read any more."""
    return {"ticket": tabs.ticket(referral, way_back=reverse(page, args=[referral.pk]))}
