"""Every plain address answers each kind of person, with nothing broken and no variable missing."""

import pytest

from organisaties.roles import Role
from tests.addresses import all_addresses
from tests.factories.organisaties import MembershipFactory
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db
# 301: an older address of allauth shows its new one; 401: its page on a login elsewhere that failed.
ANSWERS = {200, 301, 302, 401, 403, 404, 405, 410}


def plain_addresses():
    """Give the addresses outside the editors' screens that need nothing to be filled in."""
    routes = {"/" + address.route.replace("^", "").rstrip("$") for address in all_addresses()}
    return sorted(
        route for route in routes if not route.startswith("/beheer/") and "<" not in route and "(" not in route
    )


def test_there_are_addresses_to_try():
    assert {"/leden/", "/zoeken/", "/rechten/", "/vandaag/", "/volg/"} <= set(plain_addresses())


@pytest.mark.parametrize("address", plain_addresses())
def test_a_page_answers_a_visitor(visitor, places, vocabulary, address):
    ServiceFactory()

    assert visitor.get(address).status_code in ANSWERS


@pytest.mark.parametrize("role", Role)
def test_every_page_answers_each_role(log_in, places, vocabulary, role):
    service = ServiceFactory()
    browser = log_in(MembershipFactory(role=role, organization=service.organization).user)

    answers = {address: browser.get(address).status_code for address in plain_addresses() if "logout" not in address}

    assert {address: code for address, code in answers.items() if code not in ANSWERS} == {}


def test_every_page_answers_someone_who_works_nowhere(log_in, operator, places, vocabulary):
    browser = log_in(operator)

    answers = {address: browser.get(address).status_code for address in plain_addresses() if "logout" not in address}

    assert {address: code for address, code in answers.items() if code not in ANSWERS} == {}
