"""A device that is trusted: it spares the second step at the login, nothing else, and can be taken back at once."""

import json
import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.utils import timezone

from core import audit, night
from core.models import TrustedDevice
from organisaties.actions import leave
from organisaties.door import set_policy
from organisaties.second_step import take_away
from tests.core.soft_key import SoftKey

pytestmark = pytest.mark.django_db
LOGIN, STEP, PASSWORD = "/account/login/", "/account/2fa/authenticate/", "een-lang-wachtwoord"
PHONE = "Mozilla/5.0 (Linux; Android 15) Chrome/140.0"
DAY = 60 * 60 * 24
TYPED = "De huisbaas wil dat we weg zijn."


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR = "required"


@pytest.fixture
def secret(worker):
    """Give the worker an app with codes."""
    secret = generate_totp_secret()
    TOTP.activate(worker, secret)
    return secret


def log_in(browser, user, password=PASSWORD):
    """Type an address and a password; tell where that leads."""
    answer = browser.post(f"{LOGIN}?next=/vandaag/", {"login": user.email, "password": password})
    return answer.get("Location", "")


def type_code(browser, secret, **ticked):
    """Type what the app shows now."""
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return browser.post(STEP, {"code": code, **ticked})


def trust_a_phone(worker, secret):
    """Give a browser in which someone ticked the box, and logged out again."""
    browser = Client(headers={"User-Agent": PHONE})
    log_in(browser, worker)
    type_code(browser, secret, trust="1")
    browser.post("/account/logout/")
    return browser


@pytest.fixture
def trusted(worker, secret):
    """Give a browser that a worker trusts."""
    return trust_a_phone(worker, secret)


def choose(organization, by, *, trusted_devices):
    """Let a team lead say whether a device may be trusted."""
    set_policy(
        organization, by=by, idle_minutes=15, session_hours=10, second_factor_for_editors=False,
        trusted_devices=trusted_devices, emergency_use="workers",
    )  # fmt: skip


def test_a_trusted_device_is_asked_the_password_only_and_another_device_both(client, trusted, worker):
    assert log_in(trusted, worker) == "/vandaag/"
    assert trusted.get("/vandaag/").status_code == 200
    assert log_in(client, worker) == STEP
    assert audit.history(worker).filter(action="device.trusted").count() == 1


def test_without_the_tick_the_code_is_asked_again(client, worker, secret):
    log_in(client, worker)
    page = client.get(STEP).content.decode()
    type_code(client, secret)
    client.post("/account/logout/")

    assert "Vraag dit 30 dagen niet meer op dit toestel" in page
    assert log_in(client, worker) == STEP


def test_who_uses_a_key_trusts_a_device_by_the_same_tick(client, worker):
    key = SoftKey(worker)
    for ticked in ({}, {"trust": "1"}):
        assert log_in(client, worker) == STEP
        page = client.get(STEP)
        key_first = page.content.decode().split("<details")[0]
        answer = client.post(STEP, {"credential": key.answer(page.context["js_data"]), **ticked})
        client.post("/account/logout/")
        assert answer["Location"] == "/vandaag/"

    assert "Gebruik je sleutel of vingerafdruk" in key_first
    assert "Vraag dit 30 dagen niet meer op dit toestel" in key_first
    assert log_in(client, worker) == "/vandaag/"


@pytest.mark.parametrize("bent", ["{}", "null", "signature"])
def test_a_key_that_does_not_fit_says_so_and_trusts_nothing(client, worker, bent):
    key = SoftKey(worker)
    log_in(client, worker)
    said = json.loads(key.answer(client.get(STEP).context["js_data"])) if bent == "signature" else json.loads(bent)
    if bent == "signature":
        said["response"]["signature"] = "AAAA"

    page = client.post(STEP, {"credential": json.dumps(said), "trust": "1"}).content.decode()

    assert "Dat lukte niet. Probeer opnieuw, of kies een andere manier." in page
    assert "hidden data-passkey-failed" not in page
    assert not TrustedDevice.objects.exists()
    assert "_auth_user_id" not in client.session


def test_a_trusted_device_still_proves_itself_for_what_matters(worker, secret):
    RecoveryCodes.activate(worker)
    EmailAddress.objects.create(user=worker, email=worker.email, verified=True, primary=True)
    trusted = trust_a_phone(worker, secret)
    log_in(trusted, worker)

    for guarded in ("/account/2fa/recovery-codes/", "/account/2fa/totp/deactivate/", "/account/2fa/webauthn/add/"):
        assert trusted.get(guarded)["Location"].startswith("/account/2fa/reauthenticate/"), guarded
    assert trusted.get("/account/reauthenticate/")["Location"].startswith("/account/2fa/reauthenticate/")


