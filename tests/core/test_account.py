"""The account: its address leads to the overview, and a new key is called after its device."""

import time

import pytest
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from tests.core.soft_key import SoftKey
from tests.factories.organisaties import UserFactory

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0"


def test_the_address_of_the_account_leads_to_its_overview(client, log_in):
    assert client.get("/account/")["Location"] == "/account/login/?next=/account/"

    page = log_in(UserFactory()).get("/account/", follow=True)

    assert page.redirect_chain == [("/weergave/", 302)]
    assert "Jouw account" in page.content.decode()


@pytest.mark.parametrize(("before", "name"), [(0, "Sleutel van Chrome op Linux"), (1, "Sleutel 2 van Chrome op Linux")])
def test_a_new_key_is_called_after_the_device_it_is_made_on(before, name, rf):
    user = UserFactory()
    for _one in range(before):
        SoftKey(user)

    with context.request_context(rf.get("/", headers={"User-Agent": CHROME})):
        assert get_adapter().generate_authenticator_name(user, Authenticator.Type.WEBAUTHN) == name


def test_a_key_without_a_name_is_asked_for_one_in_our_words(log_in):
    user, secret = UserFactory(), generate_totp_secret()
    key = SoftKey(user).stored
    TOTP.activate(user, secret)
    browser, address = log_in(user), f"/account/2fa/webauthn/keys/{key.pk}/edit/"
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    browser.post("/account/2fa/reauthenticate/", {"code": code})

    page = browser.post(address, {"name": ""}).content.decode()

    assert "Hoe noem je hem? Vul dit in." in page
    assert "Name:" not in page
