"""The editors' own search takes whatever someone types."""

import pytest
from django.urls import reverse

from core.wagtail_search import SearchBackend
from leernetwerk.models import MethodGuidePage
from tests.factories.leernetwerk import MethodGuideFactory

pytestmark = pytest.mark.django_db
TYPED = [
    "'",
    '"',
    "d'Hondt",
    '"samen bellen',
    "a AND",
    "NOT",
    "(",
    ")",
    "*",
    "samen*",
    "-",
    "--",
    "samen -bellen",
    "%",
    "a:b",
    "^",
    "\\",
]


@pytest.mark.parametrize("typed", [*TYPED, "", "   ", "é", "🙂", "x" * 500])
def test_whatever_is_typed_is_answered(log_in, operator, typed):
    MethodGuideFactory(title="Samen bellen")

    response = log_in(operator).get(reverse("wagtailadmin_pages:search"), {"q": typed})

    assert response.status_code == 200


@pytest.mark.parametrize("typed", ["samen", "Samen bellen", '"samen bellen"', "samen, bellen?"])
def test_a_word_finds_its_page_with_any_sign_around_it(typed):
    guide = MethodGuideFactory(title="Samen bellen")

    found = SearchBackend({}).search(typed, MethodGuidePage.objects.all())

    assert [page.pk for page in found] == [guide.pk]


def test_the_beginning_of_a_word_completes():
    guide = MethodGuideFactory(title="Samen bellen")

    found = SearchBackend({}).autocomplete('"bel', MethodGuidePage.objects.all())

    assert [page.pk for page in found] == [guide.pk]
