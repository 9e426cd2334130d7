"""Pages that belong to no room: display, error pages, login in our look."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import gettext

from core import views
from core.borrowed_words import SENTENCES
from core.models import User
from core.wagtail_hooks import admin_colours

pytestmark = pytest.mark.django_db
PASSWORD = "drie woorden samen"


@pytest.fixture
def lotte() -> User:
    """Make a worker who can log in."""
    user = User(email="lotte@pannenhoek.example")
    user.set_password(PASSWORD)
    user.save()
    return user


def test_display_is_kept_in_two_cookies(client: Client) -> None:
    response = client.post(reverse("display"), {"theme": "dark", "size": "118"})

    assert response.cookies["theme"].value == "dark"
    assert response.cookies["size"].value == "118"
    assert 'data-theme="dark" data-size="118"' in client.get(reverse("display")).content.decode()


def test_display_goes_back_to_what_the_device_says(client: Client) -> None:
    client.post(reverse("display"), {"theme": "dark", "size": "140"})

    client.post(reverse("display"), {"theme": "auto", "size": "100"})

    page = client.get(reverse("display")).content.decode()
    assert "data-theme" not in page
    assert "data-size" not in page


def test_display_refuses_what_does_not_exist(client: Client) -> None:
    response = client.post(reverse("display"), {"theme": "purple", "size": "100"})

    assert response.status_code == 200
    assert "theme" not in response.cookies
    assert 'role="alert"' in response.content.decode()


def test_display_never_leads_to_another_site(client: Client) -> None:
    answer = {"theme": "light", "size": "100"}

    away = client.post(reverse("display"), {**answer, "next": "https://elders.example/"})
    home = client.post(reverse("display"), {**answer, "next": "/zoeken/"})

    assert away.headers["Location"] == reverse("display")
    assert home.headers["Location"] == "/zoeken/"


def test_cookie_with_nonsense_changes_nothing(client: Client) -> None:
    client.cookies["theme"] = '"><script>'

    page = client.get(reverse("display")).content.decode()

    assert "data-theme" not in page
    assert "<script>" not in page


def test_account_page_shows_the_account_to_who_is_logged_in(client: Client, lotte: User) -> None:
    client.force_login(lotte)

    page = client.get(reverse("display")).content.decode()

    assert "Jouw account" in page
    assert lotte.email in page
    assert "nog niet gekozen" in page
    assert "dit toestel" in page
    assert "reservecode" not in page


@pytest.mark.parametrize(("used", "told"), [(7, False), (8, True)])
def test_account_page_says_when_spare_codes_run_out(client: Client, lotte: User, used: int, told: bool) -> None:
    TOTP.activate(lotte, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(lotte)
    for code in codes.get_unused_codes()[:used]:
        codes.validate_code(code)
    client.force_login(lotte)

    page = client.get(reverse("display")).content.decode()

    assert "app met codes" in page
    assert ("Je hebt nog 2 reservecodes." in page) is told


def test_not_found_says_how_to_go_on(rf: RequestFactory) -> None:
    response = views.not_found(rf.get("/nergens/"), Exception())

    assert response.status_code == 404
    assert "Deze pagina vinden we niet" in response.content.decode()


def test_forbidden_gives_the_reason_when_there_is_one(rf: RequestFactory) -> None:
    with_reason = views.forbidden(rf.get("/"), PermissionDenied("Alleen Huurhulp De Blauwe Deur kan dit."))
    without = views.forbidden(rf.get("/"), PermissionDenied())

    assert "Alleen Huurhulp De Blauwe Deur kan dit." in with_reason.content.decode()
    assert "Iemand anders van je organisatie" in without.content.decode()


def test_server_error_asks_nothing_of_the_database(rf: RequestFactory, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = views.server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Dit lukt nu niet" in response.content.decode()
    assert 'href="#menu"' not in response.content.decode(), "a menu without a link leads nowhere"


@pytest.mark.parametrize("limit", ["DATA_UPLOAD_MAX_MEMORY_SIZE", "DATA_UPLOAD_MAX_NUMBER_FIELDS"])
@pytest.mark.parametrize("encode", [dict, urlencode])
def test_what_is_too_large_to_read_is_refused_in_words(lotte: User, settings: Any, limit: str, encode: Any) -> None:
    setattr(settings, limit, 1)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(lotte)
    typed, form = encode({"text": "Amina zoekt een huis.", "theme": "dark"}), "application/x-www-form-urlencoded"

    response = browser.post("/weergave/", typed, **({"content_type": form} if encode is urlencode else {}))

    page = response.content.decode()
    assert response.status_code == 400
    assert "Er is niets verstuurd. Ga terug, maak het korter" in page
    assert "Wat je typte, staat nog op de vorige pagina." in page


def test_an_address_of_another_host_is_refused_in_words(client: Client) -> None:
    response = client.get("/weergave/", headers={"host": "elders.example"})

    assert response.status_code == 400
    assert "Dit begrijpen we niet" in response.content.decode()


def test_form_that_was_open_too_long_gives_back_what_was_typed(rf: RequestFactory) -> None:
    typed = {"note": "Amina huurt privé en zoekt een huis.", "password": "drie woorden samen", "short": "ja"}

    response = views.csrf_failure(rf.post("/gesprekken/", typed))

    page = response.content.decode()
    assert response.status_code == 403
    assert "Amina huurt privé en zoekt een huis." in page
    assert "drie woorden samen" not in page
    assert page.count("<textarea") == 1


def test_stale_form_meets_our_page_and_not_that_of_django(lotte: User) -> None:
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(reverse("display"), {"theme": "dark", "size": "100"})

    assert response.status_code == 403
    assert "Deze pagina stond te lang open" in response.content.decode()


def test_login_speaks_our_words_and_names_what_is_wrong(client: Client, lotte: User) -> None:
    page = client.get(reverse("account_login")).content.decode()
    wrong = client.post(reverse("account_login"), {"login": lotte.email, "password": "iets anders"})

    assert "Wie ben je?" in page
    assert "Dit e-mailadres en wachtwoord passen niet samen." in wrong.content.decode()
    assert f'value="{lotte.email}"' in wrong.content.decode()


def test_login_lets_a_worker_in(client: Client, lotte: User) -> None:
    response = client.post(reverse("account_login"), {"login": lotte.email, "password": PASSWORD})

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(lotte.pk)


def test_password_reset_says_the_same_for_known_and_unknown(
    client: Client, lotte: User, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        known = client.post(reverse("account_reset_password"), {"email": lotte.email}, follow=True)
    unknown = client.post(reverse("account_reset_password"), {"email": "niemand@elders.example"}, follow=True)

    assert known.content == unknown.content
    assert "Kijk in je mails" in known.content.decode()
    assert len(mailoutbox) >= 1


def test_reset_link_opens_a_form_and_works_once(
    client: Client, lotte: User, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": lotte.email})
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))

    form = client.get(link, follow=True)
    done = client.post(
        form.redirect_chain[-1][0], {"password1": "vier nieuwe woorden", "password2": "vier nieuwe woorden"}
    )
    again = Client().get(link, follow=True)

    assert "Minstens 12 tekens." in form.content.decode()
    assert done.status_code == 302
    assert "Deze link werkt niet meer" in again.content.decode()


@pytest.mark.parametrize("name", ["account_signup", "account_inactive", "account_reset_password_done"])
def test_page_of_the_account_is_in_our_look(client: Client, name: str) -> None:
    page = client.get(reverse(name)).content.decode()

    assert page.count("<h1") == 1
    assert "site-foot" in page


@pytest.mark.parametrize("name", ["account_change_password", "account_logout"])
def test_page_of_a_logged_in_account_is_in_our_look(client: Client, lotte: User, name: str) -> None:
    client.force_login(lotte)

    page = client.get(reverse(name)).content.decode()

    assert page.count("<h1") == 1
    assert 'class="rail plinth"' in page


def test_editors_get_our_colours() -> None:
    assert admin_colours() == '<link rel="stylesheet" href="/static/css/admin.css">'


@pytest.mark.parametrize("message", SENTENCES)
def test_borrowed_sentence_has_words_of_our_own(message: str) -> None:
    ours = Path(settings.BASE_DIR, "locale", "nl", "LC_MESSAGES", "django.po").read_text(encoding="utf-8")

    assert message in ours.replace('"\n"', "")
    assert gettext(message) != message
    assert " u " not in gettext(message)


def test_a_form_that_was_open_for_too_long_gives_back_words_and_nothing_that_it_added_itself() -> None:
    typed = {
        "said": "Ze zeggen dat ik weg moet voor Kerstmis.", "password": "een geheim dat lang is",
        "form_key": "0dee974e-a078-4ffb-8a3f-a123dca44c6a", "seen_wish": "f3a1c09b7d2e4f5a6b7c",
    }  # fmt: skip

    page = Client(enforce_csrf_checks=True).post(reverse("account_login"), typed).content.decode()

    assert [name for name, text in typed.items() if text in page] == ["said"]
