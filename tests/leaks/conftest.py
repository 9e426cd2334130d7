"""The world of the leak tests: made once for each file, and taken away after it."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from search.engines import index
from tests.leaks.world import build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Plant every canary."""
    folder = tmp_path_factory.mktemp("leaks")
    places = {
        "KEY_STORE": folder / "keys", "KEY_STORE_COPIES": folder / "copies", "SEARCH_DIR": folder / "search",
        "MEDIA_ROOT": folder / "media",
    }  # fmt: skip
    with django_db_blocker.unblock(), override_settings(**places), transaction.atomic():
        index.forget_engine()
        yield build()
        transaction.set_rollback(True)
    index.forget_engine()


@pytest.fixture(autouse=True)
def _of_its_own(world, settings, tmp_path):
    """Keep the keys and the index of the world: all its tests read the same packets. The rest is of each test."""
    cache.clear()
    settings.FILES_DIR = tmp_path / "files"
