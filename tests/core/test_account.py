"""The account: its address leads to the overview, and a new key is called after its device."""

import re
import time

import pytest
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

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


LINK = re.compile(r"https?://[^/]+(/account/confirm-email/\S+)")
NEW, ADDRESS = "rik.nieuw@pannenhoek.example", "/account/email/"


@pytest.fixture
def rik():
    """Give Rik, and the browser in which he has just typed his password."""
    user = UserFactory(email="rik@pannenhoek.example")
    browser = Client()
    browser.post("/account/login/", {"login": user.email, "password": "een-lang-wachtwoord"})
    return user, browser


def ask(browser, address):
    """Fill in another address."""
    return browser.post(ADDRESS, {"action_add": "1", "email": address}, follow=True).content.decode()


def test_another_address_counts_once_its_link_was_opened_and_the_old_mailbox_hears_of_it(
    rik, mailoutbox, django_capture_on_commit_callbacks
):
    user, browser = rik
    with django_capture_on_commit_callbacks(execute=True):
        page = ask(browser, NEW)
    user.refresh_from_db()
    assert (page.count("<h1"), 'class="rail plinth"' in page) == (1, True)
    assert f"We stuurden een link naar {NEW}." in page
    assert user.email == "rik@pannenhoek.example", "nobody opened the link yet"

    with django_capture_on_commit_callbacks(execute=True):
        browser.post(LINK.search(mailoutbox[-1].body)[1])

    user.refresh_from_db()
    assert user.email == NEW
    assert (mailoutbox[-1].to, mailoutbox[-1].subject) == (["rik@pannenhoek.example"], "Je e-mailadres is veranderd")
    assert list(user.emailaddress_set.values_list("email", flat=True)) == [NEW], "the old mailbox opens nothing more"


def test_a_link_that_has_just_gone_is_not_sent_twice_and_that_is_said(rik, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    _user, browser = rik
    ask(browser, NEW)

    page = browser.post(ADDRESS, {"action_send": "1", "email": NEW}, follow=True).content.decode()

    assert "Er is net een link vertrokken." in page


def test_another_address_is_let_go_and_the_old_one_stays(rik):
    user, browser = rik
    ask(browser, NEW)

    page = browser.post(ADDRESS, {"action_remove": "1", "email": NEW}, follow=True).content.decode()

    user.refresh_from_db()
    assert NEW not in page
    assert user.email == "rik@pannenhoek.example"


def test_an_address_of_someone_else_is_refused_beside_the_field(rik):
    user, browser = rik
    other = UserFactory(email="els@pannenhoek.example")

    page = ask(browser, other.email)

    assert "Dit adres is al in gebruik." in page
    assert not user.emailaddress_set.filter(email=other.email).exists()


def test_an_address_that_the_operator_corrects_is_the_only_one_that_opens_the_account(rik, log_in, operator):
    user, browser = rik
    old = user.email
    browser.get(ADDRESS)

    typed = {"email": NEW, "first_name": user.first_name, "last_name": "Rik", "is_active": "on"}
    log_in(operator).post(reverse("wagtailusers_users:edit", args=[user.pk]), typed)

    assert f"<strong>{NEW}</strong>" in browser.get(ADDRESS).content.decode()
    stranger = Client()
    stranger.post("/account/login/", {"login": old, "password": "een-lang-wachtwoord"})
    assert "_auth_user_id" not in stranger.session, "the old mailbox opens nothing more"


def test_another_address_takes_a_fresh_proof(log_in):
    assert log_in(UserFactory()).get(ADDRESS)["Location"].startswith("/account/reauthenticate/")
