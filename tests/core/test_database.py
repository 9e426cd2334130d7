"""How the site holds on to its database."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_a_server_is_held_on_to_for_a_minute_and_a_file_for_one_page():
    """A restore puts another file in the place of an SQLite database: who held on to the old one would not see it."""
    kept = {"postgresql": (60, True), "sqlite": (0, False)}[connection.vendor]

    assert (connection.settings_dict["CONN_MAX_AGE"], connection.settings_dict["CONN_HEALTH_CHECKS"]) == kept
