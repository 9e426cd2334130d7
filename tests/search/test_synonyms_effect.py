"""Each kind of rule in a real search: it works from the next question on, in every process."""

import subprocess
import sys

import pytest
from django.apps import apps

from search.changes import outbox
from search.engines import index
from search.find import search
from search.models import Change, RuleKind, SynonymRule, WordChange, WordsVersion
from search.query import SearchQuery
from search.rules.draft import EQUAL, KEEP, ONE_WAY, PART, WHOLE, Draft, sides_of
from search.understanding import known
from search.words import actions, seed
from tests.factories.search import listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def teach(django_capture_on_commit_callbacks):
    """Keep a rule and do what happens after the commit."""

    def taught(kind, left, right=""):
        with django_capture_on_commit_callbacks(execute=True):
            return actions.add(Draft(kind, sides_of(left), sides_of(right)), by=None)

    return taught


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Do what happens after a commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def names(text):
    """Give what answers all of the question."""
    page = search(SearchQuery(text))
    return [] if page.level else [hit.card["name"] for hit in page.hits]


def test_words_that_mean_the_same_find_each_other(teach):
    listing("Wasrek te leen")
    listing("Tuinhulp")
    assert names("schabouwelijk") == []
    teach(EQUAL, "schabouwelijk", "wasrek")

    assert names("schabouwelijk") == ["Wasrek te leen"]


def test_a_one_way_rule_does_not_come_back(teach):
    listing("Wasrek te leen")
    listing("Schabouwelijk mooi")
    teach(ONE_WAY, "schabouwelijk", "wasrek")

    assert set(names("schabouwelijk")) == {"Wasrek te leen", "Schabouwelijk mooi"}
    assert names("wasrek") == ["Wasrek te leen"]


def test_a_word_that_is_kept_is_never_corrected(teach):
    listing("Wasrek te leen")
    assert search(SearchQuery("wasrak ")).suggestion is not None
    teach(KEEP, "wasrak")
    page = search(SearchQuery("wasrak "))

    assert page.suggestion is None
    assert names("wasrak ") == []


def test_a_part_cuts_the_question_at_once_and_the_listing_after_it(teach):
    listing("Zwemzorgvuldig samen")
    listing("Tuinhulp")
    assert names("vuldig ") == []
    before = known.current().splits
    teach(PART, "zwemzorg, vuldig")

    assert known.current().splits.parts - before.parts == {"zwemzorg", "vuldig"}
    assert names("vuldig ") == ["Zwemzorgvuldig samen"]


def test_only_listings_with_such_a_word_are_read_again(teach):
    touched = listing("Zwemzorgvuldig samen")
    listing("Tuinhulp")
    names("tuinhulp")
    seen = outbox.latest_change()
    teach(PART, "zwemzorg, vuldig")

    assert {change.service_id for change in Change.objects.after(seen)} == {str(touched.pk)}


def test_a_word_that_is_never_split_is_not_found_by_its_part(teach):
    listing("Budgetbegeleiding")
    assert names("begeleiding") == ["Budgetbegeleiding"]
    teach(WHOLE, "budgetbegeleiding")

    assert names("begeleiding") == []
    assert names("budgetbegeleiding") == ["Budgetbegeleiding"]


def test_a_shipped_list_can_be_switched_off(commit):
    listing("Huisraad")
    assert names("raad ") == []
    with commit():
        actions.switch(SynonymRule.objects.get(kind=WHOLE, left="huisraad"), on=False, by=None)

    assert names("raad ") == ["Huisraad"]


def test_a_rule_that_is_switched_off_or_taken_away_works_no_longer(teach, commit):
    listing("Wasrek te leen")
    rule = teach(EQUAL, "schabouwelijk", "wasrek")
    with commit():
        actions.switch(rule, on=False, by=None)
    assert names("schabouwelijk") == []
    with commit():
        actions.switch(rule, on=True, by=None)
    assert names("schabouwelijk") == ["Wasrek te leen"]
    with commit():
        actions.remove(rule, by=None)

    assert names("schabouwelijk") == []


