"""The read log for the data-protection contact: who looked, as a page and as files that prove themselves."""

import csv
import inspect
import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from clienten import read_log, reading
from clienten.read_log_views import PAGES
from core import audit, jobs
from core.models import AuditEvent
from organisaties.roles import Role
from tests.factories.clienten import ClientCardFactory
from tests.factories.organisaties import MembershipFactory, OrganizationFactory, UserFactory
from tests.factories.vraagverheldering import ConversationFactory
from tests.proof import proven

pytestmark = pytest.mark.django_db
# What only takes an answer shows nothing, and never stands in the log.
ONLY_DO = {
    "accept", "back_to_choices", "cancel", "choose", "close", "decline", "finish", "handled", "keep", "let_go",
    "message", "plain_again", "refuse", "reopen", "settle", "start", "tell_use", "widen", "write",
}  # fmt: skip


@pytest.fixture
def house():
    return OrganizationFactory(name="Sociaal Huis Pannenhoek", worker=UserFactory(first_name="Lotte", last_name="Maes"))


@pytest.fixture
def privacy(house):
    return MembershipFactory(organization=house, role=Role.DATA_PROTECTION_CONTACT).user


def look(house, times=1):
    """Let Lotte open a card."""
    card = ClientCardFactory(organization=house, first_name="KANARIE")
    lotte = house.memberships.filter(role=Role.FRONTLINE_WORKER).first().user
    for _time in range(times):
        reading.note(card, by=lotte, organization=house, page="card")
    return card


def damage(sequence, monkeypatch):
    """Let the chain find another digest than was written, as after a change behind our back."""
    right = audit._digest
    monkeypatch.setattr(audit, "_digest", lambda event: "0" * 64 if event.sequence == sequence else right(event))


@pytest.mark.parametrize("times", [1, 30])
def test_the_page_tells_who_looked_in_a_fixed_number_of_queries(
    log_in, house, privacy, times, django_assert_max_num_queries
):
    look(house, times)
    browser = log_in(privacy)

    with django_assert_max_num_queries(24):
        page = browser.get(f"/gegevens/leeslog/{house.pk}/").content.decode()

    assert page.count("Lotte Maes") == times
    assert "KANARIE" not in page


def test_only_who_answers_for_the_data_sees_it(log_in, house, privacy):
    worker = house.memberships.filter(role=Role.FRONTLINE_WORKER).first().user
    at = f"/gegevens/leeslog/{house.pk}/"

    for user in (worker, MembershipFactory(role=Role.DATA_PROTECTION_CONTACT).user):
        browser = log_in(user)
        assert {browser.get(at + path).status_code for path in ("", "bestand/csv/", "bestand/json/")} == {404}


def test_the_files_hold_the_same_lines_with_their_hashes(log_in, house, privacy):
    card = look(house, 2)
    look(OrganizationFactory(worker=UserFactory()))
    browser = proven(log_in(privacy))

    told = browser.get(f"/gegevens/leeslog/{house.pk}/bestand/json/")
    table = browser.get(f"/gegevens/leeslog/{house.pk}/bestand/csv/")

    proof = json.loads(told.content)
    rows = list(csv.DictReader(io.StringIO(table.content.decode())))
    assert told["Content-Disposition"] == 'attachment; filename="leeslog.json"'
    assert rows == proof["lines"]
    assert [(row["subject_id"], row["person"], row["page"]) for row in rows] == [
        (str(card.pk), "Lotte Maes", "card")
    ] * 2
    assert rows[1]["previous"] == rows[0]["digest"]
    assert (proof["chain"]["whole"], proof["chain"]["faults"]) == (True, [])
    assert AuditEvent.objects.filter(action="readlog.exported", actor=str(privacy.pk)).count() == 2


def test_a_day_that_is_asked_holds_that_day_only(house):
    look(house)
    today = timezone.localdate()

    assert read_log.lines(house, since=today, until=today).count() == 1
    assert not read_log.lines(house, since=today + timedelta(days=1), until=None).exists()
    assert not read_log.lines(house, since=None, until=today - timedelta(days=1)).exists()


def test_a_broken_chain_is_told_to_the_contact_to_the_operator_and_in_the_file(
    log_in, operator, house, privacy, monkeypatch, tmp_path
):
    look(house, 3)
    damage(2, monkeypatch)
    job = next(job for job in jobs.all_jobs() if job.name == read_log.NIGHTLY)
    assert job.nightly
    with pytest.raises(jobs.JobFailedError):
        jobs.run(job)

    assert "keten is stuk" in log_in(privacy).get(f"/gegevens/leeslog/{house.pk}/").content.decode()
    assert "regel 2" in log_in(operator).get("/gezondheid/").content.decode()
    with pytest.raises(CommandError, match="niet heel"):
        call_command("read_log", house.pk, out=tmp_path / "log.json")
    assert json.loads((tmp_path / "log.json").read_text())["chain"]["faults"] == ["regel 2: is veranderd"]


def test_a_cell_runs_nothing_in_a_spreadsheet(house):
    event = AuditEvent(sequence=1, at=timezone.now(), action="client.read", actor="=1+1", details={}, subject_id="x")

    assert "'=1+1" in read_log.as_csv([event])


def test_a_topic_of_a_talk_is_no_code_for_who_reads_the_log(log_in, house, privacy):
    lotte = house.memberships.filter(role=Role.FRONTLINE_WORKER).first().user
    talk = ConversationFactory(client=ClientCardFactory(organization=house))
    reading.note(talk, by=lotte, organization=house, page="housing")

    page = log_in(privacy).get(f"/gegevens/leeslog/{house.pk}/").content.decode()

    assert "onderwerp" in page
    assert "housing" not in page


def test_every_page_that_is_written_down_has_words_for_who_reads_the_log():
    wordless = set()
    for pattern in every_pattern(get_resolver().url_patterns):
        view = inspect.unwrap(pattern.callback, stop=lambda one: getattr(one, "logs_reading", False))
        if getattr(view, "logs_reading", False) and view.__name__ not in {*PAGES, *ONLY_DO}:
            wordless.add(view.__name__)

    assert not wordless, "Name these pages in clienten.read_log_views.PAGES, or here when they only take an answer."


def every_pattern(patterns):
    for one in patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from every_pattern(one.url_patterns)
