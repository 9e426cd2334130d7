"""A page that saves itself while someone writes, and two people who have it open."""

import re

import pytest

from tests.factories.vraagverheldering import ClarifiedQuestionFactory, DomainNoteFactory
from vraagverheldering import actions
from vraagverheldering.models import ClientWords, DomainNote, NextStep

pytestmark = pytest.mark.django_db


def url(talk, code="housing"):
    return f"/gesprekken/{talk.pk}/onderwerp/{code}/"


def shown(page, talk, code="housing"):
    """Give what an open form holds, as a browser would post it."""
    form = page.get(url(talk, code)).context["form"]
    return {name: "" if form[name].value() is None else str(form[name].value()) for name in form.fields}


def post(page, talk, data, **more):
    return page.post(url(talk), {**data, **more})


def autosave(page, talk, data, **more):
    return page.post(url(talk), {**data, **more}, headers={"X-Autosave": "1"})


def test_the_page_saves_itself_in_one_sentence(page, talk):
    answer = autosave(page, talk, shown(page, talk), wording="Huurt", new_words="Half gety", step_what="Half")

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.text.startswith("Bewaard om ")
    assert talk.notes.get().wording == "Huurt"
    assert not ClientWords.objects.exists()
    assert not NextStep.objects.exists()


def test_saving_itself_keeps_what_is_right_and_says_that_not_all_is_saved(page, talk):
    answer = autosave(page, talk, shown(page, talk), strengths="Goede buren.", wording="nr 90.01.01-123.45")

    assert answer.status_code == 422
    assert talk.notes.get().strengths == "Goede buren."
    assert talk.notes.get().wording == ""


def test_saving_itself_waits_with_later_until_there_is_a_day(page, talk):
    answer = autosave(page, talk, shown(page, talk), strengths="Goede buren.", outcome="later")

    assert answer.status_code == 422
    assert talk.notes.get().outcome == ""


def test_a_form_that_saved_itself_can_be_sent_without_meeting_itself(page, talk):
    data = shown(page, talk)
    autosave(page, talk, data, wording="Huurt")
    autosave(page, talk, data, wording="Huurt privé")

    answer = post(page, talk, data, wording="Huurt privé.", outcome="nothing", go="next")

    assert answer.status_code == 302
    assert talk.notes.get().wording == "Huurt privé."


def test_two_people_in_one_domain_merge_per_field_and_see_both_texts(page, talk, colleague, log_in):
    theirs = log_in(colleague)
    mine, other = shown(page, talk), shown(theirs, talk)
    post(theirs, talk, other, strengths="Goede buren.", wording="Huurt sociaal.", go="save")

    answer = post(page, talk, mine, wording="Huurt privé.", go="next")

    words = answer.text
    (clash,) = answer.context["clashes"]
    assert answer.status_code == 200
    assert (clash.theirs, clash.mine, clash.who) == ("Huurt sociaal.", "Huurt privé.", "Noor")
    assert "Hier is intussen ook geschreven. Er is niets weg." in words
    assert answer.context["form"]["wording"].value() == "Huurt sociaal.\n\nHuurt privé."
    assert talk.notes.get().wording == "Huurt sociaal."


def test_both_texts_together_are_saved_at_the_second_try(page, talk, colleague, log_in):
    theirs = log_in(colleague)
    mine, other = shown(page, talk), shown(theirs, talk)
    post(theirs, talk, other, wording="Huurt sociaal.", go="save")
    form = post(page, talk, mine, wording="Huurt privé.", new_words="Ik wil blijven.", go="save").context["form"]
    again = {name: form[name].value() or "" for name in form.fields}

    answer = post(page, talk, again, wording="Huurt privé, eerst sociaal.", go="save")

    assert answer.status_code == 302
    assert talk.notes.get().wording == "Huurt privé, eerst sociaal."
    assert again["new_words"] == ""
    assert ClientWords.objects.count() == 1


def press_of(answer, words):
    """Find the button that says this, as its opening tag."""
    buttons = re.findall(r"(<button[^>]*>)((?:(?!</button>).)*)</button>", answer.text, re.DOTALL)
    return next((tag for tag, inside in buttons if words in inside), "")


