"""What a rule of words may not be: each refusal, and what is fine."""

import pytest

from search.rules.check import Rules, faults, faults_in_a_file, finds_nothing, unknown
from search.rules.draft import EQUAL, KEEP, ONE_WAY, PART, WHOLE, Draft, sides_of
from search.words.seed import shipped_rules


def rule(kind, left, right="", **more):
    """Make a rule as an editor types it."""
    return Draft(kind, sides_of(left), sides_of(right), **more)


def refused(draft, *others):
    """Give where each objection stands."""
    return [objection.at for objection in faults(draft, Rules(others))]


@pytest.mark.parametrize(
    ("draft", "at"),
    [
        (rule(EQUAL, "", "wasrek"), ["left"]),
        (rule(EQUAL, " , ;", "wasrek"), ["left"]),
        (rule(EQUAL, "droogrek"), ["right"]),
        (rule(ONE_WAY, "kot"), ["right"]),
        (rule(KEEP, "fedasil", "asiel"), ["right"]),
        (rule(EQUAL, "x", "wasrek"), ["left"]),
        (rule(EQUAL, "wasrek", "x y"), ["right"]),
        (rule(EQUAL, "de", "wasrek"), ["left"]),
        (rule(ONE_WAY, "kot", "de het een van"), ["right"]),
        (rule(EQUAL, "?!", "wasrek"), ["left"]),
        (rule(EQUAL, "een twee drie vier vijf zes zeven", "wasrek"), ["left"]),
        (rule(KEEP, "rode kruis"), ["left"]),
        (rule(PART, "ab"), ["left"]),
        (rule(PART, "zorg2"), ["left"]),
        (rule(WHOLE, "huis arts"), ["left"]),
        (rule(EQUAL, "schuld", "schulden"), ["left"]),
        (rule(EQUAL, "wasrek", "droogrek", note="x" * 301), ["note"]),
        (rule(EQUAL, ", ".join(f"woord{n}" for n in range(70)), "wasrek"), ["left"]),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_at_its_side(draft, at):
    assert refused(draft) == at


@pytest.mark.parametrize(
    "draft",
    [
        rule(EQUAL, "wasdraad", "droogrek, wasrek"),
        rule(ONE_WAY, "kan niet meer, gaan uit elkaar", "psycholoog"),
        rule(ONE_WAY, "uit huis gezet", "uithuiszetting"),
        rule(ONE_WAY, "kot, studio", "studio, kamer"),
        rule(KEEP, "fedasil"),
        rule(PART, "dag"),
        rule(WHOLE, "huisarts"),
        rule(EQUAL, "een twee drie vier vijf zes", "wasrek"),
    ],
)
def test_a_sound_rule_is_kept(draft):
    assert refused(draft) == []


def test_two_one_way_rules_may_not_meet():
    assert refused(rule(ONE_WAY, "b", "a"), rule(ONE_WAY, "kot", "kamer")) == ["left", "right"]
    assert refused(rule(ONE_WAY, "kamer", "kot"), rule(ONE_WAY, "kot", "kamer")) == ["left"]


def test_a_circle_over_three_rules_is_refused_with_its_way():
    others = Rules([rule(ONE_WAY, "kot", "kamer"), rule(ONE_WAY, "kamer, zolder", "studio")])
    found = faults(rule(ONE_WAY, "studio", "kot, loft"), others)

    assert [objection.at for objection in found] == ["left"]
    assert "studio → kot → kamer → studio" in str(found[0])


def test_a_circle_inside_one_rule_is_refused():
    assert refused(rule(ONE_WAY, "kot, kamer", "kamer, kot")) == ["left"]


def test_words_that_are_equal_may_lead_to_each_other():
    assert refused(rule(EQUAL, "kot", "kamer"), rule(ONE_WAY, "kamer", "studio")) == []
    assert refused(rule(ONE_WAY, "kot", "kamer, loft"), rule(EQUAL, "kot", "kamer")) == []


def test_a_rule_that_is_switched_off_closes_no_circle_but_is_there():
    off = rule(ONE_WAY, "kot", "kamer", active=False)

    assert refused(rule(ONE_WAY, "kamer", "kot"), off) == []
    assert refused(rule(ONE_WAY, "Kot", "kamer"), off) == ["left"]


@pytest.mark.parametrize(
    ("draft", "other"),
    [
        (rule(EQUAL, "wasrek", "droogrek"), rule(EQUAL, "Droogrek", "wasrek")),
        (rule(EQUAL, "wasrek", "droogrek"), rule(EQUAL, "wasdraad, wasrek", "droogrek")),
        (rule(ONE_WAY, "wasrek", "droogrek"), rule(EQUAL, "wasrek", "droogrek")),
        (rule(ONE_WAY, "woningen", "premies"), rule(ONE_WAY, "woning, zolder", "premie, studio")),
        (rule(KEEP, "fedasil"), rule(KEEP, "Fedasil, Payoke")),
        (rule(PART, "digi"), rule(PART, "digi")),
    ],
)
def test_what_other_rules_say_already_is_refused(draft, other):
    assert refused(draft, other) == ["left"]
    assert [*map(str, faults_in_a_file(draft, Rules([other])))] in ([], ["Deze regel is er al."])


def test_a_rule_that_says_more_is_kept():
    assert refused(rule(EQUAL, "wasrek", "droogrek, wasdraad"), rule(EQUAL, "wasrek", "droogrek")) == []


def test_sides_that_stand_in_no_listing_are_named():
    known = {"wasrek", "schuld"}
    draft = rule(EQUAL, "wasdraad", "wasrek, de schulden")

    assert unknown(draft, known.__contains__) == ["wasdraad"]
    assert not finds_nothing(draft, ["wasdraad"])
    assert finds_nothing(draft, ["wasdraad", "wasrek", "de schulden"])
    assert finds_nothing(rule(ONE_WAY, "kot", "studio"), ["studio"])


def test_every_shipped_rule_would_be_kept():
    rules = Rules()
    wrong = []
    for draft in shipped_rules():
        wrong += [(draft.left, str(objection)) for objection in faults(draft, rules)]
        rules.add(draft)

    assert wrong == []
