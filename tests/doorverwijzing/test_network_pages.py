"""The pages of who coordinates: what is stuck without a word of a person, and the table of deadlines."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from doorverwijzing import waits
from doorverwijzing.models import Deadline, Referral
from doorverwijzing.workflow import LADDER
from gebied.models import PrimaryCareZone
from organisaties.models import Organization
from organisaties.roles import Role
from tests.factories.doorverwijzing import Cast

pytestmark = pytest.mark.django_db
STUCK, DEADLINES = reverse("doorverwijzing:stuck"), reverse("doorverwijzing:deadlines")


def stick():
    """Leave every referral late, after the whole chain."""
    Referral.objects.update(notices=len(LADDER), due_at=timezone.now() - timedelta(days=3))


def test_what_is_stuck_names_partners_and_nobody_else(log_in, coordinator, django_assert_num_queries):
    cast = Cast()
    cast.accepted()
    stick()
    browser = log_in(coordinator)
    browser.get(STUCK)
    with django_assert_num_queries(9):
        page = browser.get(STUCK).content.decode()
    for _n in range(5):
        Cast().accepted()
    stick()
    with django_assert_num_queries(9):
        browser.get(STUCK)

    assert "Huurhulp De Blauwe Deur" in page
    assert not any(word in page for word in (cast.question.client.first_name, cast.question.wish, "/doorverwijzing/"))
    assert log_in(cast.lotte).get(STUCK).status_code == 403
    assert log_in(cast.lotte).get(DEADLINES).status_code == 403


def test_what_nobody_can_answer_costs_the_same_for_one_and_for_six(log_in, coordinator, django_assert_num_queries):
    def forsaken(rows):
        for _n in range(rows):
            cast = Cast()
            cast.sent()
            cast.rent_help.memberships.all().delete()
            Organization.objects.filter(pk=cast.rent_help.pk).update(inbox="")

    browser = log_in(coordinator)
    browser.get(STUCK)
    for more, total in ((1, 1), (5, 6)):
        forsaken(more)
        with django_assert_num_queries(8):
            assert len(browser.get(STUCK).context["lost"]) == total


def test_the_menu_counts_each_question_that_is_stuck_and_a_day_counts_the_round_of_calls(log_in, coordinator):
    for _n in range(3):
        Cast().accepted()
    stick()

    hub = log_in(coordinator).get("/netwerk/").context
    counted = waits.counts(coordinator, {Role.NETWORK_COORDINATOR})

    assert (counted["network"], counted["today"]) == (3, 1)
    assert counted["network"] == sum(door.count for door in hub["doors"])


def test_the_table_keeps_what_differs_for_the_network_and_for_one_zone(log_in, coordinator):
    browser, zone = log_in(coordinator), PrimaryCareZone.objects.first()
    form = browser.get(DEADLINES).context["form"]
    values = {name: form[name].initial for name in form.fields}

    browser.post(DEADLINES, values | {"answer-routine-amount": 3})
    browser.post(f"{DEADLINES}?zone={zone.pk}", values | {"answer-routine-amount": 4})
    wrong = browser.post(DEADLINES, values | {"answer-urgent-amount": 99, "answer-urgent-unit": "hours"})

    kept = set(Deadline.objects.values_list("zone", "phase", "urgency", "amount"))
    assert kept == {(None, "answer", "routine", 3), (zone.pk, "answer", "routine", 4)}
    assert wrong.status_code == 200
    assert "40" in wrong.content.decode()
    assert browser.get(f"{DEADLINES}?zone=9{zone.pk}9999").status_code == 404
    assert browser.get(f"{DEADLINES}?zone=x").status_code == 404
