"""What the pages of a conversation need: life domains, a search index of its own, a talk and who may see it."""

import pytest

from search.engines import index
from tests.factories.organisaties import MembershipFactory
from tests.factories.vraagverheldering import ConversationFactory


@pytest.fixture
def own_index(settings, tmp_path):
    """Let search read what this test has in its database, and nothing of an installation beside it."""
    settings.SEARCH_DIR = tmp_path / "search"
    index.forget_engine()
    yield
    index.forget_engine()


@pytest.fixture
def talk(organization, worker):
    """Give an open, broad talk with Amina."""
    return ConversationFactory(organization=organization, worker=worker)


@pytest.fixture
def colleague(organization):
    """Give a second worker of the same team."""
    return MembershipFactory(organization=organization, user__first_name="Noor").user


@pytest.fixture
def page(vocabulary, own_index, worker, log_in):
    """Give the browser of the worker, with the fifteen domains and an index in place."""
    return log_in(worker)
