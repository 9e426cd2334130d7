"""One life domain on screen: what it shows, what it refuses, and where each button leads."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent
from core.privacy import NATIONAL_NUMBER_MESSAGE
from organisaties.actions import sync_groups
from tests.factories.leernetwerk import MethodGuideFactory
from tests.factories.sociale_kaart import ServiceFactory
from tests.factories.vraagverheldering import (
    ClarifiedQuestionFactory,
    ClientWordsFactory,
    DomainNoteFactory,
    NextStepFactory,
    domain,
    next_week,
)
from vraagverheldering import actions
from vraagverheldering.models import ClientWords, DomainNote, NextStep

pytestmark = pytest.mark.django_db
SUBJECT_QUERIES = 23


def url(talk, code="housing"):
    return f"/gesprekken/{talk.pk}/onderwerp/{code}/"


def shown(page, talk, code="housing"):
    """Give what an open form holds, as a browser would post it."""
    form = page.get(url(talk, code)).context["form"]
    return {name: "" if form[name].value() is None else str(form[name].value()) for name in form.fields}


def post(page, talk, data, code="housing", **more):
    return page.post(url(talk, code), {**data, **more})


def test_strengths_come_first_then_words_scale_and_ending(page, talk):
    ClientWordsFactory(conversation=talk)

    words = page.get(url(talk)).text

    order = [
        "1. Wonen",
        "Wat gaat goed?",
        "In de woorden van Amina",
        "Jouw verwoording",
        "Amina kiest zelf",
        "Wat doen we hiermee?",
    ]
    places = [words.index(part) for part in order]
    assert places == sorted(places)


def test_all_fifteen_domains_stand_at_the_left_and_none_is_touched(page, talk):
    answer = page.get(url(talk))

    assert len(answer.context["subjects"]) == 15
    assert {subject.state for subject in answer.context["subjects"]} == {""}
    assert "0 besproken" in answer.text


def test_what_a_coordinator_writes_of_a_domain_is_what_the_talk_asks(page, talk, coordinator, log_in):
    sync_groups(coordinator)
    editor, edit = log_in(coordinator), reverse("wagtailsnippets_sociale_kaart_lifedomain:edit", args=["housing"])
    form = editor.get(edit).context["form"]
    written = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}

    editor.post(edit, written | {"name": "Waar je woont", "questions": "Hoe warm is het bij je thuis?"})

    asked = page.get(url(talk)).content.decode()
    assert "Waar je woont" in asked and "Hoe warm is het bij je thuis?" in asked


def test_everything_typed_is_saved_whatever_button_moves_on(page, talk):
    for go in ("to:debt", "skip", "along", "question", "pause", "save"):
        data = shown(page, talk)
        answer = post(page, talk, data, strengths=f"Goede buren, {go}.", go=go)

        assert answer.status_code == 302, go
        assert talk.notes.get().strengths == f"Goede buren, {go}."


@pytest.mark.parametrize(
    ("go", "where"),
    [
        ("to:debt", "onderwerp/debt/"),
        ("to:no-such", "onderwerp/income/"),
        ("skip", "onderwerp/income/"),
        ("along", "samen/housing/"),
        ("question", "vraag/"),
        ("rights", "rechten/"),
        ("result", "overzicht/"),
        ("", "onderwerp/housing/"),
    ],
)
def test_each_button_leads_where_it_says(go, where, page, talk):
    answer = post(page, talk, shown(page, talk), go=go)

    assert answer.url == f"/gesprekken/{talk.pk}/{where}"


def test_after_the_last_domain_comes_the_question(page, talk):
    answer = post(page, talk, shown(page, talk, "mobility"), "mobility", go="next")

    assert answer.url == f"/gesprekken/{talk.pk}/vraag/"


def test_pausing_keeps_everything_and_leads_to_the_day(page, talk):
    answer = post(page, talk, shown(page, talk), wording="Huurt privé.", go="pause")

    assert answer.url == "/vandaag/"
    assert talk.notes.get().wording == "Huurt privé."


def test_next_says_what_is_missing_and_stays(page, talk):
    data = shown(page, talk)
    answer = post(page, talk, data, wording="Huurt privé.", go="next")

    there = page.get(answer.url.split("#")[0])
    assert answer.url == f"{url(talk)}?vervolg#vervolg"
    assert "Wonen heeft nog geen vervolg." in there.text
    assert "Eerst: wat doen we ermee?" in there.text
    assert talk.notes.get().wording == "Huurt privé."


def test_an_action_without_a_step_is_no_ending_either(page, talk):
    data = shown(page, talk)
    answer = post(page, talk, data, outcome="action", go="next")

    assert "Eerst: wie doet wat?" in page.get(answer.url.split("#")[0]).text


def test_with_an_ending_next_goes_on(page, talk):
    answer = post(page, talk, shown(page, talk), wording="Huurt privé.", outcome="nothing", go="next")

    assert answer.url == url(talk, "income")


def test_skipping_is_always_possible_and_leaves_the_mark(page, talk):
    post(page, talk, shown(page, talk), wording="Huurt privé.", go="skip")

    marks = {subject.part.code: subject.state for subject in page.get(url(talk, "income")).context["subjects"]}
    assert marks["housing"] == "open"


def test_words_are_added_and_shown_without_a_field_to_change_them(page, talk):
    post(page, talk, shown(page, talk), new_words="Ik slaap niet.", go="words")

    answer = page.get(url(talk))
    assert ClientWords.objects.get().domain_id == "housing"
    assert "Ik slaap niet." in answer.text
    assert not answer.context["form"]["new_words"].value()


def test_words_sent_twice_are_added_once(page, talk):
    data = {**shown(page, talk), "new_words": "Ik slaap niet.", "go": "words"}

    post(page, talk, data)
    post(page, talk, data)

    assert ClientWords.objects.count() == 1


def test_a_step_needs_a_name_and_a_day(page, talk):
    answer = post(page, talk, shown(page, talk), step_what="Bellen", step_who="", step_by="", go="step")

    assert set(answer.context["form"].errors) == {"step_who", "step_by"}
    assert 'value="Bellen"' in answer.text
    assert not NextStep.objects.exists()


def test_a_step_ends_the_domain_and_stands_in_the_list(page, talk):
    answer = post(
        page, talk, shown(page, talk), step_what="Bellen", step_who="Lotte", step_by=str(next_week()), go="step"
    )

    assert answer.url.endswith("#stappen")
    assert talk.notes.get().outcome == "action"
    assert "Bellen" in page.get(url(talk)).text


def test_a_step_that_was_typed_but_not_added_is_added_by_moving_on(page, talk):
    post(page, talk, shown(page, talk), step_what="Bellen", step_who="Lotte", step_by=str(next_week()), go="next")

    assert NextStep.objects.get().what == "Bellen"


def test_later_asks_for_a_day(page, talk):
    answer = post(page, talk, shown(page, talk), outcome="later", later_on="", go="next")

    assert list(answer.context["form"].errors) == ["later_on"]


def test_a_day_that_does_not_exist_is_said_in_words(page, talk):
    answer = post(page, talk, shown(page, talk), outcome="later", later_on="31 november", go="next")

    assert "31 november bestaat niet. Kies een andere dag." in answer.text
    assert 'value="31 november"' in answer.text


def test_a_day_that_is_over_is_refused(page, talk):
    yesterday = timezone.localdate() - timedelta(days=1)

    answer = post(page, talk, shown(page, talk), outcome="later", later_on=str(yesterday), go="next")

    assert "later_on" in answer.context["form"].errors


def test_a_national_number_is_refused_at_the_field_and_stays_there(page, talk):
    texts = ("strengths", "wording", "new_words", "step_what", "step_who")

    answer = post(page, talk, shown(page, talk), **dict.fromkeys(texts, "nummer 90.01.01-123.45"), go="next")

    errors = answer.context["form"].errors
    assert {tuple(errors[field]) for field in texts} == {(str(NATIONAL_NUMBER_MESSAGE),)}
    assert answer.text.count("90.01.01-123.45") == len(texts)
    assert not DomainNote.objects.exists()


def test_a_text_that_is_too_long_is_said_and_kept_whole(page, talk):
    long = "lang verhaal " * 400

    answer = post(page, talk, shown(page, talk), wording=long, go="next")

    assert "hoogstens 2000 tekens" in answer.context["form"].errors["wording"][0]
    assert long.strip() in answer.text


def test_html_is_shown_as_text(page, talk):
    ClientWordsFactory(conversation=talk, text="<img src=x onerror=alert(1)>")
    DomainNoteFactory(conversation=talk, wording="<script>alert(1)</script>")

    words = page.get(url(talk)).text

    assert "<img src=x" not in words
    assert "<script>alert(1)" not in words


def test_what_was_chosen_can_be_taken_back(page, talk):
    DomainNoteFactory(conversation=talk, outcome="nothing", score=4)

    post(page, talk, shown(page, talk), go="clear")

    note = talk.notes.get()
    assert (note.outcome, note.score) == ("", None)
    assert note.wording.startswith("Amina huurt")


def test_a_service_beside_the_domain_becomes_a_step_once(page, talk):
    service = ServiceFactory(name="Blijven wonen")
    data = {**shown(page, talk), "go": f"service:{service.pk}"}

    post(page, talk, data)
    post(page, talk, data)

    step = NextStep.objects.get()
    assert (step.kind, step.what, step.service) == ("service", "Blijven wonen", service)
    assert step.who == "Amina en Lotte samen"


def test_a_service_that_is_not_public_becomes_no_step(page, talk):
    hidden = ServiceFactory(live=False)

    answer = post(page, talk, shown(page, talk), go=f"service:{hidden.pk}")

    assert answer.status_code == 404
    assert not NextStep.objects.exists()


def test_the_two_minute_card_stands_beside_its_domain(page, talk):
    MethodGuideFactory(title="Praten als er een datum dreigt", domains=[domain("housing")])

    assert "Praten als er een datum dreigt" in page.get(url(talk)).text
    assert "Praten als er een datum dreigt" not in page.get(url(talk, "debt")).text


def test_help_lines_stand_by_the_domains_that_ask_for_them(page, talk):
    assert "tel:1813" in page.get(url(talk, "mind")).text
    assert "tel:1813" not in page.get(url(talk, "mobility")).text


def test_a_question_about_the_domain_stands_among_its_steps(page, talk):
    question = ClarifiedQuestionFactory(conversation=talk, client=talk.client)

    answer = page.get(url(talk))

    assert f"Amina wil {question.wish}" in answer.text
    assert answer.context["here"].state == "action"


def test_a_finished_talk_leads_to_its_result(page, talk, worker):
    ClarifiedQuestionFactory(conversation=talk, client=talk.client, domain=None)
    actions.finish(talk, by=worker)

    assert page.get(url(talk)).url == f"/gesprekken/{talk.pk}/overzicht/"
    assert page.get(f"/gesprekken/{talk.pk}/").url == f"/gesprekken/{talk.pk}/overzicht/"


def test_reading_a_domain_is_written_down_without_content(page, talk, worker):
    page.get(url(talk))

    line = AuditEvent.objects.order_by("sequence").last()
    assert (line.action, line.actor, line.details) == ("conversation.read", str(worker.pk), {"page": "housing"})


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_for_one_and_thirty_rows(rows, page, talk, django_assert_num_queries):
    note = DomainNoteFactory(conversation=talk)
    for _number in range(rows):
        ClientWordsFactory(conversation=talk)
        NextStepFactory(conversation=talk, note=note, service=ServiceFactory())
        ClarifiedQuestionFactory(conversation=talk, client=talk.client)
    page.get(url(talk))

    with django_assert_num_queries(SUBJECT_QUERIES):
        answer = page.get(url(talk))

    assert len(answer.context["steps"]) == rows


def test_the_opening_takes_free_words_and_a_good_end(page, talk):
    form = page.get(f"/gesprekken/{talk.pk}/").context["form"]
    data = {name: form[name].value() or "" for name in form.fields}

    answer = page.post(
        f"/gesprekken/{talk.pk}/", {**data, "new_words": "Help mij.", "good_end": "Dan slaap ik.", "go": "next"}
    )

    talk.refresh_from_db()
    assert answer.url == url(talk)
    assert talk.good_end == "Dan slaap ik."
    assert talk.words.get().domain is None


def test_an_unknown_domain_is_not_there(page, talk):
    assert page.get(url(talk, "no-such")).status_code == 404
    assert page.post(url(talk, "no-such"), {"form_key": str(uuid.uuid4())}).status_code == 404
