"""A colleague says in two presses what is wrong on a listing; who keeps it answers, and the colleague is thanked."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.db.models.signals import post_init
from django.utils import timezone

from core.errors import NotAllowed
from organisaties.actions import sync_groups
from organisaties.roles import Role
from sociale_kaart import corrections
from sociale_kaart.models import Correction
from sociale_kaart.models.correction import Outcome, Part
from tests.factories.organisaties import MembershipFactory, OrganizationFactory, UserFactory
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db

# As for the list of listings without any.
QUERIES = 12


@pytest.fixture
def house(vocabulary):
    return OrganizationFactory(name="De Blauwe Deur")


@pytest.fixture
def service(house):
    return ServiceFactory(name="Blijven wonen", organization=house)


@pytest.fixture
def keeper(house):
    user = MembershipFactory(organization=house, role=Role.LISTING_EDITOR, user__email="noor@blauwedeur.example").user
    sync_groups(user)
    return user


def address(service):
    return f"{service.get_absolute_url()}verbetering/"


def tell(service, worker, **more):
    return corrections.tell(service, **({"part": Part.HOURS, "text": "Vrijdag tot 12 u.", "by": worker} | more))


def test_two_presses_tell_who_keeps_the_listing(log_in, worker, service, keeper, django_capture_on_commit_callbacks):
    colleague = log_in(worker)
    assert f'href="{address(service)}"' in colleague.get(service.get_absolute_url()).content.decode()
    assert 'name="part" value="hours"' in colleague.get(address(service)).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        answer = colleague.post(address(service), {"part": "hours"}, follow=True)

    assert "<strong>Dank je.</strong> De Blauwe Deur kijkt het na." in answer.content.decode()
    said = Correction.objects.get()
    assert (said.part, said.by, said.organization.name) == ("hours", worker, "Sociaal Huis Pannenhoek")
    assert [(one.to, one.subject) for one in mail.outbox] == [([keeper.email], "Klopt Blijven wonen nog?")]
    assert worker.email not in mail.outbox[0].body


def test_a_visitor_writes_a_mail_and_finds_no_form(client, service):
    assert 'href="mailto:' in client.get(service.get_absolute_url()).content.decode()
    assert client.get(address(service)).status_code == 302


def test_who_works_for_no_partner_cannot_tell(log_in, service):
    assert log_in(UserFactory()).post(address(service), {"part": "hours"}).status_code == 403
    assert not Correction.objects.exists()


def test_what_cannot_be_seen_cannot_be_corrected(log_in, worker, house):
    hidden = ServiceFactory(organization=house, live=False)

    assert log_in(worker).get(address(hidden)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"part": "other", "text": ""}, "Zeg wat er niet klopt."),
        ({"part": "hours", "text": "vraag naar 85.07.30-033.28"}, "rijksregisternummer"),
        ({"part": "everything", "text": "Klopt niet"}, "Klopt niet"),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(log_in, worker, service, typed, sentence):
    page = log_in(worker).post(address(service), typed)

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert typed["text"] in page.content.decode()
    assert not Correction.objects.exists()


def test_who_tells_the_same_twice_waits_once(worker, service, keeper, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell(service, worker, text="")
        tell(service, worker, text="Vrijdag tot 13 u.")
        tell(service, worker, part=Part.COST, text="")

    assert list(Correction.objects.values_list("part", "text")) == [("hours", "Vrijdag tot 13 u."), ("cost", "")]
    assert len(mail.outbox) == 2


def test_without_a_keeper_the_coordinators_hear_it(worker, coordinator, service, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell(service, worker)

    assert [one.to for one in mail.outbox] == [[coordinator.email]]


@pytest.mark.parametrize(
    ("outcome", "subject", "credit"),
    [
        (Outcome.ADOPTED, "Dank je: Blijven wonen is aangepast", True),
        (Outcome.STANDS, "Blijven wonen klopte al", False),
    ],
)
def test_the_keeper_answers_and_the_colleague_hears_it(
    log_in, worker, service, keeper, outcome, subject, credit, django_capture_on_commit_callbacks
):
    said = tell(service, worker)
    editor = log_in(keeper)
    page = editor.get("/fiches/").content.decode()
    assert "1 verbetering van een collega" in page
    assert "Vrijdag tot 12 u." in page
    assert "Sociaal Huis Pannenhoek" in page

    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            editor.post(f"/fiches/verbetering/{said.pk}/", {"outcome": outcome})

    said.refresh_from_db()
    assert (said.outcome, said.text) == (outcome, "")
    assert [(one.to, one.subject) for one in mail.outbox] == [([worker.email], subject)]
    assert "verbetering van een collega" not in editor.get("/fiches/").content.decode()
    thanks = "Verbeterd dankzij Lotte"
    assert (thanks in log_in(worker).get(service.get_absolute_url()).content.decode()) is credit


def test_a_visitor_does_not_read_the_name_of_a_colleague(client, worker, service, keeper):
    corrections.close(tell(service, worker), outcome=Outcome.ADOPTED, by=keeper)

    assert "dankzij" not in client.get(service.get_absolute_url()).content.decode()


def test_nobody_answers_for_the_listings_of_another(log_in, worker, stranger, service, organization):
    said = tell(service, worker)
    other = MembershipFactory(organization=organization, role=Role.LISTING_EDITOR).user
    sync_groups(other)

    for person in (worker, stranger, other):
        assert log_in(person).post(f"/fiches/verbetering/{said.pk}/", {"outcome": "adopted"}).status_code == 404
        with pytest.raises(NotAllowed):
            corrections.close(said, outcome=Outcome.ADOPTED, by=person)
    assert "Vrijdag tot 12 u." not in log_in(other).get("/fiches/").content.decode()
    assert Correction.objects.open().count() == 1


def test_an_answer_that_is_none_answers_nothing(log_in, worker, service, keeper):
    said = tell(service, worker)

    assert log_in(keeper).post(f"/fiches/verbetering/{said.pk}/", {}).status_code == 400
    assert Correction.objects.open().count() == 1


def test_words_that_come_while_the_keeper_answers_are_not_kept(worker, service, keeper):
    said = tell(service, worker)

    def answered_first(sender, instance, **_rest):
        corrections.close(instance, outcome=Outcome.STANDS, by=keeper)

    post_init.connect(answered_first, sender=Correction)
    try:
        tell(service, worker, text="Vrijdag tot 13 u.")
    finally:
        post_init.disconnect(answered_first, sender=Correction)

    said.refresh_from_db()
    assert (said.outcome, said.text) == ("stands", "")


def test_the_day_of_who_keeps_listings_counts_them(log_in, worker, service, keeper):
    tell(service, worker)

    assert "1 verbetering van een collega wacht op jou" in log_in(keeper).get("/vandaag/").content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_day_of_a_keeper_who_handles_questions_too_counts_them_in_one_query(
    log_in, worker, service, keeper, house, rows, django_assert_num_queries
):
    MembershipFactory(user=keeper, organization=house, role=Role.FRONTLINE_WORKER)
    for n in range(rows):
        tell(ServiceFactory(organization=house, name=f"Dienst {n}"), worker)
    tell(ServiceFactory(name="Elders"), worker)
    words = "1 verbetering van een collega wacht" if rows == 1 else "30 verbeteringen van collega’s wachten"

    page = log_in(keeper).get("/vandaag/").content.decode()

    assert f"<strong>{words} op jou.</strong>" in page
    assert 'href="/fiches/#verbeteringen"' in page
    assert "van een collega" not in log_in(worker).get("/vandaag/").content.decode()
    with django_assert_num_queries(1):
        assert corrections.waiting_for(keeper) == rows


def test_who_coordinates_and_handles_questions_hears_of_every_listing(worker, service, coordinator):
    tell(service, worker)

    assert (corrections.waiting_for(coordinator), corrections.waiting_for(worker)) == (1, 0)


def test_the_database_keeps_no_words_of_what_was_answered(worker, service):
    said = tell(service, worker)

    with pytest.raises(IntegrityError, match="has_an_outcome_and_no_words"), transaction.atomic():
        Correction.objects.filter(pk=said.pk).update(closed_at=timezone.now(), outcome=Outcome.STANDS)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(
    log_in, service, keeper, worker, rows, django_assert_num_queries
):
    for n in range(rows):
        tell(ServiceFactory(organization=service.organization, name=f"Dienst {n}"), worker)
    editor = log_in(keeper)

    with django_assert_num_queries(QUERIES):
        page = editor.get("/fiches/")

    assert page.context["waiting"] == rows
    assert len(page.context["corrections"]) == min(rows, 10)
