"""How often something may fail before it pauses; counted in the shared cache, per kind and key."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest


def _name(kind: str, key: str) -> str:
    return f"throttle:{kind}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def address(request: HttpRequest) -> str:
    """Give the address that a request comes from, as the trusted proxies tell it."""
    from allauth.account.adapter import get_adapter  # noqa: PLC0415 (slow library, only needed here)

    return str(get_adapter(request).get_client_ip(request))


def is_paused(kind: str, key: str, *, limit: int) -> bool:
    """Tell whether there were too many failures lately."""
    return bool(cache.get(_name(kind, key), 0) >= limit)


def count_failure(kind: str, key: str, *, seconds: int) -> None:
    """Count one failure; all are forgotten `seconds` after the first."""
    name = _name(kind, key)
    if not cache.add(name, 1, timeout=seconds):
        try:
            cache.incr(name)
        except ValueError:  # it expired between the two calls
            cache.add(name, 1, timeout=seconds)
