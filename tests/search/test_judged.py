"""Relevance on judged questions: a change that makes it worse fails here."""

from datetime import datetime

import pytest

from search.scoring import judge, ndcg, read, summed
from tests.search.fixture import HERE

AT_LEAST, SUCCESS, WORST_CLASS = 0.88, 0.93, 0.70


@pytest.fixture
def scores(db, ask):
    def answer(question):
        now = question.now or datetime(2026, 11, 25, 10, 30)
        finder, result = ask(question.text, area=question.municipality or None, now=now)
        rows = [*result.rows, *result.related]
        cards = finder._engine.cards([row.key for row in rows])
        return [(cards[row.key]["name"], cards[row.key]["organization"]) for row in rows]

    outcomes = judge(read(HERE / "judged" / "formal.toml"), answer)
    return {score.kind: score for score in summed(outcomes)}


def test_the_formal_catalogue_answers_judged_questions_well(scores):
    total = scores["all"]

    assert total.count >= 140
    assert total.ndcg >= AT_LEAST
    assert total.success >= SUCCESS
    assert total.without <= total.count * 0.02


def test_no_class_of_questions_falls_behind(scores):
    weak = {kind: round(score.ndcg, 3) for kind, score in scores.items() if score.ndcg < WORST_CLASS}

    assert len(scores) == 14
    assert weak == {}


@pytest.mark.parametrize("name", ["demo-practice", "demo-kept", "demo-read", "demo-second", "demo-aside", "formal"])
def test_every_judged_file_has_all_thirteen_classes(name):
    kinds = {question.kind for question in read(HERE / "judged" / f"{name}.toml")}

    assert len(kinds) == 13


def test_half_of_the_own_questions_are_left_alone():
    practice, kept = (
        {one.text for one in read(HERE / "judged" / f"demo-{name}.toml")} for name in ("practice", "kept")
    )

    assert len(practice) + len(kept) >= 150
    assert abs(len(practice) - len(kept)) <= 2
    assert not practice & kept


def test_ndcg_is_one_for_the_best_order_and_falls_with_the_place():
    grades = {("a", "x"): 3, ("b", "x"): 1}

    assert ndcg([("a", "x"), ("b", "x")], grades) == 1
    assert ndcg([("b", "x"), ("a", "x")], grades) < 0.8
    assert ndcg([("c", "x")], grades) == 0
