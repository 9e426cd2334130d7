"""Names of places that are also words: Mol, Ham, Peer."""

import pytest

from search.language.analyser import words
from search.understanding.gazetteer import Gazetteer, Spot

NEEDS = {"tandarts", "groenten"}


@pytest.fixture(scope="module")
def gazetteer():
    names = {"13025": "Mol", "72030": "Peer", "71071": "Ham", "31040": "Zedelgem"}
    return Gazetteer([(name, Spot(nis, name, 51.1, 3.1, ())) for nis, name in names.items()])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("mol in de tuin", ""), ("mol graaft gangen", ""), ("een mol", ""), ("tandarts met ham", ""), ("mol", ""),
        ("peer appel groenten", ""), ("appel peer groenten", ""), ("mol tandarts", "Mol"), ("tandrats mol", "Mol"),
        ("tandarts mol kinderen", "Mol"), ("appel in peer", "Peer"), ("appel Peer groenten", "Peer"),
        ("zedelgem appel", "Zedelgem"),
    ],
)  # fmt: skip
def test_a_place_that_is_also_a_word_needs_a_sign(gazetteer, text, place):
    asked = [word for word in words(text) if not word.joined]
    found = gazetteer.find(asked, set(range(len(asked))), text, "", lambda word: word.text in NEEDS)

    assert (found.spot.municipality_name if found else "") == place


@pytest.mark.parametrize("name", ["Mol", "Ham", "As", "Geel", "Peer", "Lint", "Boom", "Balen"])
def test_the_trap_names_of_the_country_are_places_beside_a_need_and_words_by_themselves(ask, known, name):
    def municipality(text):
        where = ask(text)[0]._plan.where
        return where.municipality if where else ""

    whole = known.gazetteer.named(name).municipality
    for text in (f"tandarts in {name.lower()}", f"tandarts {name}"):
        assert municipality(text) == whole, text
    for text in (name.lower(), f"een {name.lower()}", f"met {name.lower()} naar de tandarts"):
        assert municipality(text) == "", text
