"""A guide: its card, its reading, its search text and its counts."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from leernetwerk.cards import cards_for
from leernetwerk.choices import Moment, Reading, reading_on
from leernetwerk.models import MethodGuidePage
from leernetwerk.words import stems
from sociale_kaart.models import LifeDomain
from tests.factories.leernetwerk import MethodGuideFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)


@pytest.fixture
def housing():
    return LifeDomain.objects.get_or_create(code="housing", defaults={"name": "Wonen", "position": 1})[0]


@pytest.mark.parametrize(
    ("reviewed_on", "review_due", "reading"),
    [
        (date(2026, 9, 3), date(2027, 3, 31), Reading.READ),
        (date(2025, 9, 3), TODAY, Reading.READ),
        (date(2025, 9, 3), date(2026, 11, 27), Reading.REREAD),
        (None, date(2026, 11, 27), Reading.REREAD),
        (None, date(2027, 3, 31), Reading.TRIAL),
    ],
)
def test_a_passed_date_asks_for_a_new_reading(reviewed_on, review_due, reading):
    assert reading_on(TODAY, reviewed_on=reviewed_on, review_due=review_due) is reading


def test_a_line_of_the_card_holds_at_most_fifteen_words():
    guide = MethodGuideFactory(card_say=" ".join(["woord"] * 15))
    guide.full_clean()
    guide.card_say = " ".join(["woord"] * 16)

    with pytest.raises(ValidationError) as refused:
        guide.full_clean()

    assert list(refused.value.message_dict) == ["card_say"]


def test_the_database_refuses_a_reading_without_reader():
    guide = MethodGuideFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        MethodGuidePage.objects.filter(pk=guide.pk).update(reviewed_by="")


def test_the_search_text_follows_title_steps_and_tags():
    guide = MethodGuideFactory(title="Één datum", words=["huurachterstand"])

    assert "een datum" in guide.search_text
    assert "kies een deur" in guide.search_text
    assert "huurachterstand" in MethodGuidePage.objects.get(pk=guide.pk).search_text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("iemand die schulden heeft", ["schuld"]),
        ("  Schúlden SCHULDEN ", ["schuld"]),
        ("wat doe je", ["wat", "doe"]),
        ("", []),
        ('"', []),
    ],
)
def test_a_query_becomes_the_stems_that_count(query, found):
    assert stems(query) == found


def test_a_title_weighs_more_than_a_word_in_the_text():
    text = MethodGuideFactory(goal="Ook goed bij schulden.")
    title = MethodGuideFactory(title="Praten over schulden")
    MethodGuideFactory(title="De weg oefenen")

    found = MethodGuidePage.objects.matching("schuld").order_by("-score")

    assert [guide.pk for guide in found] == [title.pk, text.pk]


def test_cards_are_those_of_published_guides_about_the_domain_most_used_first(housing, django_assert_num_queries):
    MethodGuideFactory(title="Ander onderwerp")
    MethodGuideFactory(title="Kladje", domains=[housing], draft=True)
    MethodGuideFactory(title="Nooit", domains=[housing])
    seldom = MethodGuideFactory(title="Weinig", domains=[housing], opened=2)
    often = MethodGuideFactory(title="Vaak", domains=[housing], opened=9)

    with django_assert_num_queries(1):
        cards = cards_for("housing")
        assert [(card.title, card.card_first) for card in cards] == [
            (often.title, often.card_first),
            (seldom.title, seldom.card_first),
        ]


def test_the_newest_card_is_met_before_anyone_used_it(housing):
    for opened in (9, 8, 7):
        MethodGuideFactory(title=f"Oud {opened}", domains=[housing], opened=opened)
    MethodGuideFactory(title="Nieuw", domains=[housing])

    assert [card.title for card in cards_for("housing")] == ["Oud 9", "Oud 8", "Nieuw"]


def test_a_card_about_little_else_comes_before_a_popular_one_that_fits_everywhere(housing):
    others = [LifeDomain.objects.create(code=code, name=code, position=9) for code in ("debt", "admin", "mind")]
    MethodGuideFactory(title="Luisteren", domains=[housing, *others], opened=90)
    MethodGuideFactory(title="Overdragen", domains=[housing], opened=80, moment=Moment.REFER)
    MethodGuideFactory(title="Huisbaas", domains=[housing, others[0]], opened=1)

    assert [card.title for card in cards_for("housing")][:2] == ["Huisbaas", "Luisteren"]


def test_no_cards_for_a_domain_that_nobody_wrote_about():
    MethodGuideFactory()

    assert cards_for("mobility") == []


def test_related_guides_share_a_domain_and_are_published(housing):
    guide = MethodGuideFactory(domains=[housing])
    near = MethodGuideFactory(domains=[housing])
    MethodGuideFactory(domains=[housing], draft=True)
    MethodGuideFactory()

    assert [other.pk for other in guide.related()] == [near.pk]
