"""Words and stems: a fixed list, so that a new version of a dependency cannot move one unseen."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from search.language.analyser import fold, is_stop, stems, words
from search.language.compounds import all_parts, split
from search.language.stemmer import stem
from tests.search.fixture import HERE


def pairs(name):
    """Read the lines of a fixed list."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.partition("\t")[::2] for line in lines]


def test_five_hundred_words_keep_their_stem():
    moved = {word: (fixed, stem(word)) for word, fixed in pairs("stems.tsv") if stem(word) != fixed}

    assert len(pairs("stems.tsv")) == 519
    assert moved == {}


def test_requests_at_the_same_moment_get_the_same_stems():
    fixed = dict(pairs("stems.tsv"))
    patience = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as requests:
            found = [*requests.map(lambda _one: {word: stem.__wrapped__(word) for word in fixed}, range(8))]
    finally:
        sys.setswitchinterval(patience)

    assert all(stems_of_one == fixed for stems_of_one in found)


def test_compounds_keep_their_parts():
    moved = {
        word: (fixed, " ".join(split(word))) for word, fixed in pairs("splits.tsv") if " ".join(split(word)) != fixed
    }

    assert len(pairs("splits.tsv")) > 180
    assert moved == {}


@pytest.mark.parametrize(
    "forms",
    [
        "huis huizen huisje", "brief brieven briefje", "dakloos dakloze daklozen", "premie premies", "arts artsen",
        "kind kinderen kindje", "schuld schulden", "betaal betaalt betalen betaald", "werkt werken gewerkt",
        "gezin gezinnen", "lening leningen leninkje", "verslaving verslaafd verslaafden", "stad steden", "bus bussen",
        "sociaal sociale", "financieel financiele", "slaat geslagen slaan", "advies adviezen", "meubel meubeltje",
    ],
)  # fmt: skip
def test_forms_of_one_word_meet(forms):
    assert len({stem(word) for word in forms.split()}) == 1


def test_guidance_is_not_policy():
    assert stem("begeleiding") != stem("beleid")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O.C.M.W. Zedelgem", ["ocmw", "zedelgem"]),
        ("ex-partner", ["ex", "partner", "expartner"]),
        ("e-mail", ["email"]),
        ("K&G", ["k&g"]),
        ("65+", ["65plus"]),
        ("foto's", ["foto"]),
        ("l'aide d'urgence", ["aide", "urgence"]),
        ("Zoë, één café", ["zoe", "een", "cafe"]),
        ("محامي", ["محامي"]),
        ("", []),
        ("!?… —", []),
    ],
)
def test_text_is_cut_into_folded_words(text, expected):
    assert [word.text for word in words(text)] == expected


def test_a_word_knows_where_it_stood():
    text = "Bel het O.C.M.W. nu"

    assert [text[word.start : word.end] for word in words(text)] == ["Bel", "het", "O.C.M.W.", "nu"]


def test_stop_words_and_single_letters_say_nothing():
    assert stems("ik zoek een huis voor mij") == [stem("huis")]
    assert is_stop("x")
    assert not is_stop("les")


def test_all_levels_of_a_compound_are_parts():
    assert set(all_parts("schuldhulpverlening")) >= {"schuld", stem("hulpverlening")}


@pytest.mark.parametrize(
    "word", ["maaltijd", "gemeente", "begeleiding", "maatschappelijk", "gesprekken", "scheiding", "ocmw"]
)
def test_a_word_that_is_no_compound_stays_whole(word):
    assert split(word) == ()


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("speelgoeduitleen", ("speelgoed", "uitleen")),
        ("gereedschapsuitleen", ("gereedschaps", "uitleen")),
        ("verslavingszorgg", ()),
        ("blankenbergse", ()),
    ],
)
def test_a_new_word_may_be_two_long_known_words(word, parts):
    assert split(word) == parts


def test_folding_is_the_same_twice():
    assert fold(fold("Ĳsbeer Œuvre ÉÉN")) == fold("Ĳsbeer Œuvre ÉÉN") == "ijsbeer oeuvre een"
