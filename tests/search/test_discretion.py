"""What may be kept of a few typed words: help in any words, and nobody in them."""

import pytest

from search.language.analyser import words
from search.listening.discretion import Sign, names_someone, sign_of_person
from search.listening.known_words import is_known

PLAIN = [
    "schulden", "hoorapparaat voor mijn moeder", "dokter 24/7", "jongeren 18 jaar", "senioren 65+", "1813 bellen",
    "zondag 6 december open", "plein voor kinderen", "premie 1 euro", "covid-19", "t.a.v. ouders", "3e leeftijd",
]  # fmt: skip
POINTING = [
    ("jan@voorbeeld.be", Sign.MAIL), ("mail naar jan [at] werk", Sign.MAIL), ("www.voorbeeld.example", Sign.MAIL),
    ("0470 00 00 62", Sign.NUMBER), ("+32470000062", Sign.NUMBER), ("050/82.00.11 bellen", Sign.NUMBER),
    ("tel 0 4 7 0 0 0 0 0 6 2", Sign.NUMBER), ("٠٤٧٠٠٠٠٠٦٢", Sign.NUMBER), ("０４７０ ００ ００ ６２", Sign.NUMBER),
    ("85.07.30-033.28", Sign.NUMBER), ("85073003399", Sign.NUMBER), ("850730 033 28", Sign.NUMBER),
    ("85\u200b073003328", Sign.NUMBER), ("dossier 20394", Sign.NUMBER), ("geboren in 1987", Sign.NUMBER),
    ("12/05/1987", Sign.DAY), ("12-5-87", Sign.DAY), ("1987-05-12", Sign.DAY), ("12 mei 1987", Sign.DAY),
    ("3 mrt. 87 uitkering", Sign.DAY), ("geboren op 3 juni", Sign.DAY), ("geb. 3 juni", Sign.DAY),
    ("BE68 5390 0754 7034", Sign.ACCOUNT), ("be68539007547034", Sign.ACCOUNT), ("NL91ABNA0417164300", Sign.ACCOUNT),
    ("kerkstraat 12", Sign.HOUSE), ("Brugsesteenweg 4 hulp", Sign.HOUSE), ("markt nr 5", Sign.HOUSE),
    ("1abc234 nummerplaat", Sign.NUMBER),
]  # fmt: skip
NOBODY = [
    "schulden", "psygoloog", "hulp bij de post", "roos in de tuin", "kinderen met autisme",
    "zelfmoordpreventie", "huur achterstand", "mijn moeder valt vaak", "dokter van wacht", "afasietherapeut",
]  # fmt: skip
SOMEONE = [
    "Lotte Peeters", "lotte", "mohammed", "fatima elyazidi", "peeters", "jan vandenabeele", "vandenabeele jan",
    "meneer Vandoorne", "mevrouw deklerck adres", "xqzv wqrt", "mijn zoon jarne pest",
]  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_point_to_nobody(text):
    assert sign_of_person(text) is None


@pytest.mark.parametrize(("text", "sign"), POINTING)
def test_what_points_to_one_person_is_seen(text, sign):
    assert sign_of_person(text) is sign


def knows(word):
    """Know the language and the map, with an empty catalogue."""
    return is_known(word)


@pytest.mark.django_db
@pytest.mark.parametrize("text", NOBODY)
def test_words_of_the_language_name_nobody(places, text):
    assert not names_someone(text, knows), [word.text for word in words(text) if not knows(word)]


@pytest.mark.django_db
@pytest.mark.parametrize("text", SOMEONE)
def test_what_may_be_a_name_is_taken_for_one(places, text):
    assert names_someone(text, knows)
