"""What the page of the login says besides its form."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def other_logins() -> list[dict[str, str]]:
    """Give the logins of others that open this site: their name, and where they begin."""
    apps: list[dict[str, str]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]  # type: ignore[assignment]
    return [{"name": app["name"], "url": reverse("openid_connect_login", args=[app["provider_id"]])} for app in apps]


@register.simple_tag(takes_context=True)
def onward(context: dict[str, Any]) -> str:
    """Give the page of ours for which someone was led to a second step; empty when they came by themselves."""
    return get_next_redirect_url(context["request"]) or ""


@register.filter
def in_fours(secret: str) -> str:
    """Give a secret as people copy it: in groups of four. An app does not mind the spaces."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


@register.simple_tag
def second_step_is_optional() -> bool:
    """Tell whether this is a demo where a password alone is enough."""
    return bool(settings.DEMO and settings.SECOND_FACTOR == "optional")
