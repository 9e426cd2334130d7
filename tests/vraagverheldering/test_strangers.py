"""Who is not of the team does not learn that a talk or a card exists, whatever the address and the method."""

import uuid

import pytest

from core.models import AuditEvent
from organisaties.roles import Role
from tests.factories.organisaties import MembershipFactory
from tests.factories.vraagverheldering import ClarifiedQuestionFactory, NextStepFactory
from vraagverheldering.urls import urlpatterns

pytestmark = pytest.mark.django_db
METHODS = ("get", "post", "head", "put", "patch", "delete", "options")
PATHS = (
    "/gesprekken/{talk}/",
    "/gesprekken/{talk}/onderwerp/housing/",
    "/gesprekken/{talk}/samen/housing/",
    "/gesprekken/{talk}/stap/{step}/",
    "/gesprekken/{talk}/rechten/",
    "/gesprekken/{talk}/rechten/antwoorden/",
    "/gesprekken/{talk}/vraag/",
    "/gesprekken/{talk}/vraag/{question}/",
    "/gesprekken/{talk}/overzicht/",
    "/gesprekken/{talk}/breed/",
    "/gesprekken/{talk}/afronden/",
    "/gesprekken/{talk}/heropenen/",
    "/clienten/{card}/",
    "/clienten/{card}/wijzigen/",
)


@pytest.fixture
def known(talk):
    question = ClarifiedQuestionFactory(conversation=talk, client=talk.client)
    step = NextStepFactory(conversation=talk)
    return {"talk": talk.pk, "question": question.pk, "step": step.pk, "card": talk.client_id}


def test_every_address_of_a_talk_is_in_the_table():
    ours = [path for path in PATHS if path.startswith("/gesprekken/{talk}")]

    assert len(ours) == sum("pk" in pattern.pattern.converters for pattern in urlpatterns)


@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_gets_404_everywhere(method, known, stranger, log_in, vocabulary):
    before = AuditEvent.objects.count()
    ask = getattr(log_in(stranger), method)

    found = {path: ask(path.format(**known)).status_code for path in PATHS}

    assert found == dict.fromkeys(PATHS, 404)
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("role", [Role.LISTING_EDITOR, Role.NETWORK_COORDINATOR, Role.DATA_PROTECTION_CONTACT])
def test_a_colleague_who_does_not_work_with_clients_gets_404_too(role, known, organization, log_in):
    colleague = log_in(MembershipFactory(organization=organization, role=role).user)

    assert {colleague.get(path.format(**known)).status_code for path in PATHS} == {404}
    assert "Amina" not in colleague.get("/gesprekken/").text


def test_what_is_not_there_looks_the_same_as_what_is_not_yours(known, page):
    nowhere = dict.fromkeys(known, uuid.uuid4())

    assert {page.get(path.format(**nowhere)).status_code for path in PATHS} == {404}
    assert {page.post(path.format(**nowhere)).status_code for path in PATHS} == {404}


def test_who_is_not_logged_in_is_asked_to(known, visitor):
    for path in (*PATHS, "/gesprekken/", "/gesprekken/nieuw/"):
        answer = visitor.get(path.format(**known))

        assert answer.status_code == 302
        assert answer.url.startswith("/account/login/")


def test_who_left_the_team_sees_nothing_any_more(known, organization, worker, log_in):
    worker.memberships.update(ended_at="2099-01-01T00:00Z")

    assert log_in(worker).get(PATHS[0].format(**known)).status_code == 404
