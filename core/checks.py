"""What `check --deploy` asks of an installation: faults that would show only when something is used."""

import socket
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.checks import CheckMessage, Error
from django.db import connection
from django.utils.translation import gettext as _

from core.durable import is_writable

REDIS_PORT = 6379
PATIENCE_SECONDS = 2


def copies_can_be_written(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """See that the copies of the key store have a place."""
    if is_writable(settings.KEY_STORE_COPIES):
        return []
    told = _("%(name)s: this user may not write in %(folder)s. Give it that folder, or name another one.")
    return [Error(told % {"name": "KEY_STORE_COPIES", "folder": settings.KEY_STORE_COPIES}, id="dorpel.E001")]


def cache_is_there(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """See that failed logins can be counted; a database that is away is told by the command itself."""
    if isinstance(caches["default"], DatabaseCache):
        if _location() in connection.introspection.table_names():
            return []
        return [Error(_("The table of the cache is not there. Run createcachetable."), id="dorpel.E002")]
    if cache_answers():
        return []
    told = _("The server of CACHE_URL does not answer. See that it runs, or leave CACHE_URL out.")
    return [Error(told, id="dorpel.E003")]


def cache_is_beside() -> bool:
    """Tell whether the cache is a server of its own."""
    return not isinstance(caches["default"], DatabaseCache) and bool(_places(_location()))


def cache_answers() -> bool:
    """Tell whether every server of the cache is there."""
    return all(_answers(place) for place in _places(_location()))


def _location() -> str | list[str]:
    location: str | list[str] = settings.CACHES["default"].get("LOCATION", "")
    return location


def _places(location: str | list[str]) -> list[tuple[str, int]]:
    """Give host and port of each server that an address names."""
    addresses = [urlsplit(one) for one in ([location] if isinstance(location, str) else location)]
    return [(address.hostname, address.port or REDIS_PORT) for address in addresses if address.hostname]


def _answers(place: tuple[str, int]) -> bool:
    try:
        socket.create_connection(place, timeout=PATIENCE_SECONDS).close()
    except OSError:
        return False
    return True
