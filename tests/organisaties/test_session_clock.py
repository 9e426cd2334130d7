"""A session ends after some quiet, and after some hours in all; what was typed comes back, for that person alone."""

from datetime import datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.settings import base
from core import audit
from core.kept_words import KEPT
from organisaties.door import set_policy, stay_of
from tests.factories.organisaties import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
LOGIN, PASSWORD = "/account/login/", "een-lang-wachtwoord"
TYPED = "Hij slaapt in zijn auto en durft niet naar huis."
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def _clock(settings, time_machine):
    settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 15, 10
    time_machine.move_to(MORNING, tick=False)


@pytest.fixture
def later(time_machine):
    """Let some minutes go by since the morning."""
    return lambda minutes: time_machine.move_to(MORNING + timedelta(minutes=minutes), tick=False)


def log_in(client, user, next_url="/vandaag/"):
    """Type an address and a password."""
    return client.post(f"{LOGIN}?next={next_url}", {"login": user.email, "password": PASSWORD})


@pytest.fixture
def browser(client, worker):
    """Give the browser of a worker who came in this morning."""
    log_in(client, worker)
    client.get("/vandaag/")
    return client


def choose(organization, by, minutes, hours):
    """Let a team lead choose shorter clocks."""
    set_policy(
        organization, by=by, idle_minutes=minutes, session_hours=hours, second_factor_for_editors=False,
        trusted_devices=True, emergency_use="workers",
    )  # fmt: skip


def test_quiet_for_too_long_ends_it_and_a_sign_of_life_does_not(browser, later):
    for minutes in (14, 28, 42):
        later(minutes)
        assert browser.get("/vandaag/").status_code == 200

    later(58)

    assert browser.get("/vandaag/")["Location"] == "/account/login/?next=/vandaag/"
    assert not UserSession.objects.exists()
    assert "Je was even weg." in browser.get(LOGIN).content.decode()


def test_after_ten_hours_also_a_busy_session_ends(browser, later, settings):
    settings.SESSION_IDLE_MINUTES = 101
    for minutes in range(100, 601, 100):
        later(minutes)
        assert browser.get("/vandaag/").status_code == 200

    later(605)

    assert browser.get("/vandaag/").status_code == 302


def test_the_strictest_organization_wins_and_never_longer_than_the_installation(worker, team_lead, settings):
    mine = team_lead.memberships.get().organization
    other = MembershipFactory(user=worker).organization
    lead = MembershipFactory(organization=other, role="team_lead").user
    choose(mine, team_lead, 60, 12)
    choose(other, lead, 5, 8)

    assert stay_of(worker) == (5, 8)
    assert stay_of(team_lead) == (15, 10)
    assert audit.history(other).filter(action="door.changed").exists()
    settings.SESSION_IDLE_MINUTES = 0
    assert stay_of(worker) == (0, 8)


def test_a_new_choice_holds_within_five_minutes_for_who_is_in(browser, later, team_lead):
    choose(team_lead.memberships.get().organization, team_lead, 5, 8)
    later(6)
    browser.get("/vandaag/")

    later(12)

    assert browser.get("/vandaag/").status_code == 302


def new_talk(browser, note=TYPED):
    """Send a form that begins a talk."""
    return browser.post("/gesprekken/nieuw/", {"first_name": "Amina", "note": note, "road": "search"})


def test_what_was_typed_is_sealed_and_comes_back_after_the_login(browser, worker, later):
    later(20)

    sent = new_talk(browser)

    assert sent["Location"].startswith("/account/login/?next=/gesprekken/nieuw/")
    assert TYPED not in str(dict(browser.session))
    assert "je tekst staat er nog" in browser.get(sent["Location"]).content.decode()
    log_in(browser, worker, "/gesprekken/nieuw/")
    page = browser.get("/gesprekken/nieuw/").content.decode()
    assert TYPED in page
    assert 'name="first_name" value="Amina"' in page
    new_talk(browser)
    assert KEPT not in browser.session


@pytest.mark.parametrize(
    "by_script", [{"X-Autosave": "1"}, {"Accept": "application/json"}, {"X-Requested-With": "XMLHttpRequest"}]
)
def test_a_script_that_saves_too_late_gets_no_page_to_lay_over_what_was_typed(browser, later, by_script):
    later(20)
    browser.get("/vandaag/")

    answer = browser.post("/gesprekken/nieuw/", {"note": TYPED}, headers=by_script)

    assert (answer.status_code, answer.content) == (401, b"")
    assert KEPT not in browser.session, "the page still holds it"


