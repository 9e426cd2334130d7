"""An index of the formal catalogue, made once; and what a test needs to ask it."""

from datetime import datetime

import pytest

from search.engines.embedded import EmbeddedEngine
from search.engines.tantivy_schema import build
from search.facets import Terms, conditions_of
from search.finder import Finder, home_of
from search.query import SearchQuery
from search.rules.synonyms import seed_table
from search.understanding.places import places as load_places
from search.understanding.planner import Planner
from tests.search import fixture

WEDNESDAY = datetime(2026, 11, 25, 10, 30)
NO_TERMS = Terms({}, {})


@pytest.fixture(scope="session")
def known(django_db_setup, django_db_blocker):
    """Give all places of the country."""
    with django_db_blocker.unblock():
        return load_places()


@pytest.fixture(scope="session")
def formal(known, tmp_path_factory):
    """Give the engine that holds the formal catalogue; nobody writes to it."""
    folder = tmp_path_factory.mktemp("formal") / "index"
    build(folder, fixture.docs(known.gazetteer))
    return EmbeddedEngine(folder)


@pytest.fixture(scope="session")
def ask(formal, known):
    """Ask the formal catalogue: `ask("schulden", area="Mol")` gives a finder and what it found."""

    def asked(text="", *, engine=formal, now=WEDNESDAY, area=None, filters=None, **options):
        planner = Planner(engine.vocabulary(), seed_table(), known.gazetteer)
        home = home_of(known.gazetteer.named(area).where(typed=False)) if area else None
        plan = planner.plan(text, now=now, home=home, correct=options.get("correct", True))
        query = SearchQuery(text, filters=filters or {}, area=area, now=now, **options)
        finder = Finder(engine, query, plan, conditions_of(query.filters, known, now), now)
        return finder, finder.find()

    return asked


@pytest.fixture
def keys(ask):
    """Give only the keys of what was found, the weaker ones last."""

    def found(text, **options):
        _finder, result = ask(text, **options)
        return [row.key for row in (*result.rows, *result.related)]

    return found
