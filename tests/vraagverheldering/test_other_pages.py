"""Looking along, the question, the steps, the result and the list."""

import uuid

import pytest

from core.models import AuditEvent
from tests.factories.leernetwerk import MethodGuideFactory
from tests.factories.sociale_kaart import ServiceFactory
from tests.factories.vraagverheldering import (
    ClarifiedQuestionFactory,
    ClientWordsFactory,
    ConversationFactory,
    DomainNoteFactory,
    NextStepFactory,
    domain,
    next_week,
)
from vraagverheldering.models import ClarifiedQuestion, Conversation, NextStep

pytestmark = pytest.mark.django_db
LIST_QUERIES = 9


def at(talk, *parts):
    return "/".join(["/gesprekken", str(talk.pk), *parts, ""])


def shown(page, where):
    form = page.get(where).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in values.items() if value is not False}


def test_who_looks_along_sees_own_words_and_nothing_beside_them(page, talk):
    ClientWordsFactory(conversation=talk)
    DomainNoteFactory(conversation=talk, strengths="Alleen voor de werker.")
    NextStepFactory(conversation=talk, what="Een stap voor later")
    MethodGuideFactory(title="Praten als er een datum dreigt", domains=[domain("housing")])
    ServiceFactory(name="Blijven wonen")
    ConversationFactory(organization=talk.organization, worker=talk.worker, client__first_name="Joris")

    words = page.get(at(talk, "samen", "housing")).text

    assert "Dit heb je gezegd" in words
    assert "Ik slaap niet." in words
    assert "Zo schrijft Lotte het op" in words
    for hidden in (
        "Alleen voor de werker",
        "Een stap voor later",
        "Praten als",
        "Blijven wonen",
        "Past hierbij",
        "Joris",
        "Amina kijkt",
    ):
        assert hidden not in words


def test_what_the_person_answers_is_kept(page, talk):
    DomainNoteFactory(conversation=talk)
    where = at(talk, "samen", "housing")

    answer = page.post(where, {**shown(page, where), "agrees": "no", "score": "3", "go": "next"})

    note = talk.notes.get()
    assert answer.url == at(talk, "samen", "income")
    assert (note.agrees, note.score) == (False, 3)
    assert note.wording.startswith("Amina huurt")


def test_rather_not_is_an_ending_and_goes_on(page, talk):
    where = at(talk, "samen", "housing")

    answer = page.post(where, {**shown(page, where), "go": "rather_not"})

    assert answer.url == at(talk, "samen", "income")
    assert talk.notes.get().outcome == "rather_not"


@pytest.mark.parametrize(("code", "go"), [("housing", "done"), ("mobility", "next")])
def test_done_leads_back_to_the_worker(code, go, page, talk):
    where = at(talk, "samen", code)

    assert page.post(where, {**shown(page, where), "go": go}).url == at(talk, "onderwerp", code)


def test_a_quick_talk_goes_on_with_its_question_and_can_be_widened(page, organization, worker):
    talk = ConversationFactory(organization=organization, worker=worker, quick=True)

    assert page.get(at(talk)).url == at(talk, "vraag")
    assert page.post(at(talk, "breed")).url == at(talk)
    assert page.get(at(talk)).status_code == 200


def test_a_question_has_a_goal_and_a_step_with_a_name_and_a_day(page, talk):
    where = at(talk, "vraag")
    data = {
        **shown(page, where),
        "wish": "in haar huis blijven",
        "goal": "Rust.",
        "next_step": "Bellen",
        "go": "result",
    }

    refused = page.post(where, {**data, "who": "", "by_when": ""})
    answer = page.post(where, {**data, "who": "Lotte", "by_when": str(next_week())})

    question = ClarifiedQuestion.objects.get()
    assert set(refused.context["form"].errors) == {"who", "by_when"}
    assert "Bellen" in refused.text
    assert answer.url == at(talk, "overzicht")
    assert (question.goal, question.who, question.by_when) == ("Rust.", "Lotte", next_week())


def test_pausing_saves_a_question_that_was_begun_and_leaves_an_empty_one(page, talk):
    where = at(talk, "vraag")

    empty = page.post(where, {**shown(page, where), "go": "pause"})
    begun = page.post(where, {**shown(page, where), "goal": "Rust.", "go": "pause"})
    whole = page.post(where, {**shown(page, where), "wish": "rust", "go": "pause"})

    assert empty.url == whole.url == "/vandaag/"
    assert "wish" in begun.context["form"].errors
    assert "Rust." in begun.text
    assert ClarifiedQuestion.objects.get().wish == "rust"


