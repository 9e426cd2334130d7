"""Households as workers know them, and what the checklist must say about their rights."""

from datetime import date

import pytest

from rechtenverkenning import seed
from rechtenverkenning.household import Household
from rechtenverkenning.rules import RuleBook, assess

BOOK = RuleBook(seed.questions(), seed.thresholds(), date(2026, 11, 28))
RULES = {rule.code: rule for rule in seed.rules()}

BELGIAN = {"stay": "belgian", "residence": "flanders", "insured": True}
SINGLE = {**BELGIAN, "household": "alone", "children": 0}
MOTHER = {**BELGIAN, "age": 34, "household": "alone", "children": 1, "child_ages": (9,)}
COUPLE = {**BELGIAN, "household": "partner", "children": 0}
LEEFLOON, WORK, PENSION, NOTHING = (frozenset({source}) for source in ("leefloon", "work", "pension", "none"))

CASES = {
    "works part time, one child, rents": (
        {
            **MOTHER,
            "sources": WORK,
            "income": 1450,
            "tenure": "private_rent",
            "owns_home": False,
            "income_dropped": True,
        },
        {
            "R10": "likely",
            "R11": "likely",
            "R44": "likely",
            "R21": "likely",
            "R01": "likely",
            "R09": "unlikely",
            "R29": "unlikely",
        },
    ),
    "the same, goes to court": (
        {**MOTHER, "income": 1450, "court": True},
        {"R66": "likely", "R67": "likely", "R68": "likely"},
    ),
    "the same, alimony stays away": ({**MOTHER, "alimony": True}, {"R17": "likely"}),
    "mother who says the alimony comes": ({**MOTHER, "alimony": False}, {"R17": "unlikely"}),
    "mother who did not say anything on alimony": (MOTHER, {"R17": "unknown"}),
    "mother, moves from a bad house": (
        {**MOTHER, "income": 1450, "tenure": "private_rent", "owns_home": False, "bad_home": True, "moving": True},
        {"R47": "likely", "R48": "possible", "R56": "likely", "R45": "possible"},
    ),
    "mother, bad house, does not move yet": (
        {**MOTHER, "income": 1450, "tenure": "private_rent", "owns_home": False, "bad_home": True, "moving": False},
        {"R47": "possible", "R48": "unlikely"},
    ),
    "mother, good house": (
        {**MOTHER, "income": 1450, "tenure": "private_rent", "owns_home": False, "bad_home": False, "moving": True},
        {"R47": "unlikely", "R56": "unlikely"},
    ),
    "rich single without children": (
        {**SINGLE, "age": 40, "income": 4500, "sources": WORK, "tenure": "owner"},
        {
            "R01": "unlikely",
            "R21": "unlikely",
            "R44": "unlikely",
            "R10": "unlikely",
            "R58": "unknown",
            "R74": "unlikely",
        },
    ),
    "someone of 17 who may be pregnant or emancipated": (
        {**SINGLE, "age": 17, "income": 0},
        {"R01": "possible", "R44": "unlikely"},
    ),
    "someone of 17 with enough": ({**SINGLE, "age": 17, "income": 2500}, {"R01": "unlikely"}),
    "has an income, but it falls short": (
        {**SINGLE, "age": 40, "income": 1600, "sources": WORK, "debts": frozenset({"none"})},
        {"R01": "unlikely", "R03": "possible"},
    ),
    "three children and an income above the first ceiling": (
        {**COUPLE, "age": 40, "children": 3, "child_ages": (4, 8, 11), "income": 4800},
        {"R11": "possible"},
    ),
    "two children and that income": (
        {**COUPLE, "age": 40, "children": 2, "child_ages": (4, 8), "income": 4800},
        {"R11": "unlikely"},
    ),
    "child of 25 that still studies": (
        {**MOTHER, "age": 50, "child_ages": (25,), "income": 1300, "child_need": True},
        {"R10": "possible", "R11": "possible", "R12": "possible"},
    ),
    "child of 26": (
        {**MOTHER, "age": 50, "child_ages": (26,), "income": 1300, "child_need": True},
        {"R10": "unlikely", "R11": "unlikely", "R12": "unlikely"},
    ),
    "orphan of 19 with a good wage": (
        {**SINGLE, "age": 19, "sources": WORK, "income": 4000},
        {"R21": "possible"},
    ),
    "old, needs care, and has a good pension": (
        {**SINGLE, "age": 80, "sources": PENSION, "income": 4000, "care": True},
        {"R21": "possible"},
    ),
    "old, needs no care, and has a good pension": (
        {**SINGLE, "age": 80, "sources": PENSION, "income": 4000, "care": False},
        {"R21": "unlikely"},
    ),
    "mother of 17": ({**SINGLE, "age": 17, "income": 0, "children": 1, "child_ages": (0,)}, {"R01": "likely"}),
    "single without any income": (
        {**SINGLE, "age": 25, "income": 0, "sources": NOTHING},
        {"R01": "likely", "R03": "possible", "R81": "likely"},
    ),
    "single just under the leefloon": ({**SINGLE, "age": 25, "income": 1300}, {"R01": "possible"}),
    "single just above the leefloon": ({**SINGLE, "age": 25, "income": 1350}, {"R01": "possible"}),
    "couple that lives on less than two people need": ({**COUPLE, "age": 30, "income": 1300}, {"R01": "likely"}),
    "couple that has enough for two": ({**COUPLE, "age": 30, "income": 2200}, {"R01": "unlikely"}),
    "old couple with two small pensions": (
        {**COUPLE, "age": 70, "sources": PENSION, "income": 1500},
        {"R09": "likely"},
    ),
    "lives with others, nobody knows whose income was counted": (
        {**SINGLE, "household": "others", "age": 25, "income": 1300},
        {"R01": "possible"},
    ),
    "grandmother who raises her grandchild alone": (
        {**MOTHER, "age": 68, "sources": PENSION, "income": 1050},
        {"R09": "likely"},
    ),
    "single well above the leefloon": ({**SINGLE, "age": 25, "income": 1600}, {"R01": "unlikely"}),
    "gets leefloon for a year": (
        {**SINGLE, "age": 30, "sources": LEEFLOON, "leefloon_3m": True, "income": 1340, "tenure": "private_rent"},
        {
            "R01": "likely",
            "R21": "likely",
            "R57": "likely",
            "R59": "likely",
            "R70": "likely",
            "R71": "likely",
            "R72": "likely",
        },
    ),
    "gets leefloon for a month": (
        {**SINGLE, "age": 30, "sources": LEEFLOON, "leefloon_3m": False, "income": 3000, "child_need": False},
        {"R21": "unlikely", "R57": "possible"},
    ),
    "has the reduced rate already": (
        {**MOTHER, "vt": True, "income": 1450},
        {
            "R21": "likely",
            "R23": "likely",
            "R41": "likely",
            "R70": "likely",
            "R72": "likely",
            "R73": "likely",
            "R82": "possible",
        },
    ),
    "the reduced rate alone gives no social energy rate": (
        {
            **SINGLE,
            "age": 50,
            "vt": True,
            "sources": WORK,
            "tenure": "private_rent",
            "disability": False,
            "child_need": False,
        },
        {"R57": "unlikely", "R59": "unlikely"},
    ),
    "does not have the reduced rate": (
        {**SINGLE, "vt": False, "age": 40},
        {"R23": "unlikely", "R41": "unlikely", "R73": "unlikely"},
    ),
    "heats with oil and is poor": ({**MOTHER, "heating": "oil", "income": 1450}, {"R58": "likely"}),
    "heats with gas": ({**MOTHER, "heating": "gas", "income": 1450}, {"R58": "unlikely"}),
    "is poor, heating not asked": ({**MOTHER, "income": 1450}, {"R58": "possible"}),
    "heats with oil, mediation runs, good income": (
        {**SINGLE, "income": 4000, "heating": "oil", "vt": False, "debts": frozenset({"mediation"})},
        {"R58": "likely", "R64": "likely", "R61": "possible"},
    ),
    "tenant of social housing with heating of the building": (
        {**SINGLE, "age": 44, "tenure": "social_rent", "heating": "shared", "sources": WORK},
        {"R57": "likely", "R44": "likely"},
    ),
    "pensioner with a small pension": (
        {**SINGLE, "age": 70, "sources": PENSION, "income": 900},
        {"R09": "likely", "R07": "unlikely", "R05": "unlikely"},
    ),
    "pensioner who gets the guarantee": (
        {**SINGLE, "age": 70, "sources": frozenset({"igo"}), "income": 1500, "tenure": "private_rent"},
        {"R09": "likely", "R21": "likely", "R57": "likely", "R59": "likely", "R67": "unknown"},
    ),
    "pensioner who needs care each day": (
        {**SINGLE, "age": 80, "care": True},
        {"R33": "possible", "R34": "possible", "R08": "unlikely"},
    ),
    "needs care but is 40": (
        {**SINGLE, "age": 40, "care": True},
        {"R34": "unlikely", "R33": "possible", "R08": "possible"},
    ),
    "pensioner of 64": ({**SINGLE, "age": 64, "income": 700}, {"R09": "unlikely"}),
    "lost the job, and the partner has a pension": (
        {**COUPLE, "age": 60, "worked": True, "unfit": False, "sources": PENSION},
        {"R05": "possible"},
    ),
    "a mother who waits for asylum": (
        {**MOTHER, "stay": "asylum", "income": 0},
        {"R10": "possible", "R11": "possible", "R13": "unlikely"},
    ),
    "lost the job after years of work": (
        {**SINGLE, "age": 45, "worked": True, "unfit": False, "sources": NOTHING, "income": 0, "waiting": True},
        {"R05": "likely", "R04": "likely", "R01": "likely"},
    ),
    "benefit stopped": (
        {**SINGLE, "age": 45, "benefit_ends": True, "sources": NOTHING, "income": 0},
        {"R01": "likely"},
    ),
    "hardly worked": ({**SINGLE, "age": 40, "worked": False}, {"R05": "unlikely"}),
    "left school and finds no work": (
        {**SINGLE, "age": 20, "worked": False, "sources": NOTHING},
        {"R05": "possible"},
    ),
    "fell ill at work": ({**SINGLE, "age": 45, "unfit": True, "sources": WORK}, {"R06": "likely", "R07": "possible"}),
    "ill and never insured": (
        {**SINGLE, "age": 45, "unfit": True, "insured": False},
        {"R06": "unlikely", "R21": "unlikely"},
    ),
    "recognised disability": (
        {**SINGLE, "age": 30, "disability": True, "travel": True},
        {"R40": "likely", "R76": "likely", "R37": "likely", "R35": "possible", "R36": "possible"},
    ),
    "child with an illness": (
        {**COUPLE, "age": 38, "children": 2, "child_ages": (3, 8), "child_need": True},
        {"R12": "possible", "R37": "likely", "R35": "possible", "R13": "possible"},
    ),
    "toddler at home": (
        {**COUPLE, "age": 28, "children": 1, "child_ages": (2,)},
        {"R15": "possible", "R10": "likely", "R13": "unlikely"},
    ),
    "child of 3 at home": ({**COUPLE, "age": 28, "children": 1, "child_ages": (3,)}, {"R15": "likely"}),
    "child of 22 that may study or work": (
        {**MOTHER, "age": 50, "child_ages": (22,), "income": 1300},
        {"R10": "possible", "R11": "possible"},
    ),
    "only grown-up children": (
        {**COUPLE, "age": 58, "children": 1, "child_ages": (28,)},
        {"R10": "unlikely", "R11": "unlikely"},
    ),
    "student in the house": ({**COUPLE, "age": 50, "student": True}, {"R14": "possible"}),
    "widow with a child": (
        {**MOTHER, "loss": frozenset({"partner", "parent"})},
        {"R16": "likely", "R18": "possible"},
    ),
    "widow with a child who ticked the partner alone": (
        {**MOTHER, "loss": frozenset({"partner"})},
        {"R16": "possible", "R18": "possible"},
    ),
    "says on second thoughts that no children live there": (
        {**SINGLE, "age": 50, "child_ages": (4, 9), "child_need": True, "alimony": True, "income": 1300},
        {"R10": "unlikely", "R11": "unlikely", "R12": "unlikely", "R17": "unlikely", "R78": "unlikely"},
    ),
    "says on second thoughts that it is no leefloon": (
        {**SINGLE, "age": 50, "sources": WORK, "leefloon_3m": True, "income": 4000},
        {"R21": "unlikely"},
    ),
    "no papers": (
        {"stay": "none", "residence": "nowhere", "age": 30},
        {
            "R29": "likely",
            "R01": "unlikely",
            "R09": "unlikely",
            "R06": "unlikely",
            "R04": "unlikely",
            "R54": "unlikely",
        },
    ),
    "waits for asylum": (
        {"stay": "asylum", "age": 30, "household": "alone", "children": 0, "income": 0, "court": True},
        {"R01": "unlikely", "R02": "possible", "R67": "likely", "R29": "unlikely"},
    ),
    "residence permit and no income": (
        {**SINGLE, "stay": "permit", "age": 30, "income": 0, "newcomer": True},
        {"R02": "possible", "R01": "likely", "R79": "likely"},
    ),
    "sleeps rough": (
        {
            "stay": "belgian",
            "residence": "nowhere",
            "age": 50,
            "household": "alone",
            "children": 0,
            "tenure": "homeless",
            "income": 0,
            "owns_home": False,
        },
        {"R54": "likely", "R45": "possible", "R57": "unlikely", "R01": "possible"},
    ),
    "found a home after the street": (
        {**SINGLE, "age": 50, "tenure": "homeless", "moving": True, "income": 0},
        {"R50": "likely", "R49": "possible"},
    ),
    "waits five years for social housing": (
        {**SINGLE, "age": 50, "tenure": "private_rent", "owns_home": False, "wait_years": 5, "income": 1300},
        {"R46": "likely", "R44": "likely"},
    ),
    "waits one year": (
        {**SINGLE, "age": 50, "tenure": "private_rent", "owns_home": False, "wait_years": 1, "income": 1300},
        {"R46": "unlikely"},
    ),
    "behind with the rent": (
        {**SINGLE, "age": 50, "tenure": "private_rent", "debts": frozenset({"rent"})},
        {"R51": "likely", "R64": "likely", "R62": "unlikely", "R65": "possible"},
    ),
    "behind with energy": (
        {**SINGLE, "age": 50, "debts": frozenset({"energy"})},
        {"R62": "likely", "R63": "possible", "R64": "likely", "R51": "unlikely"},
    ),
    "no debts": ({**SINGLE, "debts": frozenset({"none"})}, {"R64": "unlikely", "R65": "unlikely", "R63": "unlikely"}),
    "self-employed with debts": (
        {**SINGLE, "age": 50, "sources": frozenset({"self_employed"}), "debts": frozenset({"other"})},
        {"R65": "possible"},
    ),
    "cannot take the bus": ({**SINGLE, "travel": True, "income": 1300}, {"R74": "likely"}),
    "feels low": ({**SINGLE, "low": True}, {"R30": "likely"}),
    "cares for a parent": ({**SINGLE, "carer": True}, {"R19": "likely", "R42": "possible"}),
    "owns an old house": ({**SINGLE, "tenure": "owner"}, {"R52": "possible", "R44": "unlikely"}),
    "nothing was answered": ({}, dict.fromkeys(RULES, "unknown")),
}
EXPECTED = [
    pytest.param(answers, code, outcome, id=f"{name}-{code}")
    for name, (answers, outcomes) in CASES.items()
    for code, outcome in outcomes.items()
]


def test_the_table_holds_at_least_forty_households():
    assert len(CASES) >= 40


@pytest.mark.parametrize(("answers", "code", "outcome"), EXPECTED)
def test_a_household_gets_the_outcome_that_a_worker_expects(answers, code, outcome):
    result = assess(RULES[code], Household(**answers), BOOK)

    assert str(result.outcome) == outcome, [reason.text for reason in result.reasons]
