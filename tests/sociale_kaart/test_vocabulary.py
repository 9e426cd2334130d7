"""The network's own words."""

import pytest

from core.icons import ICONS
from sociale_kaart import vocabulary
from sociale_kaart.models import LifeDomain, TaxonomyTerm

pytestmark = pytest.mark.django_db

NEEDS = [
    "money", "housing", "shelter", "family", "health", "mind", "addiction", "care", "disability", "work", "safety",
    "law", "newcomers", "meeting", "transport", "utilities",
]  # fmt: skip
DOMAINS = [
    "housing", "income", "debt", "admin", "work", "day", "family", "network", "body", "mind", "use", "selfcare",
    "safety", "status", "mobility",
]  # fmt: skip


def test_the_sixteen_needs_and_fifteen_domains_load_in_their_order():
    vocabulary.load()

    assert [term.code for term in TaxonomyTerm.objects.needs()] == NEEDS
    assert [domain.code for domain in LifeDomain.objects.all()] == DOMAINS
    assert TaxonomyTerm.objects.target_groups().count() == 20


def test_every_word_has_a_hint_and_an_icon_that_exists():
    vocabulary.load()

    assert all(term.description and term.icon in ICONS for term in TaxonomyTerm.objects.needs())
    assert all(domain.icon in ICONS and len(domain.questions.splitlines()) >= 4 for domain in LifeDomain.objects.all())


def test_help_lines_stand_beside_how_you_feel_and_safety():
    vocabulary.load()

    assert [domain.code for domain in LifeDomain.objects.filter(help_now=True)] == ["mind", "safety"]


def test_every_need_belongs_to_a_life_domain():
    vocabulary.load()

    assert not TaxonomyTerm.objects.needs().filter(life_domains=None).exists()


def test_loading_again_changes_nothing_and_keeps_what_an_editor_wrote():
    vocabulary.load()
    TaxonomyTerm.objects.filter(code="money", vocabulary="needs").update(name="Centen")
    LifeDomain.objects.filter(pk="work").update(questions="Wat doe je graag?")
    LifeDomain.objects.get(pk="work").needs.clear()

    added = vocabulary.load()

    assert set(added.values()) == {0}
    assert TaxonomyTerm.objects.get(code="money", vocabulary="needs").name == "Centen"
    assert LifeDomain.objects.get(pk="work").questions == "Wat doe je graag?"
    assert not LifeDomain.objects.get(pk="work").needs.exists()


def test_an_id_is_the_same_on_every_installation():
    assert vocabulary.term_id("needs", "money") == "df5d37b9-bd23-50ac-bb2d-167d1ef5c489"
