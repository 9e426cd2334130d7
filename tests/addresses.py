"""Every address of the site, as the resolver knows it."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLPattern, get_resolver


class Address(NamedTuple):
    """One route with the view behind it."""

    route: str
    pattern: URLPattern

    @property
    def view(self) -> str:
        """Name the view: 'search.page.views.search'."""
        return self.pattern.lookup_str

    @property
    def is_public(self) -> bool:
        """Tell whether LoginRequiredMiddleware lets everyone through."""
        return not getattr(self.pattern.callback, "login_required", True)

    @property
    def view_class(self) -> type | None:
        """Give the class of a class-based view."""
        return getattr(self.pattern.callback, "view_class", None)


def all_addresses() -> list[Address]:
    """Walk the whole resolver, third parties included."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns, before: str) -> Iterator[Address]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield Address(route, one)
        else:
            yield from _walk(one.url_patterns, route)