def test_one_press_on_the_page_with_both_texts_saves_them_together(page, talk, colleague, log_in):
    theirs = log_in(colleague)
    mine, other = shown(page, talk), shown(theirs, talk)
    post(theirs, talk, other, wording="Huurt sociaal.", go="save")
    answer = post(page, talk, mine, wording="Huurt privé.", new_words="Ik wil blijven.", go="next")
    form = answer.context["form"]

    button = press_of(answer, "Bewaar samen")
    saved = post(page, talk, {name: form[name].value() or "" for name in form.fields}, go="save")

    # A button of the form that sends what stands in the field: it needs no script.
    for part in ('type="submit"', 'form="talk"', 'name="go"', 'value="save"'):
        assert part in button
    assert "hidden" not in button
    assert 'id="talk"' in answer.text
    assert saved.url == url(talk)
    assert talk.notes.get().wording == "Huurt sociaal.\n\nHuurt privé."
    assert ClientWords.objects.count() == 1


def test_with_two_fields_to_choose_in_a_press_fills_and_the_foot_saves(page, talk, colleague, log_in):
    theirs = log_in(colleague)
    mine, other = shown(page, talk), shown(theirs, talk)
    post(theirs, talk, other, wording="Huurt sociaal.", strengths="Goede buren.", go="save")

    answer = post(page, talk, mine, wording="Huurt privé.", strengths="Betaalt op tijd.", go="save")

    assert not press_of(answer, "Bewaar samen")
    assert 'type="button"' in press_of(answer, "Neem allebei")
    assert answer.text.count('data-fill="id_wording"') == answer.text.count('data-fill="id_strengths"') == 3
    assert "data-save" not in answer.text


def test_the_press_belongs_to_the_form_of_a_question_too(page, talk, colleague, log_in):
    question = ClarifiedQuestionFactory(conversation=talk, client=talk.client, domain=None, goal="")
    address = f"/gesprekken/{talk.pk}/vraag/{question.pk}/"
    form = page.get(address).context["form"]
    data = {name: "" if form[name].value() is None else str(form[name].value()) for name in form.fields}
    log_in(colleague).post(address, {**data, "goal": "Rust.", "go": "save"})

    answer = page.post(address, {**data, "goal": "Een huis.", "go": "result"})

    assert 'form="question"' in press_of(answer, "Bewaar samen")
    assert 'id="question"' in answer.text


def test_saving_itself_says_when_a_colleague_wrote_too(page, talk, colleague, log_in):
    theirs = log_in(colleague)
    mine, other = shown(page, talk), shown(theirs, talk)
    post(theirs, talk, other, wording="Huurt sociaal.", go="save")

    answer = autosave(page, talk, mine, wording="Huurt privé.")

    assert answer.status_code == 409
    assert "intussen ook geschreven" in answer.text


def test_a_talk_that_was_finished_meanwhile_keeps_what_was_typed_on_the_page(page, talk, worker):
    ClarifiedQuestionFactory(conversation=talk, client=talk.client, domain=None)
    data = shown(page, talk)
    actions.finish(talk, by=worker)

    answer = post(page, talk, data, wording="Huurt privé.", go="next")

    assert answer.status_code == 200
    assert "afgerond" in answer.text
    assert "Huurt privé." in answer.text
    assert not DomainNote.objects.exists()


def test_the_opening_saves_itself_and_meets_a_colleague(page, talk, colleague, log_in):
    form = page.get(f"/gesprekken/{talk.pk}/").context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    saved = page.post(f"/gesprekken/{talk.pk}/", {**data, "good_end": "Rust."}, headers={"X-Autosave": "1"})
    log_in(colleague).post(f"/gesprekken/{talk.pk}/", {**data, "seen": "", "good_end": "Een huis.", "go": "save"})

    talk.refresh_from_db()
    assert saved.status_code == 200
    assert talk.good_end == "Rust."


def test_a_broken_stamp_loses_nothing(page, talk):
    DomainNoteFactory(conversation=talk, wording="Huurt sociaal.", version=3)
    data = shown(page, talk)

    answer = post(page, talk, data, seen="stuk", version="abc", form_key="geen", wording="Huurt privé.", go="save")

    assert talk.notes.get().wording == "Huurt sociaal."
    assert answer.status_code == 200
    assert "Huurt privé." in answer.text


