"""Two links of the same new person that are opened at the same moment: one account, and nobody is sent away."""

import pytest
from django.db import connection

from core.models import User
from organisaties import actions
from organisaties.roles import Role
from tests.factories.organisaties import OrganizationFactory

pytestmark = pytest.mark.django_db
TOM = "tom@pannenhoek.example"
GOOD = {"first_name": "Tom", "last_name": "", "phone": "", "password": "drie woorden samen"}


@pytest.fixture
def doors(organization, coordinator):
    """Give the two invitations of Tom, from two organizations."""
    return [
        actions.invite(where, email=TOM, roles=[Role.FRONTLINE_WORKER], by=coordinator)
        for where in (organization, OrganizationFactory())
    ]


@pytest.fixture
def just_before():
    """Let something happen right before the next transaction begins: after the view looked, before it writes."""
    waiting = []

    def interrupt(execute, sql, params, many, context):
        while waiting and sql.startswith("SAVEPOINT"):
            waiting.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(interrupt):
        yield waiting.append


def test_the_second_of_two_links_asks_to_log_in_first(visitor, doors, just_before):
    first, second = doors
    just_before(lambda: actions.begin(first, **GOOD))

    response = visitor.post(second.get_absolute_url(), GOOD, follow=True)

    assert response.status_code == 200
    assert "Je hebt al een account. Meld je eerst aan" in response.content.decode()
    assert "_auth_user_id" not in visitor.session
    tom = User.objects.get(email=TOM)
    assert (first.organization.has_member(tom), second.organization.has_member(tom)) == (True, False)


def test_another_tab_of_the_same_browser_only_asks_for_a_yes(visitor, doors, just_before):
    first, second = doors
    just_before(lambda: visitor.post(first.get_absolute_url(), GOOD))

    asked = visitor.post(second.get_absolute_url(), GOOD, follow=True)
    done = visitor.post(second.get_absolute_url(), follow=True)

    tom = User.objects.get(email=TOM)
    assert "Zeg ja" in asked.content.decode()
    assert f"Welkom bij {second.organization}." in done.content.decode()
    assert first.organization.has_member(tom)
    assert second.organization.has_member(tom)


def test_the_same_link_twice_leads_in_or_says_that_it_is_over(visitor, client, doors, just_before):
    door, organization = doors[0].get_absolute_url(), doors[0].organization
    just_before(lambda: visitor.post(door, GOOD))

    elsewhere = client.post(door, GOOD, follow=True)
    again = visitor.post(door, GOOD)

    assert elsewhere.status_code == 410
    assert again["Location"] == f"/leden/{organization.pk}/"
    assert organization.has_member(User.objects.get(email=TOM))
