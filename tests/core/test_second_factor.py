"""Two steps: who needs them, that each way of coming in meets them, and how their secrets lie in the database."""

import re
import time
from html import unescape

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.management import call_command

from config.settings import base
from core import audit
from core.encryption import Sealed, is_current, key_name
from core.keys import new_key
from core.second_factor import VOUCHED
from organisaties.door import set_policy
from organisaties.models import Organization
from organisaties.roles import Role
from tests.core.soft_key import SoftKey
from tests.factories.organisaties import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
LOGIN, PASSWORD = "/account/login/", "een-lang-wachtwoord"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR = "required"


def code_of(secret):
    """Give what the app shows."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def log_in(client, user, next_url="/vandaag/"):
    """Type an address and a password."""
    return client.post(f"{LOGIN}?next={next_url}", {"login": user.email, "password": PASSWORD})


@pytest.fixture
def app_of():
    """Give someone an app with codes; returns its secret."""

    def make(user):
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        return secret

    return make


ROLES = {role: role not in {Role.LISTING_EDITOR, Role.LEARNING_EDITOR} for role in Role}


@pytest.mark.parametrize(("role", "needs"), ROLES.items())
def test_a_role_that_sees_client_data_needs_two_steps(client, role, needs):
    user = MembershipFactory(role=role).user
    log_in(client, user)

    answer = client.get("/leden/")

    assert answer.status_code == (302 if needs else 200)
    if needs:
        assert answer["Location"] == "/account/2fa/?next=%2Fleden%2F"


def test_the_operator_needs_two_steps_also_on_the_editors_machine_side(client, operator):
    log_in(client, operator)

    places = ["/vandaag/", "/beheer/", "/beheer/api/main/pages/"]

    assert [client.get(place)["Location"].split("?")[0] for place in places] == ["/account/2fa/"] * 3


def test_an_organization_may_ask_editors_for_two_steps(client, team_lead):
    organization = team_lead.memberships.get().organization
    editor = MembershipFactory(organization=organization, role=Role.LISTING_EDITOR).user
    wishes = {"idle_minutes": 15, "session_hours": 10, "trusted_devices": True, "emergency_use": "workers"}

    set_policy(organization, by=team_lead, second_factor_for_editors=True, **wishes)
    log_in(client, editor)

    assert client.get("/leden/").status_code == 302


def test_a_role_given_while_someone_is_in_counts_at_once(client, worker):
    editor = MembershipFactory(role=Role.LISTING_EDITOR)
    log_in(client, editor.user)
    assert client.get("/leden/").status_code == 200

    MembershipFactory(user=editor.user, organization=editor.organization)

    assert client.get("/leden/").status_code == 302


@pytest.mark.parametrize("path", ["/zoeken/", "/weergave/", "/healthz/", "/account/2fa/"])
def test_what_everyone_may_see_and_the_door_itself_stay_open(client, worker, places, path):
    log_in(client, worker)

    page = client.get(path)

    assert page.status_code == 200
    assert "Weggaan" not in page.text, "what someone has in hand lies behind the second step"


def test_a_part_of_a_page_leads_the_whole_page_to_the_door(client, worker):
    log_in(client, worker)

    answer = client.get("/vandaag/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"].startswith("/account/2fa/")


def test_setting_up_the_app_lets_someone_in_and_keeps_its_secret_sealed(
    client, worker, mailoutbox, django_capture_on_commit_callbacks
):
    log_in(client, worker)
    page = client.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert f"<code>{secret[:4]} {secret[4:8]} " in page.content.decode(), "a person copies it four by four"

    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})

    assert done["Location"] == "/account/2fa/recovery-codes/"
    assert client.get("/vandaag/").status_code == 200
    rows = {row.type: row.data for row in Authenticator.objects.filter(user=worker)}
    assert secret not in str(rows)
    assert is_current(rows["totp"]["secret"])
    assert is_current(rows["recovery_codes"]["seed"])
    assert audit.history(worker).filter(action="second_step.added").exists()
    assert mailoutbox[-1].to == [worker.email]


def test_who_was_led_to_a_second_step_goes_on_to_the_page_they_came_for(client, worker):
    led = log_in(client, worker, "/naar-ons/?status=new")
    choose = client.get(client.get(led["Location"])["Location"]).content.decode()
    app = client.get(unescape(re.search(r'href="(/account/2fa/totp/activate/[^"]+)"', choose)[1]))
    onward = unescape(re.search(r'name="next" value="([^"]+)"', app.content.decode())[1])

    spare = client.post(app.wsgi_request.path, {"code": code_of(app.context["form"].secret), "next": onward})

    assert 'href="/naar-ons/?status=new"' in client.get(spare["Location"]).content.decode()


def test_a_second_step_never_leads_to_another_site(client, worker):
    log_in(client, worker)

    page = client.get("/account/2fa/?next=https://elders.example/").content.decode()

    assert "elders.example" not in page.partition("<main")[2].partition("</main>")[0]


def test_spare_codes_on_file_say_what_they_are(client, worker):
    log_in(client, worker)
    app = client.get("/account/2fa/totp/activate/")
    client.post(app.wsgi_request.path, {"code": code_of(app.context["form"].secret)})

    text = client.get("/account/2fa/recovery-codes/download/").content.decode()

    assert text.startswith("Reservecodes voor Dorpel.")
    assert len(re.findall(r"^\d{4} \d{4}$", text, re.MULTILINE)) == 10


def test_who_has_no_app_is_asked_again_for_the_key_first(client, worker):
    SoftKey(worker)
    RecoveryCodes.activate(worker)
    client.force_login(worker)

    asked = client.get("/account/2fa/totp/activate/")

    assert asked["Location"].startswith("/account/2fa/webauthn/reauthenticate/")


def test_the_password_alone_opens_nothing_and_the_code_works_once(client, worker, app_of):
    secret = app_of(worker)

    first = log_in(client, worker)
    assert first["Location"] == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    code = code_of(secret)
    second = client.post(first["Location"], {"code": f"{code[:3]} {code[3:]}"})

    assert second["Location"] == "/vandaag/"
    assert client.get("/vandaag/").status_code == 200
    client.post("/account/logout/")
    log_in(client, worker)
    client.post("/account/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" not in client.session


def test_a_spare_code_opens_once(client, worker, app_of):
    app_of(worker)
    spare = RecoveryCodes.activate(worker).get_unused_codes()[0]
    log_in(client, worker)

    client.post("/account/2fa/authenticate/", {"code": spare})

    assert client.get("/vandaag/").status_code == 200
    assert spare not in Authenticator.objects.get(user=worker, type="recovery_codes").wrap().get_unused_codes()


def test_five_wrong_codes_pause_the_account(client, worker, app_of, settings):
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    secret = app_of(worker)
    log_in(client, worker)
    for _time in range(5):
        client.post("/account/2fa/authenticate/", {"code": "000000"})

    client.post("/account/2fa/authenticate/", {"code": code_of(secret)})

    assert "_auth_user_id" not in client.session


def test_a_session_from_before_the_step_is_asked_for_it(log_in, worker, app_of):
    secret = app_of(worker)
    browser = log_in(worker)
    asked = browser.get("/vandaag/")
    assert asked["Location"] == "/account/2fa/reauthenticate/?next=%2Fvandaag%2F"

    browser.post(asked["Location"], {"code": code_of(secret)})

    assert browser.get("/vandaag/").status_code == 200


def test_a_code_by_mail_is_no_proof(log_in, worker, settings):
    settings.SECOND_FACTOR = "optional"
    EmailAddress.objects.create(user=worker, email=worker.email, verified=True, primary=True)
    browser = log_in(worker)

    page = browser.get("/account/reauthenticate/").content.decode()

    assert "Typ nog eens je wachtwoord." in page
    assert "Gebruik je sleutel" not in page
    assert browser.get("/account/reauthenticate/code/").status_code in {302, 403, 404}


def test_what_another_login_vouched_for_counts_for_that_person_only(log_in, worker):
    for owner, status in ((worker.pk + 1, 302), (worker.pk, 200)):
        browser = log_in(worker)
        session = browser.session
        session[VOUCHED] = str(owner)
        session.save()

        assert browser.get("/vandaag/").status_code == status


def test_the_last_step_of_who_needs_one_stays(client, worker):
    log_in(client, worker)
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    client.post("/account/2fa/reauthenticate/", {"code": code_of(secret)})

    client.post("/account/2fa/totp/deactivate/")

    assert Authenticator.objects.filter(user=worker, type="totp").exists()


def test_a_team_lead_takes_a_lost_step_away(client, worker, team_lead, app_of, settings, mailoutbox):
    organization = team_lead.memberships.get().organization
    app_of(worker)
    settings.SECOND_FACTOR = "optional"
    log_in(client, team_lead)
    address = f"/leden/{organization.pk}/{worker.pk}/tweede-stap/"
    assert client.get(address).status_code == 200

    client.post(address)

    assert not Authenticator.objects.filter(user=worker).exists()
    assert audit.history(worker).filter(action="second_step.removed").exists()


def test_only_who_manages_takes_a_step_away(client, worker, stranger, app_of, settings):
    settings.SECOND_FACTOR = "optional"
    organization = worker.memberships.get().organization
    colleague = MembershipFactory(organization=organization).user
    app_of(worker)
    address = f"/leden/{organization.pk}/{worker.pk}/tweede-stap/"
    for other, status in ((colleague, 403), (stranger, 404)):
        client.logout()
        log_in(client, other)

        assert client.post(address).status_code == status
    assert Authenticator.objects.filter(user=worker).exists()


def test_the_operator_takes_a_step_away_at_the_machine(worker, app_of, capsys):
    app_of(worker)

    call_command("second_step_remove", worker.email)

    assert not Authenticator.objects.filter(user=worker).exists()


def test_rotating_the_keys_takes_the_second_steps_along(worker, app_of, settings):
    secret = app_of(worker)
    fresh = new_key()
    settings.FIELD_ENCRYPTION_KEYS = [fresh, *settings.FIELD_ENCRYPTION_KEYS]

    call_command("reencrypt")

    settings.FIELD_ENCRYPTION_KEYS = [fresh]
    row = Authenticator.objects.get(user=worker)
    assert key_name(fresh) in row.data["secret"]
    assert row.wrap().validate_code(code_of(secret))


def test_a_sealed_secret_is_text_of_ours(worker, app_of):
    app_of(worker)

    assert Sealed(Authenticator.objects.get(user=worker).data["secret"]).startswith("v1:")


def test_who_works_nowhere_is_let_be(client, settings):
    nobody = UserFactory()
    log_in(client, nobody)

    assert client.get("/leden/").status_code == 200
    assert not Organization.objects.of(nobody).exists()
