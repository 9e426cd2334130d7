"""A pause after too many failures, per kind and per key, and only for a while."""

import pytest
from django.core.management import call_command
from django.test import RequestFactory

from core import throttle

START = 1_800_000_000


def fail(times, kind="code", key="192.0.2.1", seconds=600):
    for _time in range(times):
        throttle.count_failure(kind, key, seconds=seconds)


def test_nobody_is_paused_before_the_limit():
    fail(4)

    assert not throttle.is_paused("code", "192.0.2.1", limit=5)


def test_the_limit_pauses():
    fail(5)

    assert throttle.is_paused("code", "192.0.2.1", limit=5)


def test_another_key_and_another_kind_are_not_paused():
    fail(5)

    assert not throttle.is_paused("code", "192.0.2.2", limit=5)
    assert not throttle.is_paused("answer", "192.0.2.1", limit=5)


def test_the_pause_ends(time_machine):
    time_machine.move_to(START, tick=False)
    fail(5, seconds=600)
    time_machine.move_to(START + 599, tick=False)
    assert throttle.is_paused("code", "192.0.2.1", limit=5)

    time_machine.move_to(START + 601, tick=False)

    assert not throttle.is_paused("code", "192.0.2.1", limit=5)


def test_more_failures_do_not_make_the_pause_longer(time_machine):
    time_machine.move_to(START, tick=False)
    fail(5, seconds=600)
    time_machine.move_to(START + 500, tick=False)
    fail(3, seconds=600)

    time_machine.move_to(START + 601, tick=False)

    assert not throttle.is_paused("code", "192.0.2.1", limit=5)


@pytest.mark.django_db
def test_the_shared_cache_in_the_database_counts_too(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kept"}}
    call_command("createcachetable", verbosity=0)

    fail(5)

    assert throttle.is_paused("code", "192.0.2.1", limit=5)
    assert not throttle.is_paused("code", "192.0.2.9", limit=5)


def test_the_key_is_kept_as_a_fingerprint():
    assert "192.0.2.1" not in throttle._name("code", "192.0.2.1")


def test_the_address_is_the_visitor_and_not_what_a_header_says():
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": "203.0.113.9"})

    assert throttle.address(request) == "192.0.2.7"


def test_behind_a_trusted_proxy_the_address_comes_from_its_header(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}
    )

    assert throttle.address(request) == "203.0.113.9"