def test_what_the_form_added_itself_is_sent_again_and_not_read_out(browser, worker, later):
    later(20)
    added = {"seen": "contact=129b9a7f3678b01f\nown words=23e09f23fb4ca627", "strokes": "[[[10, 20], [30, 40]]]"}
    browser.post("/gesprekken/nieuw/", {"first_name": "Amina", "note": TYPED, **added})
    log_in(browser, worker, "/gesprekken/nieuw/")

    page = browser.get("/gesprekken/nieuw/")

    assert page.context["shown"] == [TYPED]
    assert dict(page.context["typed"]).keys() >= added.keys()


def test_a_part_of_a_page_that_asks_too_late_leads_the_whole_page_to_the_login(browser, later):
    later(20)
    judge, here = reverse("leernetwerk:judge", args=[1]), "http://testserver/leernetwerk/samen-bellen/"

    typed_on = browser.get("/naar-ons/?page=2", headers={"HX-Request": "true"})
    pressed = browser.post(judge, headers={"HX-Request": "true", "HX-Current-URL": here})

    assert (typed_on.content, pressed.content) == (b"", b""), "there is no page to lay over a part of another"
    assert typed_on["HX-Redirect"] == f"{LOGIN}?next=/naar-ons/%3Fpage%3D2"
    assert pressed["HX-Redirect"] == f"{LOGIN}?next=/leernetwerk/samen-bellen/"


def test_who_comes_after_on_the_same_computer_finds_nothing(browser, later):
    later(20)
    new_talk(browser)

    log_in(browser, MembershipFactory().user, "/gesprekken/nieuw/")

    assert TYPED not in browser.get("/gesprekken/nieuw/").content.decode()
    assert KEPT not in browser.session


def test_it_can_be_thrown_away(browser, worker, later):
    later(20)
    new_talk(browser)
    log_in(browser, worker, "/gesprekken/nieuw/")

    answer = browser.post("/account/bewaard/weg/")

    assert answer["Location"] == "/gesprekken/nieuw/"
    assert TYPED not in browser.get("/gesprekken/nieuw/").content.decode()


def test_a_visitor_and_a_login_keep_nothing():
    stranger = Client()

    new_talk(stranger)
    stranger.post(LOGIN, {"login": "x@partner.example", "password": "een geheim dat niemand ziet"})

    assert KEPT not in stranger.session


def test_devices_are_listed_and_logged_out(worker):
    phone, desk = Client(headers={"User-Agent": "Mozilla (Android) Firefox/130"}), Client()
    for one in (phone, desk):
        log_in(one, worker)
        one.get("/vandaag/")
    page = desk.get("/account/sessions/").content.decode()
    assert "Firefox op Android" in page
    row = UserSession.objects.get(user_agent__contains="Android")

    stranger = Client()
    log_in(stranger, UserFactory())
    assert stranger.post(f"/account/sessions/{row.pk}/afmelden/").status_code == 404
    desk.post(f"/account/sessions/{row.pk}/afmelden/")

    assert phone.get("/vandaag/").status_code == 302
    assert desk.get("/vandaag/").status_code == 200


def test_logging_out_everywhere_ends_this_device_too(worker):
    browsers = [Client(), Client()]
    for one in browsers:
        log_in(one, worker)

    browsers[0].post("/account/sessions/afmelden/")

    assert [one.get("/vandaag/").status_code for one in browsers] == [302, 302]
    assert not UserSession.objects.filter(user=worker).exists()


def test_a_pause_after_wrong_passwords_holds_for_every_process(client, worker, settings):
    settings.CACHES = {"default": base.CACHES["default"]}
    call_command("createcachetable")
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    assert "DatabaseCache" in settings.CACHES["default"]["BACKEND"]
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000
    for _time in range(5):
        client.post(LOGIN, {"login": worker.email, "password": "fout-wachtwoord-fout"})

    log_in(client, worker)

    assert "_auth_user_id" not in client.session
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_cache")
        assert cursor.fetchone()[0] >= 1


def test_a_team_lead_chooses_on_a_screen(team_lead, client):
    organization = team_lead.memberships.get().organization
    log_in(client, team_lead)
    there = f"/leden/{organization.pk}/deur/"
    assert client.get(there).status_code == 200

    wrong = client.post(there, {"idle_minutes": 90, "session_hours": 8, "emergency_use": "nobody"})
    client.post(there, {"idle_minutes": 10, "session_hours": 8, "emergency_use": "nobody"})

    assert "Schrijf een getal van 5 tot 60." in wrong.content.decode()
    assert stay_of(team_lead) == (10, 8)
    assert organization.door_policy.emergency_use == "nobody"


def test_only_who_manages_chooses(worker, stranger, client):
    organization = worker.memberships.get().organization
    for other, status in ((worker, 403), (stranger, 404)):
        log_in(client, other)

        assert client.get(f"/leden/{organization.pk}/deur/").status_code == status
        client.logout()


def test_a_page_knows_how_long_who_sits_still_may_stay(browser):
    assert 'data-session="15"' in browser.get("/vandaag/").text
    assert "data-session" not in Client().get("/").text
