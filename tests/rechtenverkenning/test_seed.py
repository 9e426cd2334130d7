"""House rules for the rights that travel along."""

import re
from datetime import date

import pytest

from rechtenverkenning import seed
from rechtenverkenning.conditions import Op, leaves
from rechtenverkenning.household import FACTS, Shape
from rechtenverkenning.models import MOST_WORDS, Question, Right
from sociale_kaart import vocabulary

RIGHTS = seed.right_rows()
QUESTIONS = seed.questions()
CODES = {right["code"] for right in RIGHTS}
NEEDS = {term["code"] for term in vocabulary.read()["needs"]["terms"]}
DOMAINS = {term["code"] for term in vocabulary.read()["life_domains"]["terms"]}
SITES = {
    "mi-is.be", "rva.be", "riziv.fgov.be", "handicap.belgium.be", "sfpd.fgov.be", "groeipakket.be", "vlaanderen.be",
    "studietoelagen.be", "financien.belgium.be", "vlaamsesocialebescherming.be", "vaph.be", "vlaamswoningfonds.be",
    "economie.fgov.be", "verwarmingsfonds.be", "vmm.be", "delijn.be", "belgiantrain.be", "agii.be", "advocaat.be",
    "rechtenverkenner.be",
}  # fmt: skip
each_right = pytest.mark.parametrize("right", RIGHTS, ids=lambda right: right["code"])
each_question = pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.fact)


def sentences(text):
    return [sentence for sentence in re.split(r"(?<=[.?:])\s+", text) if sentence]


def test_the_first_thirty_rights_are_there():
    assert {f"R{number:02}" for number in range(1, 31)} <= CODES
    assert len(CODES) == len(RIGHTS)


@each_right
def test_every_right_has_an_official_source_and_a_review_date(right):
    site = right["source_url"].removeprefix("https://").removeprefix("www.")

    assert site in SITES, "the root of a public site, never a link that we made up"
    assert isinstance(right["checked_on"], date)
    assert date(2026, 11, 1) <= right["checked_on"] <= date(2026, 11, 28)
    assert right["legal_basis"]


@each_right
def test_every_right_fits_its_fields_and_points_to_what_exists(right):
    for name in ("name", "summary", "tip", "deadline", "amount_note", "legal_basis", "executing_body", "authority"):
        assert len(right.get(name, "")) <= Right._meta.get_field(name).max_length
    assert right["level"] in dict(Right._meta.get_field("level").choices)
    assert right["automatic"] in dict(Right._meta.get_field("automatic").choices)
    assert set(right["themes"]) <= NEEDS
    assert right["themes"]
    assert set(right["life_domains"]) <= DOMAINS
    assert right["life_domains"]
    assert set(right["related"]) <= CODES - {right["code"]}
    assert right["conditions"]
    assert right["apply_channels"]


@each_right
def test_an_amount_says_about_and_carries_its_date(right):
    if right.get("amount_note"):
        assert "ongeveer" in right["amount_note"].lower()
        assert right["amount_on"]


@each_right
def test_the_text_for_the_client_is_plain(right):
    text = right["client_text"]

    assert 2 <= len(sentences(text)) <= 6
    assert max(len(sentence.split()) for sentence in sentences(text)) <= 15
    assert "!" not in text
    for word in ("cliënt", "dossier", "traject", "hulpvraag", "helaas", "rechthebbende"):
        assert word not in text.lower().replace("globaal medisch dossier", "")
    assert not re.search(r"\bu\b|\buw\b", text.lower())


@each_right
def test_reasons_never_speak_to_the_reader(right):
    nodes = [*seed.nodes(right["conditions"]), *seed.nodes(right["already"]), *seed.nodes(right["hint_when"])]
    notes = " ".join(leaf.note for node in nodes for leaf in leaves(node))

    assert not re.search(r"\b(je|jij|jouw)\b", notes)


def test_every_fact_has_its_question_and_every_ceiling_its_amounts():
    asked = {leaf.fact for rule in seed.rules() for leaf in leaves(rule.root)} - {""}
    ceilings = {leaf.value for rule in seed.rules() for leaf in leaves(rule.root) if leaf.op is Op.BELOW}

    assert set(QUESTIONS) == set(FACTS)
    assert set(FACTS) - asked <= {"household", "children", "leefloon_3m", "income_dropped", "benefit_ends"}
    assert ceilings <= {threshold.key for threshold in seed.thresholds()}


@each_question
def test_a_question_is_short_and_names_the_person_only_in_the_form_for_a_worker(question):
    assert len(question.client.split()) <= MOST_WORDS
    assert question.client.endswith("?")
    assert "%(name)s" not in question.client + question.short_client
    assert "%(" not in question.text("Amina") + question.short("Amina")
    assert not re.search(r"\b(hij|zij|haar|zijn moeder)\b", question.text("Amina"))
    assert question.why
    for name in ("client", "worker", "short_client", "short_worker", "why"):
        assert len(getattr(question, name)) <= Question._meta.get_field(name).max_length


@each_question
def test_a_question_has_the_answers_and_phrases_that_the_rules_need(question):
    assert tuple(option.code for option in question.options) == FACTS[question.fact].options
    assert set(question.needed_phrases) <= set(question.phrases)
    assert question.usual in ("", *FACTS[question.fact].options)
    if question.shape is Shape.YES_NO:
        assert all(option.words and not re.search(r"\b(je|jij|ik)\b", option.words) for option in question.options)


def test_no_amount_is_younger_than_we_know_and_all_name_their_source():
    for threshold in seed.thresholds():
        assert threshold.source
        assert threshold.valid_from <= date(2026, 11, 28)
