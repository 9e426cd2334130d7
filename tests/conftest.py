"""What every test stands on: places in the database, people, a clean cache, and templates that tell what they miss."""

import gc
import math
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import Client
from django.test.utils import setup_databases
from hypothesis import HealthCheck
from hypothesis import settings as of_properties
from wagtail.signal_handlers import (
    connect_reference_index_signal_handlers,
    disconnect_reference_index_signal_handlers,
)

from gebied import loading
from gebied.models import Place
from organisaties.roles import Role
from search.engines import embedded
from sociale_kaart import vocabulary as own_words
from tests import databases
from tests.factories.organisaties import MembershipFactory, OrganizationFactory, UserFactory
from tests.strict_templates import fail_on_unknown_variables

# No property fails because a machine is slow or busy.
of_properties.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
of_properties.load_profile("unhurried")

# Nothing of what is imported and collected is waste: do not look for any until the first test.
gc.disable()


def reverse_what_has_no_order(connection, **kwargs):
    """Let SQLite give rows backwards where nobody asked for an order: who counts on one finds out."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA reverse_unordered_selects = ON")


connection_created.connect(reverse_what_has_no_order)


def pytest_collection_finish(session):
    """Leave what was imported and collected out of every search for waste: it stays till the end."""
    gc.freeze()
    gc.set_threshold(10_000, 50, 100)
    gc.enable()


# A test that asks for none of these cannot reach a database: pytest-django closes it. What was read for all tests
# before, such as the places, it may have.
DATABASE = {"db", "transactional_db"}
# What stands here and reads only the source belongs to `make check`.
HOUSE_RULES = Path(__file__).parent / "architecture"
# The database that no test may touch.
OF_AN_INSTALLATION = connection.settings_dict["NAME"]


def pytest_collection_modifyitems(config, items):
    """Refuse tests that empty the tables: the audit chain does not let itself be emptied. Run the pure ones once."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            raise pytest.UsageError(f"{item.nodeid}: transaction=True would empty the audit chain, and it refuses.")
    pure = {item for item in items if not item.get_closest_marker("django_db") and not DATABASE & {*item.fixturenames}}
    for item in pure:
        if HOUSE_RULES in item.path.parents:
            item.add_marker("house_rule")
    if connection.vendor == "postgresql":
        config.hook.pytest_deselected(items=list(pure))
        items[:] = [item for item in items if item not in pure]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_createdb, django_db_blocker, request):
    """Begin each worker on a copy of the database that was made for all, if one was."""
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    if worker and not django_db_createdb:
        with django_db_blocker.unblock():
            databases.copy_for(worker)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Fill the places once, right after the test database was made; every test sees all of Belgium."""
    with django_db_blocker.unblock():
        if connection.settings_dict["NAME"] == OF_AN_INSTALLATION:
            # No test of this run is marked: pytest-django made nothing, and the places would be read from there.
            setup_databases(verbosity=0, interactive=False, keepdb=True)
        if not Place.objects.exists():
            loading.load()
    disconnect_reference_index_signal_handlers()


@pytest.fixture(scope="session", autouse=True)
def _loud_templates():
    with fail_on_unknown_variables():
        yield


@pytest.fixture(autouse=True)
def _of_its_own(settings, tmp_path, monkeypatch):
    """Give each test a clean cache, and a search index, keys and files of its own.

    The index is made when something is searched, and its words are never old.
    """
    cache.clear()
    settings.SEARCH_DIR = tmp_path / "search"
    monkeypatch.setattr(embedded, "QUICK", math.inf)
    settings.KEY_STORE, settings.KEY_STORE_COPIES = tmp_path / "keys", tmp_path / "key-copies"
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def places(db):
    """Ask for the municipalities, postcodes, zones and boundaries."""


@pytest.fixture
def uses(db):
    """Let Wagtail list after each save where things are used, as it does on an installation.

    That list costs more than the save itself, and only editors read it; without this fixture there is none.
    """
    connect_reference_index_signal_handlers()
    yield
    disconnect_reference_index_signal_handlers()


@pytest.fixture
def vocabulary(db):
    """Load needs, target groups and life domains, for this test only."""
    own_words.load()


@pytest.fixture
def visitor():
    """Give the browser of someone who is not logged in."""
    return Client()


@pytest.fixture
def log_in():
    """Give a browser in which someone is logged in: `log_in(user).get(url)`."""

    def browser(user, **options):
        client = Client(**options)
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def organization(db):
    """Give a partner."""
    return OrganizationFactory(name="Sociaal Huis Pannenhoek")


@pytest.fixture
def worker(organization):
    """Give a frontline worker of the partner."""
    return MembershipFactory(organization=organization, user__first_name="Lotte").user


@pytest.fixture
def team_lead(organization):
    """Give who manages the partner."""
    return MembershipFactory(organization=organization, role=Role.TEAM_LEAD, user__first_name="Els").user


@pytest.fixture
def coordinator(db):
    """Give who coordinates the network, from an organization of its own."""
    where = OrganizationFactory(name="Zorgraad WE40")
    return MembershipFactory(organization=where, role=Role.NETWORK_COORDINATOR, user__first_name="Bert").user


@pytest.fixture
def stranger(db):
    """Give a worker of an organization that has nothing to do with it."""
    return MembershipFactory(user__first_name="Wim").user


@pytest.fixture
def operator(db):
    """Give who runs the installation."""
    return UserFactory(first_name="Beheer", is_staff=True, is_superuser=True)
