"""What every answer gets: closed doors in the browser, the editors' own policy, and a refusal as a page."""

import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from core.errors import NotAllowed, Refusal
from tests.factories.leernetwerk import MethodGuideFactory
from tests.factories.organisaties import UserFactory

pytestmark = pytest.mark.django_db
PUBLIC = "/componenten/"
EDITORS = "/beheer/"


@login_not_required
def refuses(request: HttpRequest) -> HttpResponse:
    """Say no."""
    raise NotAllowed("Alleen Huurhulp De Blauwe Deur kan dit bevestigen.")


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    """Forget to catch a rule."""
    raise Refusal(request.GET.get("said", "Een regel zegt nee."))


@login_not_required
def repeats(request: HttpRequest, said: str = "") -> HttpResponse:
    """Say back what came in."""
    return HttpResponse("|".join((said, request.GET.get("q", ""), request.POST.get("q", ""))))


# The site with two pages that go wrong, and one that repeats.
urlpatterns = [
    path("nee/", refuses),
    path("stuk/", breaks),
    path("echo/", repeats),
    path("echo/<str:said>/", repeats),
    path("", include("config.urls")),
]
handler500 = "core.views.server_error"


def policy(response):
    """Read the content policy as a mapping."""
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {words[0]: words[1:] for words in parts if words}


@pytest.fixture
def operator_browser(log_in, operator):
    """Give the browser of who runs the installation."""
    return log_in(operator)


@pytest.mark.parametrize("address", [PUBLIC, "/account/login/", "/bestaat-niet/", "/healthz/"])
def test_every_answer_closes_the_doors_we_never_use(client, address):
    response = client.get(address)

    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "Content-Security-Policy" in response


def test_a_page_runs_only_our_own_script_and_style(client):
    rules = policy(client.get(PUBLIC))

    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == ["'self'"]
    assert rules["style-src"] == ["'self'"]
    assert rules["frame-ancestors"] == ["'none'"]
    assert "unsafe" not in str(rules)


def test_only_the_editors_screens_allow_inline_script(operator_browser):
    rules = policy(operator_browser.get(EDITORS))

    assert rules["script-src"] == ["'self'", "'unsafe-inline'"]
    assert rules["frame-ancestors"] == ["'self'"]
    assert rules["default-src"] == ["'none'"]
    assert rules["form-action"] == ["'self'"]


def test_a_preview_may_stand_in_the_editors_frame(operator_browser):
    guide = MethodGuideFactory(draft=True)

    response = operator_browser.get(f"/beheer/pages/{guide.pk}/view_draft/")

    assert response.status_code == 200
    assert policy(response)["frame-ancestors"] == ["'self'"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("address", [PUBLIC, "/zoeken/", "/beheerder/", "/account/login/"])
def test_no_other_page_gets_the_editors_policy(operator_browser, address):
    assert "unsafe" not in operator_browser.get(address)["Content-Security-Policy"]


def test_a_private_page_stays_out_of_every_cache(log_in):
    response = log_in(UserFactory()).get(PUBLIC)

    assert response["Cache-Control"] == "no-store, private"


def test_a_public_page_may_be_kept(client):
    assert "no-store" not in client.get(PUBLIC).get("Cache-Control", "")


@pytest.mark.urls(__name__)
def test_a_refusal_becomes_a_page_with_its_reason(client):
    response = client.get("/nee/")

    assert response.status_code == 403
    assert "Alleen Huurhulp De Blauwe Deur kan dit bevestigen." in response.content.decode()


@pytest.mark.urls(__name__)
def test_a_rule_that_nobody_caught_is_a_fault(client):
    with pytest.raises(Refusal):
        client.get("/stuk/")


@pytest.mark.urls(__name__)
def test_a_fault_is_a_page_that_tells_a_code_which_finds_its_kind_and_place_in_the_log(caplog):
    response = Client(raise_request_exception=False).get("/stuk/")

    page = response.content.decode()
    assert response.status_code == 500
    assert "Een regel zegt nee." not in page
    (code,) = re.findall(r"deze code: ([A-Z0-9]{3}-[A-Z0-9]{3})", page)
    (told,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert told.startswith(f"fault {code} in {__name__}.breaks: Refusal")
    assert "test_middleware.py" in told
    assert "/stuk/" not in caplog.text


@pytest.mark.urls(__name__)
def test_what_a_fault_says_of_itself_may_be_what_somebody_typed_and_stays_out_of_the_log(caplog):
    Client(raise_request_exception=False).get("/stuk/", {"said": "Amina is bang."})

    assert "Amina" not in caplog.text


@pytest.mark.parametrize(
    ("address", "above"),
    [
        ("/account/sessions/7/afmelden/", "/account/sessions/"),
        ("/account/sessions/afmelden/", "/account/sessions/"),
        ("/zoeken/hier/", "/zoeken/"),
        ("/leden/huis/uitnodiging/5e8f1c1e-6f0e-4d0e-9d0e-0d3c7a1b2c3d/opnieuw/", "/leden/huis/"),
        ("/meetekenen/5e8f1c1e-6f0e-4d0e-9d0e-0d3c7a1b2c3d/", "/meetekenen/"),
    ],
)
def test_the_address_of_a_button_is_a_page_that_says_where_to_go(log_in, address, above):
    response = log_in(UserFactory()).get(address, headers={"Accept": "text/html"})

    page = response.content.decode()
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "Hier staat geen pagina" in page
    assert f'class="button button-go" href="{above}"' in page


def test_a_button_that_stands_on_many_pages_leads_to_today(log_in):
    page = log_in(UserFactory()).get("/bewaarde-zoekvragen/bewaren/", headers={"Accept": "text/html"}).content.decode()

    assert "Hier staat geen pagina" in page
    assert 'class="button button-bare" href="/vandaag/"' in page
    assert "button-go" not in page


def test_a_machine_hears_without_a_page_that_an_address_takes_no_get(log_in):
    response = log_in(UserFactory()).get("/zoeken/hier/", headers={"Accept": "application/json"})

    assert (response.status_code, response.content) == (405, b"")


def test_a_form_without_its_secret_is_refused_in_words():
    response = Client(enforce_csrf_checks=True).post("/weergave/", {"theme": "dark"})

    assert response.status_code == 403
    assert "CSRF" not in response.content.decode()
    assert "<h1" in response.content.decode()


@pytest.mark.urls("tests.core.test_middleware")
def test_a_nul_gets_no_further_than_the_door(client):
    assert client.get("/echo/a%00b/?q=c%00d").content == b"ab|cd|"

    form = "q=e%00f"
    answer = client.post("/echo/", form, content_type="application/x-www-form-urlencoded")
    assert answer.content == b"||ef"


@pytest.mark.parametrize("address", ["/dienst/%00/", "/organisaties/%00/", "/zoeken/thema/%00/", "/c/%00/"])
def test_an_address_with_a_nul_is_never_a_fault(client, address):
    assert client.get(address).status_code in {301, 302, 404}
