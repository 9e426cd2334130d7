"""A query of every page is put together once, and asks for the person of the page."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db.models import Q
from django.utils import translation

from core.models import User
from core.prepared import SOMEBODY, Prepared
from doorverwijzing import today, waits
from tests.factories.organisaties import UserFactory

pytestmark = pytest.mark.django_db


def test_it_is_put_together_once_and_asked_for_each_person(django_assert_num_queries):
    lotte, noor = UserFactory(), UserFactory()
    made = []

    def mails(user):
        made.append(user)
        return User.objects.filter(Q(pk=user.pk) | Q(pk=user.pk, email="")).values_list("email")

    mine = Prepared(mails)

    with django_assert_num_queries(2):
        assert mine.rows(lotte) == [(lotte.email,)]
        assert mine.rows(noor) == [(noor.email,)]
    assert made == [SOMEBODY]


@pytest.mark.parametrize("query", [waits.OF_CARE, today.WAITING], ids=["the rail", "the day"])
def test_what_is_prepared_depends_on_nothing_but_the_person(query):
    def built():
        return query._made_for(SOMEBODY).query.sql_with_params()

    before = built()
    with time_machine.travel(datetime(2031, 1, 2, tzinfo=UTC)), translation.override("fr"):
        assert built() == before
    assert SOMEBODY.pk in before[1]
