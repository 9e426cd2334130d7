"""The doors: one login, by e-mail, that pauses; no account without an invitation; no second way in."""

import pytest
from django.contrib.auth.views import LoginView as DjangoLogin
from django.urls import Resolver404, resolve

from config.settings import base
from core.models import User
from tests.addresses import all_addresses
from tests.factories.organisaties import UserFactory

pytestmark = pytest.mark.django_db
LOGIN, PASSWORD = "/account/login/", "een-lang-wachtwoord"


@pytest.fixture
def lotte():
    """Make someone with an account."""
    return UserFactory(email="lotte@pannenhoek.example")


@pytest.fixture
def real_limits(settings):
    """Let the login pause as in production."""
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS


def is_in(browser):
    """Tell whether a browser holds the session of someone."""
    return "_auth_user_id" in browser.session


def try_login(browser, password=PASSWORD, email="lotte@pannenhoek.example", **extra):
    """Type an address and a password."""
    return browser.post(LOGIN, {"login": email, "password": password}, **extra)


def test_the_right_password_lets_someone_in(client, lotte):
    try_login(client)

    assert is_in(client)


@pytest.mark.parametrize("email", ["LOTTE@Pannenhoek.example", " lotte@pannenhoek.example "])
def test_the_address_may_be_typed_carelessly(client, lotte, email):
    try_login(client, email=email)

    assert is_in(client)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, lotte):
    wrong = try_login(client, password="fout-wachtwoord-fout").content.decode()
    unknown = try_login(client, email="niemand@pannenhoek.example").content.decode()

    assert not is_in(client)
    assert "Welkom" not in wrong
    assert words_of_error(wrong) == words_of_error(unknown)


def words_of_error(page):
    """Give the first line of the list of errors."""
    return page.split('role="alert"')[1].split("<li>")[1].split("</li>")[0]


def test_who_is_not_active_does_not_get_in(client):
    UserFactory(email="lotte@pannenhoek.example", is_active=False)

    try_login(client)

    assert not is_in(client)


def test_five_wrong_passwords_pause_that_address(client, lotte, real_limits):
    for _time in range(5):
        try_login(client, password="fout-wachtwoord-fout")

    response = try_login(client)

    assert not is_in(client)
    assert response.status_code in {200, 429}


def test_a_pause_for_one_address_leaves_others_alone(client, lotte, real_limits):
    UserFactory(email="noor@blauwedeur.example")
    for _time in range(5):
        try_login(client, password="fout-wachtwoord-fout")

    try_login(client, email="noor@blauwedeur.example", REMOTE_ADDR="192.0.2.8")

    assert is_in(client)


def test_the_pause_ends_after_ten_minutes(client, lotte, real_limits, time_machine):
    time_machine.move_to("2026-11-23 10:00", tick=False)
    for _time in range(5):
        try_login(client, password="fout-wachtwoord-fout")
    time_machine.move_to("2026-11-23 10:11", tick=False)

    try_login(client)

    assert is_in(client)


def test_trying_many_addresses_from_one_place_pauses_that_place(client, lotte, real_limits):
    for number in range(10):
        try_login(client, email=f"iemand{number}@pannenhoek.example")

    try_login(client)

    assert not is_in(client)


def test_no_address_leads_to_a_login_of_django_or_wagtail():
    reached = []
    for address in all_addresses():
        if address.view_class is None or not issubclass(address.view_class, DjangoLogin):
            continue
        try:
            found = resolve("/" + address.route)
        except Resolver404:
            continue
        if getattr(found.func, "view_class", None) is address.view_class:
            reached.append(address.route)

    assert reached == []


@pytest.mark.parametrize("door", ["confirm/MQ/set-password/", "complete/", "done/"])
def test_a_password_is_reset_at_one_place_only(log_in, operator, door):
    assert log_in(operator).get(f"/beheer/password_reset/{door}").status_code == 404


@pytest.mark.parametrize("door", ["/beheer/login/", "/beheer/password_reset/", "/beheer/login", "/admin/login/"])
def test_the_closed_doors_take_no_password(client, lotte, door):
    lotte.is_superuser = lotte.is_staff = True
    lotte.save()

    response = client.post(door, {"username": lotte.email, "email": lotte.email, "password": PASSWORD})

    assert not is_in(client)
    assert response.status_code in {301, 302, 404, 405}


def test_the_closed_door_shows_the_way_to_the_open_one(client):
    response = client.get("/beheer/login/?next=/beheer/pages/")

    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/beheer/pages/"


def test_the_editors_screens_ask_for_the_one_login(client):
    response = client.get("/beheer/")

    assert response["Location"].startswith(LOGIN)


def test_a_worker_without_an_editors_role_stays_out_of_the_editors_screens(log_in, worker):
    assert log_in(worker).get("/beheer/").status_code in {302, 403}


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_makes_an_account_alone(client, method):
    address = "nieuw@pannenhoek.example"

    response = getattr(client, method)(
        "/account/signup/", {"email": address, "password1": PASSWORD, "password2": PASSWORD}
    )

    assert response.status_code == 200
    assert not User.objects.filter(email=address).exists()
    assert not is_in(client)


def test_a_private_page_leads_to_the_login_and_back(client, lotte):
    response = client.get("/leden/")

    assert response["Location"] == "/account/login/?next=/leden/"
    assert try_login(client).status_code == 302


def test_the_login_never_sends_someone_to_another_site(client, lotte):
    response = client.post(
        LOGIN + "?next=https://elders.example/",
        {"login": lotte.email, "password": PASSWORD, "next": "//elders.example"},
    )

    assert response.status_code == 302
    assert "elders" not in response["Location"]


def test_logging_out_takes_a_press_of_the_button(log_in, lotte):
    browser = log_in(lotte)
    browser.get("/account/logout/")
    assert is_in(browser)

    browser.post("/account/logout/")

    assert not is_in(browser)


def test_a_password_is_kept_as_a_slow_fingerprint():
    assert base.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_people_are_made_by_their_address_in_small_letters():
    user = User.objects.create_user("Lotte@PANNENHOEK.example", PASSWORD, first_name="Lotte")
    operator = User.objects.create_superuser("beheer@dorpel.example", PASSWORD)

    assert (user.email, str(user), str(operator)) == ("lotte@pannenhoek.example", "Lotte", "beheer@dorpel.example")
    assert (user.is_staff, operator.is_staff, operator.is_superuser) == (False, True, True)
