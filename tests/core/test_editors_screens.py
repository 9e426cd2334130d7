"""Every plain screen of the editors opens for who runs the installation."""

import pytest

from tests.addresses import all_addresses
from tests.factories.leernetwerk import MethodGuideFactory
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uses")]
EXPECTED = {200, 302, 404, 405}
# Wagtail's own fire alarm, and the way out.
NOT_FOR_US = {"/beheer/failwhale/", "/beheer/logout/"}


def plain_addresses():
    """Give the editors' addresses that need nothing to be filled in."""
    routes = {"/" + address.route.replace("^", "").rstrip("$") for address in all_addresses()}
    return sorted(route for route in routes if route.startswith("/beheer/") and "<" not in route and "(" not in route)


def test_no_screen_of_the_editors_breaks(log_in, operator):
    MethodGuideFactory(title="Samen bellen")
    browser = log_in(operator)

    broken = {
        route: response.status_code
        for route in plain_addresses()
        if route not in NOT_FOR_US and (response := browser.get(route)).status_code not in EXPECTED
    }

    assert broken == {}


@pytest.mark.parametrize(
    "address", ["/beheer/", "/beheer/pages/", "/beheer/pages/1/", "/beheer/sites/", "/beheer/users/"]
)
def test_the_screens_that_an_operator_opens_first_are_there(log_in, operator, address):
    assert log_in(operator).get(address, follow=True).status_code == 200


def test_who_edits_sees_where_a_partner_is_used(log_in, operator):
    listing = ServiceFactory(name="Rijdienst")

    page = log_in(operator).get(f"/beheer/snippets/organisaties/organization/usage/{listing.organization_id}/")

    assert "Rijdienst" in page.content.decode()
