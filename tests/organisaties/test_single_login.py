"""The login of an employer, against a real provider on this machine: it opens invited accounts and makes none."""

import urllib.request
from datetime import timedelta
from urllib.error import HTTPError

import pytest
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from core import audit
from core.models import User
from organisaties.models import Invitation, Membership
from tests.core.openid_provider import CLIENT, SECRET, Provider, new_rsa
from tests.factories.organisaties import UserFactory

pytestmark = pytest.mark.django_db
START = "/account/oidc/oidc/login/?next=/vandaag/"


class _Stay(urllib.request.HTTPRedirectHandler):
    """Gives the way back instead of walking it."""

    def redirect_request(self, *args):
        return None


@pytest.fixture(scope="module")
def running():
    """Start the provider once."""
    made = Provider()
    yield made
    made.stop()


@pytest.fixture
def provider(running, settings):
    """Let the site know the provider; nobody is at its door yet."""
    running.person, running.says, running.signs_with = {}, {}, running.key
    running.refused.clear()
    settings.OIDC_SERVER_URL = running.url
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc", "name": "ACM/IDM", "client_id": CLIENT, "secret": SECRET,
                    "settings": {"server_url": running.url, "oauth_pkce_enabled": True},
                }
            ],
        }
    }  # fmt: skip
    return running


def person(email, **said):
    """Say what the other side knows; among it a number that we must never keep."""
    return {"sub": "k4-7f", "email": email, "email_verified": True, "rrn": "85.07.30-033.28", **said}


def back_from(address):
    """Walk to the other side and give the address that it sends the browser back to."""
    opener = urllib.request.build_opener(_Stay)
    try:
        opener.open(address, timeout=5)
    except HTTPError as answer:
        return answer.headers["Location"].removeprefix("http://testserver")
    raise AssertionError(address)


def come_in(client):
    """Press the button, go to the other side, and come back."""
    there = client.post(START)["Location"]
    return client.get(back_from(there))


def is_in(client):
    """Tell whether someone is logged in."""
    return "_auth_user_id" in client.session


def test_the_button_stands_on_the_login_and_its_way_out_is_allowed(client, provider):
    page = client.get("/account/login/").content.decode()

    assert "Meld je aan met ACM/IDM" in page
    assert START.partition("?")[0] in page


def test_an_invited_colleague_comes_in_by_a_confirmed_address(client, provider, worker):
    provider.person = person(worker.email.upper())

    answer = come_in(client)

    assert answer["Location"] == "/vandaag/"
    assert is_in(client)
    account = SocialAccount.objects.get(user=worker)
    assert "85.07" not in str(account.extra_data)
    assert "rrn" not in str(account.extra_data)
    assert audit.history(worker).filter(action="login.tied").exists()
    assert provider.refused == []


def test_a_name_that_a_machine_made_may_hold_any_digits(client, provider, worker):
    provider.person = person(worker.email, sub="9f85073003328ab7c11d402e")

    come_in(client)

    assert is_in(client)


def test_the_second_time_the_account_is_known_and_still_keeps_no_more(client, provider, worker):
    provider.person = person(worker.email)
    come_in(client)
    client.post("/account/logout/")
    provider.person = person("een.ander@elders.example", email_verified=False)

    come_in(client)

    assert is_in(client)
    assert SocialAccount.objects.count() == 1
    assert "rrn" not in str(SocialAccount.objects.get().extra_data)


def test_someone_finds_the_other_logins_that_open_the_account_by_their_name(client, provider, worker):
    provider.person = person(worker.email)
    come_in(client)

    account, list_of_logins = (
        client.get("/weergave/").content.decode(),
        client.get("/account/3rdparty/").content.decode(),
    )

    assert 'href="/account/3rdparty/"' in account
    assert "ACM/IDM, sinds " in list_of_logins


def strangers(worker):
    """Give those whom the other side knows and we do not let in."""
    left = UserFactory(email="weg@partner.example")
    operator = UserFactory(email="beheer@dorpel.example", is_superuser=True)
    gone = UserFactory(email="stil@partner.example", is_active=False)
    Membership.objects.create(user=gone, organization=worker.memberships.get().organization, role="frontline_worker")
    invited = Invitation.objects.create(
        organization=worker.memberships.get().organization, email="nieuw@partner.example", roles=["frontline_worker"],
        expires_at=timezone.now() + timedelta(days=7),
    )  # fmt: skip
    return [
        person("niemand@elders.example"), person(left.email), person(operator.email), person(gone.email),
        person(invited.email), person(worker.email, email_verified=False),
        person(worker.email, sub="85.07.30-033.28"), person(worker.email, sub="rrn:85073003328"),
        person(worker.email, sub="BE/BE/RRN85073003328"),
    ]  # fmt: skip


def test_who_was_not_let_in_here_gets_no_account_and_no_session(client, provider, worker):
    for said in strangers(worker):
        provider.person = said
        people = User.objects.count()

        answer = come_in(client)

        assert answer.status_code == 403, said
        assert "We kennen dit adres niet" in answer.content.decode()
        assert not is_in(client)
        assert (User.objects.count(), SocialAccount.objects.count()) == (people, 0)


@pytest.mark.parametrize(
    "says",
    [{"sub": "iemand anders"}, {"aud": "een ander"}, {"iss": "https://elders.example"}, {"exp": 1}],
    ids=["other person", "for another site", "from another house", "too old"],
)
def test_an_identity_that_does_not_fit_opens_nothing(client, provider, worker, says):
    provider.person, provider.says = person(worker.email), says

    come_in(client)

    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_an_identity_that_another_signed_opens_nothing(client, provider, worker):
    provider.person, provider.signs_with = person(worker.email), new_rsa()

    come_in(client)

    assert not is_in(client)


def test_an_answer_belongs_to_the_browser_that_asked_and_works_once(client, provider, worker, log_in):
    provider.person = person(worker.email)
    back = back_from(client.post(START)["Location"])
    thief = log_in(UserFactory())
    thief.logout()

    thief.get(back)
    assert not is_in(thief)
    client.get(back)
    assert is_in(client)
    client.post("/account/logout/")
    client.get(back)
    assert not is_in(client)


@pytest.mark.parametrize(
    ("says", "through"),
    [({"amr": ["pwd", "mfa"]}, True), ({"acr": "eid"}, True), ({"amr": ["pwd"]}, False), ({}, False)],
)
def test_two_steps_at_the_other_side_count_only_when_the_signed_answer_says_so(
    client, provider, worker, settings, says, through
):
    settings.SECOND_FACTOR = "required"
    provider.person, provider.says = person(worker.email, amr_of_userinfo=["mfa"]), says

    come_in(client)

    assert (client.get("/vandaag/").status_code == 200) is through


def test_without_a_provider_there_is_no_such_door(client):
    assert client.post(START).status_code == 404
    assert client.get("/account/oidc/oidc/login/callback/").status_code == 404
    assert "ACM" not in client.get("/account/login/").content.decode()