def ways_to_end(worker, team_lead, later):
    """Name each way in which trust ends, as something to do."""
    organization = worker.memberships.get().organization

    def other_password():
        worker.set_password("een-ander-lang-wachtwoord")
        worker.save()

    return {
        "another password": other_password,
        "a key lost": lambda: Authenticator.objects.filter(user=worker, type="webauthn").delete(),
        "the team lead takes the step away": lambda: take_away(worker, organization, by=team_lead),
        "the organization forbids it": lambda: choose(organization, team_lead, trusted_devices=False),
        "leaving": lambda: leave(worker, organization, by=team_lead),
        "thirty days": lambda: later(31 * DAY),
    }


WAYS = ["another password", "a key lost", "the team lead takes the step away", "the organization forbids it", "leaving",
        "thirty days"]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_trust_ends_with(way, worker, team_lead, secret, time_machine):
    Authenticator.objects.create(user=worker, type="webauthn", data={"name": "laptop"})
    time_machine.move_to(timezone.now() + timedelta(hours=1), tick=False)
    trusted = trust_a_phone(worker, secret)
    log_in(trusted, worker)
    assert trusted.get("/vandaag/").status_code == 200

    ways_to_end(worker, team_lead, time_machine.shift)[way]()

    # Who left needs no step to read on what everyone reads; each other session is asked for it, or is over.
    assert way == "leaving" or trusted.get("/vandaag/").status_code == 302
    outside = Client()
    outside.cookies["mfa_trusted"] = trusted.cookies["mfa_trusted"].value
    words = "een-ander-lang-wachtwoord" if way == "another password" else PASSWORD
    # With no step left there is one to choose; else it is asked.
    assert log_in(outside, worker, words) == ("/vandaag/" if "takes" in way else STEP)


def test_the_list_of_devices_shows_it_and_takes_it_back(trusted, worker):
    log_in(trusted, worker)
    page = trusted.get("/account/sessions/").content.decode()
    row = TrustedDevice.objects.get(user=worker)

    trusted.post(f"/account/sessions/vertrouwd/{row.pk}/weg/")

    assert "Hier vragen we geen tweede stap" in page
    assert page.count("Chrome op Android") >= 2
    assert trusted.get("/vandaag/")["Location"].startswith("/account/2fa/reauthenticate/")
    trusted.post("/account/logout/")
    assert log_in(trusted, worker) == STEP
    assert audit.history(worker).filter(action="device.trust_ended").exists()


def test_who_writes_when_the_trust_ends_proves_it_and_finds_every_word(trusted, worker, secret, places):
    log_in(trusted, worker)
    TrustedDevice.objects.all().delete()

    answer = trusted.post("/gesprekken/nieuw/", {"first_name": "Amina", "note": TYPED, "road": "search"})
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1))
    back = trusted.post(answer["Location"], {"code": code})

    assert answer["Location"] == "/account/2fa/reauthenticate/?next=%2Fgesprekken%2Fnieuw%2F"
    assert back["Location"] == "/gesprekken/nieuw/"
    assert TYPED in trusted.get(back["Location"]).content.decode()


def test_nobody_takes_back_the_trust_of_another(log_in, trusted, stranger, worker, settings):
    settings.SECOND_FACTOR = "optional"
    row = TrustedDevice.objects.get(user=worker)

    assert log_in(stranger).post(f"/account/sessions/vertrouwd/{row.pk}/weg/").status_code == 404
    assert TrustedDevice.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("address", ["/account/sessions/", "/account/sessions/afmelden/", "one"])
def test_logging_a_device_out_ends_its_trust(address, client, trusted, worker, secret, settings):
    log_in(trusted, worker)
    settings.SECOND_FACTOR = "optional"
    client.force_login(worker)
    client.get("/vandaag/")
    if address == "one":
        found = client.get("/account/sessions/").context["devices"]
        address = f"/account/sessions/{next(one.pk for one in found if one.phone)}/afmelden/"

    client.post(address)

    assert not TrustedDevice.objects.filter(user=worker).exists()


def test_an_organization_that_forbids_it_shows_no_tick(client, worker, team_lead, secret):
    choose(worker.memberships.get().organization, team_lead, trusted_devices=False)
    log_in(client, worker)

    page = client.get(STEP).content.decode()
    type_code(client, secret, trust="1")

    assert "op dit toestel</label>" not in page
    assert 'name="trust"' not in page
    assert not TrustedDevice.objects.exists()


def test_what_is_over_is_forgotten(trusted):
    TrustedDevice.objects.update(issued_at=int(time.time()) - 31 * DAY)

    night.forget()

    assert not TrustedDevice.objects.exists()
