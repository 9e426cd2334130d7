"""Starting, writing, clarifying and finishing: what is kept, what is refused, and what the audit chain tells."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from clienten.models import ClientCard
from core import audit
from core.errors import NotAllowed, Refusal
from core.merging import read_stamp, write_stamp
from core.models import AuditEvent
from tests.factories.clienten import ClientCardFactory
from tests.factories.organisaties import MembershipFactory
from tests.factories.vraagverheldering import (
    ClarifiedQuestionFactory,
    ConversationFactory,
    DomainNoteFactory,
    domain,
    next_week,
)
from vraagverheldering import actions, writing
from vraagverheldering.models import ClarifiedQuestion, ClientWords, Conversation, DomainNote, NextStep, RightsState
from vraagverheldering.writing import Plan, Seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(organization, worker):
    return ConversationFactory(organization=organization, worker=worker)


@pytest.fixture
def colleague(organization):
    return MembershipFactory(organization=organization, user__first_name="Noor").user


@pytest.fixture
def housing():
    return domain("housing")


def beginning(organization, **more):
    defaults = {
        "form_key": uuid.uuid4(),
        "person": {"first_name": "Amina", "phone": "0470 00 00 62"},
        "said": "Ik slaap niet.",
        "question": {"wish": "in haar huis blijven", "urgency": "routine"},
    }
    return actions.Beginning(organization, **{**defaults, **more})


def plan(what="Bellen naar de huisbaas"):
    return Plan(what, "Lotte", next_week())


def last_line():
    return AuditEvent.objects.order_by("sequence").last()


def test_the_quick_road_makes_card_talk_words_and_question_at_once(organization, worker):
    talk = actions.start(beginning(organization), by=worker)

    question = talk.questions.get()
    assert (talk.mode, talk.client.first_name, talk.organization) == ("quick", "Amina", organization)
    assert talk.words.get().text == "Ik slaap niet."
    assert (question.wish, question.own_words) == ("in haar huis blijven", "Ik slaap niet.")
    assert question.rights == RightsState.POSTPONED


def test_the_broad_road_begins_without_a_question(organization, worker):
    talk = actions.start(beginning(organization, mode="broad", question={"wish": ""}), by=worker)

    assert not talk.questions.exists()
    assert talk.words.count() == 1


def test_a_double_click_begins_one_talk_with_one_card(organization, worker):
    twice = beginning(organization)

    first, second = actions.start(twice, by=worker), actions.start(twice, by=worker)

    assert first == second
    assert ClientCard.objects.count() == Conversation.objects.count() == ClarifiedQuestion.objects.count() == 1


def test_a_card_of_the_house_is_used_again(organization, worker):
    card = ClientCardFactory(organization=organization)

    talk = actions.start(beginning(organization, card=card, person={}), by=worker)

    assert talk.client == card
    assert ClientCard.objects.count() == 1


def test_a_stranger_starts_nothing_here(organization, stranger):
    with pytest.raises(NotAllowed):
        actions.start(beginning(organization), by=stranger)

    assert not ClientCard.objects.exists()


def test_a_stranger_starts_nothing_from_our_card(organization, stranger):
    card = ClientCardFactory(organization=organization)

    with pytest.raises(NotAllowed):
        actions.start(beginning(organization, card=card), by=stranger)


def test_the_audit_chain_tells_that_a_talk_began_and_not_what_was_said(organization, worker):
    actions.start(beginning(organization), by=worker)

    line = last_line()
    assert (line.action, line.actor) == ("conversation.started", str(worker.pk))
    assert "slaap" not in str(list(AuditEvent.objects.values("details")))


def save(talk, housing, by, *, shown=None, version=0, form=None, **mine):
    seen = Seen(form or uuid.uuid4(), version, read_stamp(write_stamp(shown or dict.fromkeys(mine, ""))))
    return writing.save_note(talk, housing, mine=mine, seen=seen, by=by)


def test_an_empty_form_touches_nothing(talk, housing, worker):
    save(talk, housing, worker, strengths="", wording="", outcome="")

    assert not DomainNote.objects.exists()


def test_what_was_written_is_kept_with_who_and_when(talk, housing, worker):
    save(talk, housing, worker, strengths="Goede buren.")

    note = talk.notes.get()
    assert (note.strengths, note.version) == ("Goede buren.", 1)
    assert note.written["strengths"]["by"] == str(worker.pk)


def test_two_colleagues_in_different_fields_both_keep_their_text(talk, housing, worker, colleague):
    save(talk, housing, worker, strengths="Goede buren.", wording="")

    clashes = save(talk, housing, colleague, strengths="", wording="Huurt privé.")

    note = talk.notes.get()
    assert clashes == []
    assert (note.strengths, note.wording) == ("Goede buren.", "Huurt privé.")


def test_two_colleagues_in_one_field_are_asked_and_nothing_is_overwritten(talk, housing, worker, colleague):
    save(talk, housing, worker, wording="Huurt privé.")

    clashes = save(talk, housing, colleague, wording="Huurt sociaal.")

    assert [(clash.theirs, clash.mine) for clash in clashes] == [("Huurt privé.", "Huurt sociaal.")]
    assert talk.notes.get().wording == "Huurt privé."


def test_a_form_that_saves_itself_again_does_not_clash_with_itself(talk, housing, worker):
    form = uuid.uuid4()
    for text in ("Huurt", "Huurt privé", "Huurt privé.", ""):
        assert save(talk, housing, worker, form=form, wording=text) == []

    assert talk.notes.get().wording == ""


def test_a_form_that_saves_itself_still_meets_a_colleague(talk, housing, worker, colleague):
    mine = uuid.uuid4()
    save(talk, housing, worker, form=mine, wording="Huurt privé.")
    now = talk.notes.get()
    save(talk, housing, colleague, shown={"wording": now.wording}, version=1, wording="Huurt sociaal.")

    clashes = save(talk, housing, worker, form=mine, wording="Huurt privé in Loppem.")

    assert [clash.field for clash in clashes] == ["wording"]
    assert talk.notes.get().wording == "Huurt sociaal."


def test_later_needs_a_day(talk, housing, worker):
    with pytest.raises(Refusal):
        writing.set_outcome(talk, housing, outcome="later", by=worker)

    assert not DomainNote.objects.exists()


def test_the_database_refuses_later_without_a_day(talk):
    with pytest.raises(IntegrityError), transaction.atomic():
        DomainNoteFactory(conversation=talk, outcome="later")


def test_the_day_goes_when_it_is_not_later_any_more(talk, housing, worker):
    writing.set_outcome(talk, housing, outcome="later", later_on=next_week(), by=worker)

    writing.set_outcome(talk, housing, outcome="nothing", by=worker)

    assert talk.notes.get().later_on is None


def test_choices_can_be_taken_back_and_the_text_stays(talk, housing, worker):
    DomainNoteFactory(conversation=talk, score=2, agrees=True, outcome="nothing")

    writing.clear_choices(talk, housing, by=worker)

    note = talk.notes.get()
    assert (note.score, note.agrees, note.outcome) == (None, None, "")
    assert note.strengths.startswith("De buren")


def test_what_was_written_lies_sealed_in_the_database(talk, housing, worker):
    save(talk, housing, worker, wording="Huurt privé in Loppem.")

    raw = DomainNote.objects.values_list("wording", flat=True).get()
    assert "Loppem" not in str(raw)


def test_words_are_only_added_never_changed(talk, housing, worker):
    first, second = uuid.uuid4(), uuid.uuid4()
    writing.add_words(talk, text="Ik slaap niet.", form_key=first, by=worker, domain=housing)
    writing.add_words(talk, text="De brief ligt thuis.", form_key=second, by=worker, domain=housing)

    assert [row.text for row in talk.words.all()] == ["Ik slaap niet.", "De brief ligt thuis."]


def test_the_same_form_adds_words_once(talk, worker):
    key = uuid.uuid4()

    writing.add_words(talk, text="Ik slaap niet.", form_key=key, by=worker)
    writing.add_words(talk, text="Iets anders.", form_key=key, by=worker)

    assert ClientWords.objects.get().text == "Ik slaap niet."


def test_a_step_ends_its_domain_in_an_action(talk, housing, worker):
    step = writing.add_step(talk, plan=plan(), form_key=uuid.uuid4(), by=worker, domain=housing)

    assert talk.notes.get().outcome == "action"
    assert step.note == talk.notes.get()


def test_the_same_form_adds_one_step(talk, housing, worker):
    key = uuid.uuid4()

    for _time in range(2):
        writing.add_step(talk, plan=plan(), form_key=key, by=worker, domain=housing)

    assert NextStep.objects.count() == 1


def test_a_step_is_ticked_off_and_taken_back(talk, worker):
    step = writing.add_step(talk, plan=plan(), form_key=uuid.uuid4(), by=worker)

    for done in (True, False):
        shown = writing.step_values(NextStep.objects.get())
        writing.change_step(step, mine={**shown, "done": done}, seen=read_stamp(write_stamp(shown)), by=worker)
        assert bool(NextStep.objects.get().done_at) is done


def test_two_colleagues_in_one_step_are_asked(talk, worker, colleague):
    step = writing.add_step(talk, plan=plan(), form_key=uuid.uuid4(), by=worker)
    shown = writing.step_values(step)
    seen = read_stamp(write_stamp(shown))
    writing.change_step(step, mine={**shown, "who": "Noor"}, seen=seen, by=colleague)

    clashes = writing.change_step(step, mine={**shown, "who": "Amina", "done": True}, seen=seen, by=worker)

    kept = NextStep.objects.get()
    assert [(clash.theirs, clash.mine) for clash in clashes] == [("Noor", "Amina")]
    assert (kept.who, bool(kept.done_at)) == ("Noor", True)


def test_a_dropped_step_leaves_its_line_in_the_chain(talk, worker):
    step = writing.add_step(talk, plan=plan(), form_key=uuid.uuid4(), by=worker)

    writing.drop_step(step, by=worker)

    assert not NextStep.objects.exists()
    assert last_line().action == "conversation.step_dropped"


def test_a_question_is_made_once_per_form(talk, worker):
    key = uuid.uuid4()
    fields = {"wish": "blijven wonen", "urgency": "routine"}

    first = actions.clarify(talk, fields=fields, form_key=key, by=worker)
    second = actions.clarify(talk, fields={**fields, "wish": "iets anders"}, form_key=key, by=worker)

    assert first == second
    assert ClarifiedQuestion.objects.get().wish == "blijven wonen"


def test_a_question_knows_that_the_rights_were_checked(talk, worker):
    actions.mark_rights_checked(talk, by=worker)

    question = actions.clarify(talk, fields={"wish": "blijven wonen"}, form_key=uuid.uuid4(), by=worker)

    assert question.rights == RightsState.CHECKED


def test_checking_the_rights_afterwards_counts_for_the_questions_that_are_there(talk, worker):
    question = ClarifiedQuestionFactory(conversation=talk, client=talk.client)

    actions.mark_rights_checked(talk, by=worker)

    question.refresh_from_db()
    assert question.rights == RightsState.CHECKED


def test_two_colleagues_who_reword_one_question_are_asked(talk, worker, colleague):
    question = ClarifiedQuestionFactory(conversation=talk, client=talk.client, wish="blijven wonen")
    seen = read_stamp(write_stamp({"wish": "blijven wonen", "goal": question.goal}))
    actions.reword(question, mine={"wish": "verhuizen", "goal": question.goal}, seen=seen, by=colleague)

    clashes = actions.reword(question, mine={"wish": "een tuin", "goal": "rust"}, seen=seen, by=worker)

    question.refresh_from_db()
    assert [clash.field for clash in clashes] == ["wish"]
    assert (question.wish, question.goal) == ("verhuizen", "rust")


def test_nothing_is_kept_without_a_yes(talk, worker):
    with pytest.raises(Refusal, match="Amina"):
        actions.keep_rights(talk, answers={"age": ["34"]}, outcomes={"R44": "likely"}, agreed=False, by=worker)

    assert not talk.rights_results.exists()
    assert talk.rights_checked_at is None


def test_with_a_yes_answers_and_outcomes_are_kept_sealed(talk, worker):
    actions.keep_rights(talk, answers={"age": ["34"]}, outcomes={"R44": "likely"}, agreed=True, by=worker)

    kept = talk.rights_results.get()
    assert '"R44"' in kept.outcomes
    assert "R44" not in str(talk.rights_results.values_list("outcomes", flat=True).get())
    assert talk.rights_checked_at


def test_everything_that_happened_verifies(talk, worker, housing):
    writing.set_outcome(talk, housing, outcome="later", later_on=timezone.localdate() + timedelta(days=3), by=worker)
    actions.pause(talk, by=worker)

    assert list(audit.verify()) == []