def test_two_people_in_one_step_see_both_texts(page, talk, colleague, log_in):
    where = at(talk, "stap", str(NextStepFactory(conversation=talk).pk))
    mine, theirs = shown(page, where), log_in(colleague)
    theirs.post(where, {**shown(theirs, where), "who": "Noor"})

    answer = page.post(where, {**mine, "who": "Amina"})

    (clash,) = answer.context["clashes"]
    assert (clash.who, clash.theirs, clash.mine) == ("Noor", "Noor", "Amina")


def test_a_question_sent_twice_is_one_question(page, talk):
    data = {**shown(page, at(talk, "vraag")), "wish": "in haar huis blijven"}

    page.post(at(talk, "vraag"), data)
    page.post(at(talk, "vraag"), data)

    assert ClarifiedQuestion.objects.count() == 1


def test_each_question_leads_to_the_warm_hand_over(page, talk):
    first, second = (ClarifiedQuestionFactory(conversation=talk, client=talk.client) for _number in range(2))

    words = page.get(at(talk, "vraag")).text

    assert f"/vragen/{first.pk}/zoeken/" in words
    assert f"/vragen/{second.pk}/zoeken/" in words
    assert words.count("button-go") == 1


def test_two_people_in_one_question_see_both_texts(page, talk, colleague, log_in):
    question = ClarifiedQuestionFactory(conversation=talk, client=talk.client, goal="")
    where = at(talk, "vraag", str(question.pk))
    mine, theirs = shown(page, where), log_in(colleague)
    theirs.post(where, {**shown(theirs, where), "goal": "Een huis."})

    answer = page.post(where, {**mine, "goal": "Rust.", "tried": "Alles."})

    (clash,) = answer.context["clashes"]
    question.refresh_from_db()
    assert (clash.who, clash.theirs, clash.mine) == ("Noor", "Een huis.", "Rust.")
    assert (question.goal, question.tried) == ("Een huis.", "Alles.")


def test_a_question_of_another_talk_is_not_there(page, talk):
    other = ClarifiedQuestionFactory()

    assert page.get(at(talk, "vraag", str(other.pk))).status_code == 404


def test_a_step_is_changed_and_taken_away(page, talk):
    step = NextStepFactory(conversation=talk)
    where = at(talk, "stap", str(step.pk))

    page.post(where, {**shown(page, where), "what": "Bellen", "done": "on", "go": "save"})
    changed = NextStep.objects.get()
    page.post(where, {"go": "drop"})

    assert (changed.what, bool(changed.done_at)) == ("Bellen", True)
    assert not NextStep.objects.exists()


def test_a_step_with_a_bad_day_stays_on_the_page(page, talk):
    step = NextStepFactory(conversation=talk)

    answer = page.post(at(talk, "stap", str(step.pk)), {"what": "Bellen", "who": "Lotte", "by_when": "30 februari"})

    assert "30 februari bestaat niet." in answer.text
    assert 'value="Bellen"' in answer.text


def test_the_result_speaks_to_the_person(page, talk):
    talk.good_end = "Dan slaap ik weer."
    talk.save()
    ClientWordsFactory(conversation=talk, domain=None, text="Help mij.")
    ClarifiedQuestionFactory(conversation=talk, client=talk.client)
    NextStepFactory(conversation=talk)
    DomainNoteFactory(conversation=talk, domain=domain("debt"), outcome="later", later_on=next_week())

    words = " ".join(page.get(at(talk, "overzicht")).text.split())

    for part in (
        "Je sprak met Lotte",
        "Dit heb je gezegd",
        "Help mij.",
        "Dan slaap ik weer.",
        "Het lukt als",
        "Wie doet wat?",
        "Hierop komen we later terug",
    ):
        assert part in words
    for worker_word in ("cliënt", "dossier", "doorverwijzing", "hulpvraag"):
        assert worker_word not in words.split('<article class="take-home">')[1].split("</article>")[0].lower()


