"""Before a step that matters someone proves once more that it is they; what was typed waits, and nothing is done."""

from urllib.parse import urlencode

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from core.models import AuditEvent
from core.second_factor import FRESH_SECONDS, STAY, VOUCHED
from organisaties.roles import Role
from tests.core.test_second_factor import code_of
from tests.factories.clienten import ClientCardFactory
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory, OrganizationFactory
from tests.proof import proven

pytestmark = pytest.mark.django_db
PASSWORD = {"password": "een-lang-wachtwoord"}
LONG_AGO = 3 * FRESH_SECONDS + 60
GROUNDS = {"why": "danger", "reason": "Er is nu ernstig gevaar, wachten kan niet."}
OPENED = {"why": "reach", "reason": "Ze belde de wachtlijn en hing op.", "asked": "Lotte, geen gehoor"}
# What asks it, what is typed there, the page that someone comes back to when it is another one, and what is done.
STEPS = {
    "the file to read": ("/clienten/{card}/gegevens/bestand/pdf/", {}, "/clienten/{card}/gegevens/", "client.exported"),
    "the file for a machine": (
        "/clienten/{card}/gegevens/bestand/json/", {}, "/clienten/{card}/gegevens/", "client.exported",
    ),
    "erasing": ("/clienten/{card}/gegevens/wissen/", {"name": "Amina"}, "", "client.erased"),
    "sharing without a yes": ("/doorverwijzing/{referral}/zonder-ja/", GROUNDS, "", "consent.overridden"),
    "the read log as a table": (
        "/gegevens/leeslog/{house}/bestand/csv/?van=2026-01-02", None, "/gegevens/leeslog/{house}/?van=2026-01-02",
        "readlog.exported",
    ),
    "the read log with proof": (
        "/gegevens/leeslog/{house}/bestand/json/", None, "/gegevens/leeslog/{house}/", "readlog.exported",
    ),
    "breaking the glass": ("/noodtoegang/", {"reference": "{circle}", **OPENED}, "", "emergency.opened"),
}  # fmt: skip


@pytest.fixture
def ids():
    """Tell of one draft, and of someone in the circle of the same organization."""
    cast = Cast()
    above = OrganizationFactory(name="Zorgraad")
    cast.house.parent_organization = above
    cast.house.save()
    near = ClientCardFactory(organization=above)
    MembershipFactory(organization=above, role=Role.DATA_PROTECTION_CONTACT)
    MembershipFactory(user=cast.lotte, organization=cast.house, role=Role.TEAM_LEAD)
    MembershipFactory(organization=cast.house, role=Role.DATA_PROTECTION_CONTACT)
    return {
        "card": str(ClientCardFactory(organization=cast.house).pk), "referral": str(cast.draft().pk),
        "house": cast.house.pk, "circle": str(near.pk), "lotte": cast.lotte,
    }  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_matters_asks_for_proof_and_keeps_what_was_typed(name, ids, log_in):
    path, typed, back, done = (_filled(one, ids) for one in STEPS[name])
    back = back or path
    browser = proven(log_in(ids["lotte"]), ago=LONG_AGO)

    asked = browser.get(path) if typed is None else browser.post(path, typed)
    happened = AuditEvent.objects.filter(action=done).exists()
    answer = browser.post(asked["Location"], PASSWORD)

    assert asked["Location"] == f"/account/reauthenticate/?{urlencode({'next': back})}"
    assert answer["Location"] == back
    assert not happened
    page = browser.get(back).content.decode()
    assert all(value in page for value in (typed or {}).values())
    assert ("Er is nog niets gebeurd." in page) is bool(typed)
    browser.get(path) if typed is None else browser.post(path, typed)
    assert AuditEvent.objects.filter(action=done).exists()


def test_who_comes_back_to_erase_reads_what_the_button_does(ids, log_in):
    path = _filled("/clienten/{card}/gegevens/wissen/", ids)
    browser = proven(log_in(ids["lotte"]), ago=LONG_AGO)
    browser.post(browser.post(path, {"name": "Amina"})["Location"], PASSWORD)

    page = browser.get(path).content.decode()

    assert "Wis alles van deze persoon" in page
    assert "Amina</blockquote>" in page


def _filled(told, ids):
    if isinstance(told, dict):
        return {name: _filled(value, ids) for name, value in told.items()}
    return told.format(**ids) if told else told


def test_a_stranger_is_not_even_asked(ids, log_in, stranger):
    browser = log_in(stranger)
    paths = [_filled(path, ids) for path, *_others in STEPS.values() if path != "/noodtoegang/"]

    assert {browser.get(path).status_code for path in paths} | {browser.post(path).status_code for path in paths} <= {
        404, 405,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ago", "minutes", "asks"), [(500, 0, False), (500, 10, False), (500, 5, True), (700, 60, True)]
)
def test_a_proof_counts_ten_minutes_and_never_longer_than_someone_may_sit_still(ids, log_in, ago, minutes, asks):
    browser = proven(log_in(ids["lotte"]), ago=ago)
    session = browser.session
    session[STAY] = [minutes, 8]
    session.save()

    assert (browser.get(_filled("/clienten/{card}/gegevens/wissen/", ids)).status_code == 302) is asks


def test_who_has_a_second_step_proves_it_with_that_one(ids, log_in):
    secret = generate_totp_secret()
    TOTP.activate(ids["lotte"], secret)
    browser, path = proven(log_in(ids["lotte"])), _filled("/clienten/{card}/gegevens/wissen/", ids)

    asked = browser.get(path)
    by_password = browser.post(reverse("account_reauthenticate"), PASSWORD)
    still = browser.get(path)
    browser.post(asked["Location"], {"code": code_of(secret)})

    assert asked["Location"].startswith("/account/2fa/reauthenticate/")
    assert by_password["Location"].startswith("/account/2fa/reauthenticate/")
    assert still.status_code == 302
    assert browser.get(path).status_code == 200


def test_whom_another_login_vouched_for_comes_in_by_it_again_and_finds_what_was_typed(ids, log_in):
    path = _filled("/clienten/{card}/gegevens/wissen/", ids)
    browser = proven(log_in(ids["lotte"]), ago=LONG_AGO, method="socialaccount")
    session = browser.session
    session[VOUCHED] = str(ids["lotte"].pk)
    session.save()

    asked = browser.post(path, {"name": "Amina"})
    out = "_auth_user_id" not in browser.session
    browser.force_login(ids["lotte"])

    assert asked["Location"] == f"/account/login/?next={path}"
    assert out
    assert 'value="Amina"' in browser.get(path).content.decode()
