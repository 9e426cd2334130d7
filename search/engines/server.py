"""The search server of this installation, if SEARCH_URL names one; its client is loaded only then."""

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import EngineDownError

if TYPE_CHECKING:
    from search.engines.elastic_server import Server

DEFAULT_ALIAS = "services"


class Address(NamedTuple):
    """Where the server is, and the name under which our index lives there."""

    hosts: tuple[str, ...]
    alias: str


class _Connected:
    """The connection of this process, by the address it was made for."""

    url = ""
    server: "Server | None" = None


def address(url: str) -> Address | None:
    """Read SEARCH_URL: `https://user:password@host:port/alias`, several with commas; None for the embedded engine."""
    parts = [urlsplit(one.strip()) for one in url.split(",") if one.strip()]
    schemes = {part.scheme for part in parts}
    if schemes <= {"embedded"}:
        return None
    if not schemes <= {"http", "https"} or not all(part.hostname for part in parts):
        raise ImproperlyConfigured("SEARCH_URL is embedded:// or the http(s) address of an Elasticsearch server.")
    alias = next((part.path.strip("/") for part in parts if part.path.strip("/")), DEFAULT_ALIAS)
    return Address(tuple(f"{part.scheme}://{part.netloc}" for part in parts), alias)


def server() -> "Server | None":
    """Give the server of this installation, or None where the embedded engine is the only one."""
    url = settings.SEARCH_URL
    if _Connected.url != url:
        where = address(url)
        _Connected.url, _Connected.server = url, _connect(where) if where else None
    return _Connected.server


def _connect(where: Address) -> "Server":
    from search.engines.elastic_server import Server  # noqa: PLC0415  the client takes 30 MB, and most installations have none

    return Server(where.hosts, where.alias)


def answers() -> bool:
    """Tell whether the server is there, whatever index lies on it; for the operator."""
    far = server()
    try:
        return far is not None and far.live_names() is not None
    except EngineDownError:
        return False