def chosen_apart(page, talk, colleague, log_in):
    """Let two people answer one question of a subject; give the page of the second, and what a browser posts of it."""
    theirs = log_in(colleague)
    mine, other = shown(page, talk), shown(theirs, talk)
    post(theirs, talk, other, score="3", go="save")
    answer = post(page, talk, mine, score="7", go="save")
    form = answer.context["form"]
    return answer, {**{name: form[name].value() or "" for name in form.fields}, "clash": ["score"]}


@pytest.mark.parametrize(("words", "kept"), [("Neem die van Noor", 3), ("Houd de mijne", 7)])
def test_in_a_choice_one_press_takes_theirs_or_keeps_mine(words, kept, page, talk, colleague, log_in):
    answer, form = chosen_apart(page, talk, colleague, log_in)
    pressed = re.search(r'name="take" value="([^"]*)"', press_of(answer, words))[1]

    saved = post(page, talk, form, take=pressed)

    assert saved.url == url(talk)
    assert talk.notes.get().score == kept


def test_saving_itself_does_not_choose_for_who_has_not_chosen_yet(page, talk, colleague, log_in):
    _answer, form = chosen_apart(page, talk, colleague, log_in)

    answer = autosave(page, talk, form, wording="Huurt privé.")

    note = talk.notes.get()
    assert answer.status_code == 200
    assert (note.wording, note.score) == ("Huurt privé.", 3)


def test_a_press_in_a_choice_leaves_the_two_texts_to_be_read(page, talk, colleague, log_in):
    theirs = log_in(colleague)
    mine, other = shown(page, talk), shown(theirs, talk)
    post(theirs, talk, other, score="3", wording="Huurt sociaal.", go="save")
    answer = post(page, talk, mine, score="7", wording="Huurt privé.", go="save")
    form = answer.context["form"]
    posted = {name: form[name].value() or "" for name in form.fields}

    again = post(page, talk, posted, clash=["wording", "score"], take="score:mine")

    note = talk.notes.get()
    assert "Kies per veld wat je bewaart." in answer.text
    assert (note.score, note.wording) == (7, "Huurt sociaal.")
    assert [row.field for row in again.context["clashes"]] == ["wording"]
    assert again.context["form"]["wording"].value() == "Huurt sociaal.\n\nHuurt privé."


def test_an_answer_of_the_person_is_not_lost_when_a_colleague_chose_meanwhile(page, talk, colleague, log_in):
    along = f"/gesprekken/{talk.pk}/samen/housing/"
    form = page.get(along).context["form"]
    answers = {name: form[name].value() or "" for name in form.fields}
    theirs = log_in(colleague)
    post(theirs, talk, shown(theirs, talk), score="3", go="save")

    told = page.post(along, {**answers, "score": "7", "go": "next"})
    again = {name: told.context["form"][name].value() or "" for name in form.fields}

    assert told.status_code == 200
    assert "Hier is intussen iets anders gekozen. Kijk nog eens, en ga dan verder." in told.text
    assert (again["score"], talk.notes.get().score) == (7, 3)
    assert page.post(along, {**again, "go": "next"}).status_code == 302
    assert talk.notes.get().score == 7


@pytest.mark.parametrize(
    ("field", "theirs", "mine"),
    [
        ("domain", "housing", "debt"), ("who", "Noor", "Lotte"),
        ("by_when", "2100-03-01", "2100-04-01"), ("wish", "blijven wonen", "rust"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("whose", ["theirs", "mine"])
def test_each_kind_of_line_of_a_question_is_taken_or_kept(field, theirs, mine, whose, page, talk, colleague, log_in):
    question = ClarifiedQuestionFactory(conversation=talk, client=talk.client, domain=None)
    address = f"/gesprekken/{talk.pk}/vraag/{question.pk}/"

    def filled(form):
        return {name: "" if form[name].value() is None else str(form[name].value()) for name in form.fields}

    data = filled(page.get(address).context["form"])
    log_in(colleague).post(address, {**data, field: theirs, "go": "save"})
    form = page.post(address, {**data, field: mine, "go": "save"}).context["form"]

    saved = page.post(address, {**filled(form), "clash": [field], "take": f"{field}:{whose}"})

    question.refresh_from_db()
    kept = getattr(question, "domain_id" if field == "domain" else field)
    assert saved.status_code == 302
    assert str(kept) == {"theirs": theirs, "mine": mine}[whose]
