"""What every template knows: the site, the person, and where they can go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give the frame of the page."""
    user = getattr(request, "user", None)
    logged_in = bool(user and user.is_authenticated)
    return {
        "site_name": settings.SITE_NAME,
        "site_tagline": settings.SITE_TAGLINE,
        "site_mark": settings.SITE_MARK,
        "theme": request.COOKIES.get("theme", "auto"),
        "text_size": request.COOKIES.get("size", "100"),
        "base_layout": "layouts/worker.html" if logged_in else "layouts/public.html",
    }
