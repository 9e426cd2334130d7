"""Finishing a talk and taking it up again: what keeps it open, and what a finished talk refuses."""

import uuid

import pytest

from core.errors import NotAllowed, Refusal
from tests.factories.vraagverheldering import (
    ClarifiedQuestionFactory,
    ClientWordsFactory,
    ConversationFactory,
    DomainNoteFactory,
    domain,
    next_week,
)
from vraagverheldering import actions, writing
from vraagverheldering.flow import is_ended
from vraagverheldering.models import Conversation
from vraagverheldering.parts import parts_of
from vraagverheldering.writing import Plan

pytestmark = pytest.mark.django_db


def plan():
    return Plan("Bellen naar de huisbaas", "Lotte", next_week())


def test_a_touched_domain_without_an_ending_keeps_the_talk_open(talk, worker):
    ClarifiedQuestionFactory(conversation=talk, client=talk.client, domain=None)
    DomainNoteFactory(conversation=talk)

    with pytest.raises(Refusal, match="Housing"):
        actions.finish(talk, by=worker)

    talk.refresh_from_db()
    assert talk.finished_at is None


def test_words_alone_touch_a_domain(talk, worker):
    ClarifiedQuestionFactory(conversation=talk, client=talk.client, domain=None)
    ClientWordsFactory(conversation=talk)

    with pytest.raises(Refusal):
        actions.finish(talk, by=worker)


def test_a_question_about_the_domain_is_its_ending(talk, worker):
    DomainNoteFactory(conversation=talk)
    ClarifiedQuestionFactory(conversation=talk, client=talk.client)

    actions.finish(talk, by=worker)

    assert talk.finished_at


BARE = {"goal": "", "next_step": "", "who": "", "by_when": None}


@pytest.mark.parametrize(
    ("empty", "sentence"),
    [
        (BARE, "Schrijf op wat er anders is als het lukt"),
        ({"goal": ""}, "Schrijf op wat er anders is als het lukt"),
        ({"next_step": ""}, "Schrijf de volgende stap op"),
        ({"who": ""}, "Schrijf de volgende stap op"),
        ({"by_when": None}, "Schrijf de volgende stap op"),
    ],
)
def test_a_question_without_goal_step_name_or_day_keeps_the_talk_open(empty, sentence, talk, worker):
    ClarifiedQuestionFactory(conversation=talk, client=talk.client, wish="rust in huis", **empty)

    with pytest.raises(Refusal, match=sentence):
        actions.finish(talk, by=worker)

    talk.refresh_from_db()
    assert talk.finished_at is None
    assert talk.questions.get().wish == "rust in huis"


def test_a_bare_question_does_not_end_its_domain(talk):
    DomainNoteFactory(conversation=talk)
    question = ClarifiedQuestionFactory(conversation=talk, client=talk.client, next_step="", who="", by_when=None)
    (housing,) = [part for part in parts_of(talk) if part.code == "housing"]
    assert not is_ended(housing)

    actions.add_next_step(question, what="Bellen", who="Lotte", by_when=next_week(), by=talk.worker)

    (housing,) = [part for part in parts_of(talk) if part.code == "housing"]
    assert is_ended(housing)


def test_on_the_quick_road_the_wish_is_the_goal(organization, worker):
    quick = ConversationFactory(organization=organization, worker=worker, quick=True)
    ClarifiedQuestionFactory(conversation=quick, client=quick.client, goal="")

    actions.finish(quick, by=worker)

    assert quick.finished_at


def test_who_finishes_second_hears_so(talk, worker, colleague):
    ClarifiedQuestionFactory(conversation=talk, client=talk.client)
    same = Conversation.objects.get(pk=talk.pk)
    actions.finish(talk, by=worker)

    with pytest.raises(Refusal):
        actions.finish(same, by=colleague)


@pytest.mark.parametrize(
    "verb",
    [
        lambda talk, by: actions.pause(talk, by=by),
        lambda talk, by: actions.widen(talk, by=by),
        lambda talk, by: actions.finish(talk, by=by),
        lambda talk, by: actions.mark_rights_checked(talk, by=by),
        lambda talk, by: actions.clarify(talk, fields={"wish": "x"}, form_key=uuid.uuid4(), by=by),
        lambda talk, by: writing.set_outcome(talk, domain("housing"), outcome="nothing", by=by),
        lambda talk, by: writing.add_words(talk, text="x", form_key=uuid.uuid4(), by=by),
        lambda talk, by: writing.add_step(talk, plan=plan(), form_key=uuid.uuid4(), by=by),
    ],
)
def test_a_finished_talk_changes_only_after_it_is_taken_up_again(verb, organization, worker):
    talk = ConversationFactory(organization=organization, worker=worker, finished=True)
    ClarifiedQuestionFactory(conversation=talk, client=talk.client, domain=None)
    with pytest.raises(NotAllowed, match="afgerond"):
        verb(talk, worker)

    actions.reopen(talk, by=worker)

    verb(talk, worker)


def test_an_open_talk_is_not_taken_up_again(talk, worker):
    with pytest.raises(NotAllowed):
        actions.reopen(talk, by=worker)


def test_a_stranger_may_do_nothing(talk, stranger):
    with pytest.raises(NotAllowed, match="Pannenhoek"):
        actions.pause(talk, by=stranger)