def test_the_result_says_what_is_missing_and_links_to_it(page, talk):
    DomainNoteFactory(conversation=talk)

    answer = page.get(at(talk, "overzicht"))

    assert "Wonen heeft nog geen vervolg." in answer.text
    assert f"{at(talk, 'onderwerp', 'housing')}#vervolg" in answer.text
    assert "Schrijf eerst op wat Amina wil." in answer.text


def test_the_result_leads_to_what_a_question_misses_and_proposes_the_good_end_as_goal(page, talk):
    talk.good_end = "Dan slaap ik weer."
    talk.save()
    question = ClarifiedQuestionFactory(
        conversation=talk, client=talk.client, wish="rust in huis", goal="", next_step="", who="", by_when=None
    )
    there = at(talk, "vraag", str(question.pk))

    answer = page.get(at(talk, "overzicht"))

    assert f'{there}#id_goal">“rust in huis”. Schrijf op wat er anders is als het lukt.' in answer.text
    assert f"{there}#id_next_step" in answer.text
    proposed = shown(page, there)
    assert [proposed[name] for name in ("goal", "who", "by_when")] == [
        "Dan slaap ik weer.", "Amina en Lotte samen", str(next_week())
    ]  # fmt: skip
    question.refresh_from_db()
    assert question.goal == ""


def test_a_question_that_only_holds_what_we_proposed_is_not_kept_by_a_pause(page, talk):
    talk.good_end = "Dan slaap ik weer.\nEn de kinderen ook."
    talk.save()

    answer = page.post(at(talk, "vraag"), {**shown(page, at(talk, "vraag")), "go": "pause"})

    assert answer.status_code == 302
    assert not talk.questions.exists()


def test_finishing_too_early_says_why_and_changes_nothing(page, talk):
    answer = page.post(at(talk, "afronden"), follow=True)

    assert "Schrijf eerst op wat Amina wil." in answer.text
    assert Conversation.objects.get().finished_at is None


def test_a_talk_is_finished_and_taken_up_again(page, talk):
    ClarifiedQuestionFactory(conversation=talk, client=talk.client)

    finished = page.post(at(talk, "afronden"), follow=True)
    assert "Neem het gesprek weer op" in finished.text
    assert Conversation.objects.get().finished_at

    page.post(at(talk, "heropenen"))
    assert Conversation.objects.get().finished_at is None


def test_finishing_twice_says_that_a_colleague_did_it(page, talk):
    ClarifiedQuestionFactory(conversation=talk, client=talk.client)
    page.post(at(talk, "afronden"))

    answer = page.post(at(talk, "afronden"), follow=True)

    assert "afgerond" in answer.text
    assert AuditEvent.objects.filter(action="conversation.finished").count() == 1


def test_the_list_shows_open_talks_of_the_own_team_only(page, talk, organization, colleague):
    ConversationFactory(organization=organization, worker=colleague, client__first_name="Joris")
    ConversationFactory(client__first_name="Elders")
    ConversationFactory(organization=organization, worker=colleague, client__first_name="Greta", finished=True)

    opened, finished = page.get("/gesprekken/").text, page.get("/gesprekken/", {"toon": "afgerond"}).text

    assert "Gesprek met Amina" in opened
    assert "Gesprek met Joris" in opened
    assert "Elders" not in opened + finished
    assert "Greta" not in opened
    assert "Gesprek met Greta" in finished


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_one_and_thirty_talks(rows, page, organization, worker, django_assert_num_queries):
    for _number in range(rows):
        talk = ConversationFactory(organization=organization, worker=worker)
        ClarifiedQuestionFactory(conversation=talk, client=talk.client)
    page.get("/gesprekken/")

    with django_assert_num_queries(LIST_QUERIES):
        answer = page.get("/gesprekken/")

    assert answer.context["open_count"] == rows


def test_a_long_list_has_pages(page, organization, worker):
    for _number in range(26):
        ConversationFactory(organization=organization, worker=worker)

    assert len(page.get("/gesprekken/").context["page"]) == 25
    assert len(page.get("/gesprekken/", {"page": 2}).context["page"]) == 1
    assert page.get("/gesprekken/", {"page": "veel"}).status_code == 200


def test_a_key_of_a_form_that_is_no_key_counts_as_new(page, talk):
    data = {**shown(page, at(talk, "vraag")), "wish": "rust", "form_key": "geen sleutel"}

    assert page.post(at(talk, "vraag"), data).status_code == 302
    assert isinstance(ClarifiedQuestion.objects.get().form_key, uuid.UUID)