def test_a_slip_in_a_word_of_a_rule_is_understood(teach):
    listing("Wasrek te leen")
    teach(ONE_WAY, "schabouwelijk", "wasrek")

    assert names("schabouwelik ") == ["Wasrek te leen"]


def test_a_change_of_another_process_is_seen_at_the_next_question():
    listing("Wasrek te leen")
    assert names("schabouwelijk") == []
    held = known.current()
    # What another process does: rows and the version, and nothing in the memory of this one.
    draft = Draft(EQUAL, ("schabouwelijk",), ("wasrek",))
    actions.put(SynonymRule(), draft).save()
    assert known.current() is held
    known.rise()

    assert known.current() is not held
    assert names("schabouwelijk") == ["Wasrek te leen"]


def test_the_rules_are_only_read_again_when_the_version_moved(django_assert_num_queries):
    held = known.current()
    with django_assert_num_queries(1):
        assert known.current() is held
    known.rise()
    with django_assert_num_queries(2):
        assert known.current() is held, "the same rules give the same table"


def test_the_version_never_repeats_one_of_a_copy_that_was_put_back():
    known.rise()
    number = WordsVersion.objects.get().number
    WordsVersion.objects.update(number=1)
    known.rise()

    assert WordsVersion.objects.get().number > number


def test_an_installation_has_the_shipped_rules_from_migrate_on():
    shipped = {draft.signature() for draft in seed.shipped_rules()}

    assert set(SynonymRule.objects.values_list("signature", flat=True)) == shipped
    assert {rule.source for rule in SynonymRule.objects.all()} == {"product"}


def test_an_update_of_the_product_leaves_what_editors_did():
    off, changed, old = SynonymRule.objects.order_by("pk")[:3]
    actions.switch(off, on=False, by=None)
    actions.change(changed, Draft(EQUAL, ("kotje",), ("zoldertje",)), by=None)
    actions.add(Draft(EQUAL, ("wasdraad",), ("droogrek",)), by=None)
    SynonymRule.objects.filter(pk=old.pk).update(origin="x", signature="x")
    assert seed.plant(apps, using="default")

    off.refresh_from_db()
    changed.refresh_from_db()
    assert not off.active
    assert changed.left == "kotje"
    assert not SynonymRule.objects.filter(pk=old.pk).exists()
    assert SynonymRule.objects.filter(left="wasdraad").exists()
    assert not seed.plant(apps, using="default")


def test_the_table_is_read_again_only_when_a_rule_changed(teach):
    teach(EQUAL, "woordz", "zinz")
    before = known.current()

    assert known.current() is before

    teach(EQUAL, "wasdraad", "droogrek")
    assert known.current() is not before


def test_without_an_index_every_listing_is_noted_or_built_fresh(teach):
    listing("Zwemzorgvuldig samen")
    teach(PART, "zwemzorg, vuldig")

    assert names("vuldig") == ["Zwemzorgvuldig samen"]
    assert index.current() is not None


def test_the_history_keeps_who_did_what(coordinator):
    rule = actions.add(Draft(EQUAL, ("wasdraad",), ("droogrek",)), by=coordinator)
    actions.change(rule, Draft(EQUAL, ("wasdraad",), ("droogrek", "wasrek")), by=coordinator)
    last, first = WordChange.objects.filter(rule_number=rule.pk)

    assert (first.act, first.before, last.act, last.by) == ("added", None, "changed", coordinator)
    assert (last.before["right"], last.after["right"]) == ("droogrek", "droogrek, wasrek")
    assert rule.kind == RuleKind.EQUAL


def test_the_module_of_rules_loads_without_the_database():
    code = "import search.rules.synonyms, search.rules.check, search.rules.solr"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
