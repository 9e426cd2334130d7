"""What the page of the login says besides its form."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def other_logins() -> list[dict[str, str]]:
    """Give the logins of others that open this site: their name, and where they begin."""
    apps: list[dict[str, str]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]  # type: ignore[assignment]
    return [{"name": app["name"], "url": reverse("openid_connect_login", args=[app["provider_id"]])} for app in apps]


@register.simple_tag
def second_step_is_optional() -> bool:
    """Tell whether this is a demo where a password alone is enough."""
    return bool(settings.DEMO and settings.SECOND_FACTOR == "optional")
