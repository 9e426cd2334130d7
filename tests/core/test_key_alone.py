"""A key that asks for a finger or a code opens the door alone; the clocks, the pauses and the policy hold as ever."""

import json
import time

import pytest

from config.settings import base
from core.second_factor import STAY
from organisaties.session_clock import SINCE
from tests.core.soft_key import SoftKey
from tests.factories.organisaties import UserFactory

pytestmark = pytest.mark.django_db
DOOR, LOGIN = "/account/2fa/webauthn/login/", "/account/login/?next=%2Fnaar-ons%2F"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR = "required"
    settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 15, 10


@pytest.fixture
def key(worker):
    return SoftKey(worker)


def show(client, credential):
    """Show a key at the door, on the way to a page."""
    return client.post(DOOR, {"credential": credential, "next": "/naar-ons/"})


def test_a_key_alone_is_two_steps_in_one_and_leads_to_the_page_that_was_asked(client, worker, key, places):
    answer = show(client, key.sign(client))

    assert answer["Location"] == "/naar-ons/"
    assert client.session["_auth_user_id"] == str(worker.pk)
    assert client.get("/naar-ons/").status_code == 200
    assert client.session[STAY] == [15, 10]
    assert time.time() - client.session[SINCE] < 60


STRANGE = {
    "a key that asked for nothing": {"verified": False},
    "an answer that was made for another site": {"origin": "https://dorpel.elders.example"},
    "the name of someone else": {"owner": "someone else"},
}


@pytest.mark.parametrize("what", STRANGE)
def test_a_key_that_does_not_fit_opens_nothing_and_says_the_same(client, key, what):
    parts = STRANGE[what]
    if "owner" in parts:
        parts = {"owner": UserFactory()}

    answer = show(client, key.sign(client, **parts))

    assert (answer.status_code, answer["Location"]) == (302, LOGIN)
    assert "_auth_user_id" not in client.session
    assert "Deze sleutel opent de deur hier niet." in client.get(LOGIN).content.decode()


def test_an_answer_counts_once_and_for_its_own_question_only(client, key):
    old = key.sign(client)
    key.sign(client)

    assert show(client, old)["Location"] == LOGIN
    assert "_auth_user_id" not in client.session


def test_a_key_that_was_taken_away_or_whose_owner_left_opens_nothing(client, worker, key):
    worker.is_active = False
    worker.save()
    left = show(client, key.sign(client))["Location"]
    worker.is_active = True
    worker.save()
    signed = key.sign(client)
    key.stored.delete()

    assert left == "/account/inactive/"
    assert show(client, signed)["Location"] == LOGIN
    assert "_auth_user_id" not in client.session


JUNK = ["", "{}", "[]", "5", '"x"', "null", "{", '{"response": {}}', '{"response": 3, "id": "x", "rawId": "x"}']


@pytest.mark.parametrize("said", JUNK)
def test_what_no_key_says_is_refused_as_kindly(client, key, said):
    key.sign(client)

    assert show(client, said)["Location"] == LOGIN


@pytest.mark.parametrize("part", ["userHandle", "signature", "authenticatorData", "clientDataJSON"])
@pytest.mark.parametrize("value", [None, 3, "AAAA"])
def test_a_bent_answer_is_refused_as_kindly(client, key, part, value):
    signed = json.loads(key.sign(client))
    signed["response"][part] = value

    assert show(client, json.dumps(signed))["Location"] == LOGIN


def test_too_many_keys_in_a_minute_pause_that_address(client, key, settings):
    settings.MFA_RATE_LIMITS = base.MFA_RATE_LIMITS
    for _time in range(30):
        last = show(client, "{}")

    assert last.status_code == 302
    assert show(client, key.sign(client)).status_code == 429
    assert "_auth_user_id" not in client.session
    assert client.get("/account/login/").status_code == 200


def test_the_login_page_offers_it_and_asks_nothing_of_who_does_not_use_it(client):
    page = client.get(LOGIN)

    assert "Meld je aan met een toegangssleutel" in page.content.decode()
    assert "mfa.webauthn.state" not in client.session
