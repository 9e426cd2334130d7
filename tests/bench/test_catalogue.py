"""The invented catalogue of the bench: the same bytes for the same seed, and every row is right."""

import pytest

from bench.bad_input import addresses
from bench.load import load
from bench.make_catalogue import make, term_id
from gebied.loading import load as load_places
from sociale_kaart import vocabulary
from sociale_kaart.hsds.importing import import_hsds
from sociale_kaart.models import Service, ServiceArea


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        make(30, tmp_path / name, seed)

    first, again, other = ((tmp_path / name / "services.csv").read_bytes() for name in "abc")
    assert first == again != other


@pytest.mark.django_db
def test_the_catalogue_comes_in_without_a_problem(tmp_path):
    load_places()
    counts = make(120, tmp_path)

    report = import_hsds(tmp_path)

    assert list(report.problems()) == []
    assert report.counts["created"] == sum(counts.values())
    assert Service.objects.count() == 120
    assert not ServiceArea.objects.filter(node="").exists()


def test_the_load_is_two_hundred_questions_of_eleven_kinds_and_always_the_same():
    assert len(load()) >= 200
    assert len({question.kind for question in load()}) == 11
    assert load() == load()
    assert [*addresses()] == [*addresses()]


def test_the_words_of_the_network_have_one_id():
    assert term_id("needs", "housing") == vocabulary.term_id("needs", "housing")
