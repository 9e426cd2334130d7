"""What every template knows: the site, the person, and where they can go."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from core.second_factor import STAY
from website.navigation import footer_links, frame, public_links

PRIVATE = ("rail", "rail_more", "bottom_bar", "person")


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give the frame of the page. A visitor costs no query; a colleague's places are fetched when they are drawn."""
    user = getattr(request, "user", None)
    context: dict[str, Any] = {
        "site_name": settings.SITE_NAME,
        "site_tagline": settings.SITE_TAGLINE,
        "site_mark": settings.SITE_MARK,
        "theme": request.COOKIES.get("theme", "auto"),
        "text_size": request.COOKIES.get("size", "100"),
        "public_nav": public_links(request.path),
        "footer_links": footer_links(),
        "footer_text": _footer_text(),
    }
    if user is None or not user.is_authenticated:
        return {**context, "base_layout": "layouts/public.html", **dict.fromkeys(PRIVATE)}
    places = cache(lambda: frame(user, _place(request)))
    drawn = {name: SimpleLazyObject(partial(_one, places, name)) for name in PRIVATE}
    drawn["idle_minutes"] = SimpleLazyObject(lambda: next(iter(request.session.get(STAY, ())), 0))
    return {**context, "base_layout": "layouts/worker.html", **drawn}


def _place(request: HttpRequest) -> str:
    """Give the address of the list that this page belongs to, as its view says, or its own address."""
    said: Callable[[], str] | None = getattr(request, "place", None)
    return said() if said else request.path


def _one(places: Callable[[], dict[str, Any]], name: str) -> Any:
    return places()[name]


def _footer_text() -> str:
    region = settings.SITE_REGION or _("your region")
    return _("%(site)s shows the way to help in %(region)s. Made together by the services of the region.") % {
        "site": settings.SITE_NAME,
        "region": region,
    }
