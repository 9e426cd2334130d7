"""The question itself: clarified questions with a goal and a next step, and the steps of a talk."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from clienten.trail import who_changed
from core import audit
from core.errors import Refusal
from core.models import AuditEvent
from core.refusals import AtForm
from vraagverheldering import actions, writing
from vraagverheldering.forms import LONGEST_GOAL, QuestionForm, StepForm
from vraagverheldering.models import ClarifiedQuestion, Conversation, NextStep, Urgency
from vraagverheldering.reading import note_reading
from vraagverheldering.views.known import WRITE, UserRequest, head, of_conversation
from vraagverheldering.views.talking import in_a_week, together

# Fields that nobody fills in for you: without any of them an open form is only looked at.
WORTH_KEEPING = ("wish", "goal", "next_step", "tried", "not_again", "income", "debts")


@of_conversation(*WRITE)
def clarify(request: UserRequest, talk: Conversation) -> HttpResponse:
    """Write down what the person wants; show the questions that are there already."""
    if talk.finished_at and request.method != "POST":
        return redirect("gesprekken:result", pk=talk.pk)
    if request.POST.get("go") == "pause" and not _typed(request, talk):
        return redirect("/vandaag/")
    form = QuestionForm(request.POST or None, current=_blank(), initial=_first_thoughts(talk))
    if form.is_valid():
        with AtForm(form):
            actions.clarify(talk, fields=form.mine(), form_key=form.cleaned_data["form_key"], by=request.user)
            return _after(request, talk)
    elif not form.is_bound:
        note_reading(talk, by=request.user, page="question")
    return render(request, "vraagverheldering/clarify.html", _page(talk) | {"form": form})


@of_conversation(*WRITE)
def reword(request: UserRequest, talk: Conversation, question: UUID) -> HttpResponse:
    """Change one clarified question; a colleague's change of the same field is shown beside mine."""
    found = get_object_or_404(talk.questions.all(), pk=question)
    if talk.finished_at and request.method != "POST":
        return redirect("gesprekken:result", pk=talk.pk)
    form = QuestionForm(request.POST or None, current=_values(found), initial=_second_thoughts(talk, found))
    rows = []
    if form.is_valid():
        with AtForm(form):
            clashes = actions.reword(found, mine=form.mine(), seen=form.seen_signs(), by=request.user)
            if not clashes:
                return _after(request, talk)
            found.refresh_from_db()
            form.show_again(_values(found), clashes)
            rows = form.clash_rows(clashes, who_changed(_lines(talk, "question", found.pk), form.kept))
    elif form.is_bound:
        rows = form.clash_rows(form.waiting(), who_changed(_lines(talk, "question", found.pk), form.kept))
    else:
        note_reading(talk, by=request.user, page="question")
    context = _page(talk) | {"form": form, "editing": found, "clashes": rows}
    return render(request, "vraagverheldering/clarify.html", context)


def _typed(request: UserRequest, talk: Conversation) -> bool:
    """Tell whether anything was typed that we did not propose ourselves."""
    proposed = _tidy(talk.good_end)
    return any(_tidy(request.POST.get(name, "")) not in ("", proposed) for name in WORTH_KEEPING)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _after(request: UserRequest, talk: Conversation) -> HttpResponse:
    """Go on to the result, or stay for one more question."""
    if request.POST.get("go") == "result":
        return redirect("gesprekken:result", pk=talk.pk)
    if request.POST.get("go") == "pause":
        actions.pause(talk, by=request.user)
        return redirect("/vandaag/")
    messages.success(request, _("Saved."))
    return redirect("gesprekken:clarify", pk=talk.pk)


def _blank() -> dict[str, Any]:
    return _values(ClarifiedQuestion(urgency=Urgency.ROUTINE))


def _values(question: ClarifiedQuestion) -> dict[str, Any]:
    return {name: getattr(question, name) for name in QuestionForm.kept}


def _first_thoughts(talk: Conversation) -> dict[str, Any]:
    """Propose what was said before, who does it and a day; everything can be changed."""
    said = " ".join(row.text for row in talk.words.filter(domain=None)[:3])
    return {"own_words": said, **_who_and_when(talk), **_goal(talk)} if not talk.questions.exists() else {}


def _second_thoughts(talk: Conversation, question: ClarifiedQuestion) -> dict[str, Any]:
    """Propose what a question still misses to finish the talk; everything can be changed."""
    goal = {} if question.goal else _goal(talk)
    return goal if question.next_step or question.who else {**goal, **_who_and_when(talk)}


def _who_and_when(talk: Conversation) -> dict[str, Any]:
    return {"who": together(talk), "by_when": in_a_week()}


def _goal(talk: Conversation) -> dict[str, str]:
    """Propose as goal what the person called a good end of this talk, where it fits."""
    return {"goal": talk.good_end} if 0 < len(talk.good_end) <= LONGEST_GOAL else {}


def _page(talk: Conversation) -> dict[str, Any]:
    name = talk.client.first_name
    return head(talk) | {
        "questions": [{"question": row, "title": row.title(name)} for row in talk.questions.select_related("domain")],
        "who_options": [name, talk.worker.first_name, together(talk)],
        "good_end": talk.good_end,
    }


@of_conversation(*WRITE)
def step(request: UserRequest, talk: Conversation, step: UUID) -> HttpResponse:
    """Change one step, tick it off or take it away."""
    found = get_object_or_404(NextStep.objects.filter(conversation=talk).select_related("note"), pk=step)
    form = StepForm(request.POST or None, current=writing.step_values(found))
    rows = []
    try:
        if form.is_bound and request.POST.get("go") == "drop":
            writing.drop_step(found, by=request.user)
            return _back_from_step(talk, found)
        if form.is_valid():
            clashes = writing.change_step(found, mine=form.mine(), seen=form.seen_signs(), by=request.user)
            if not clashes:
                return _back_from_step(talk, found)
            found.refresh_from_db()
            form.show_again(writing.step_values(found), clashes)
            rows = form.clash_rows(clashes, who_changed(_lines(talk, "step", found.pk), form.kept))
        elif form.is_bound:
            rows = form.clash_rows(form.waiting(), who_changed(_lines(talk, "step", found.pk), form.kept))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    names = {"who_options": [talk.client.first_name, together(talk)]}
    context = head(talk) | names | {"form": form, "step": found, "clashes": rows}
    return render(request, "vraagverheldering/step.html", context)


def _lines(talk: Conversation, kind: str, pk: UUID) -> Iterator[AuditEvent]:
    """Give the lines of the audit chain about one "question" or "step" of a talk."""
    return (line for line in audit.history(talk) if line.details.get(kind) == str(pk))


def _back_from_step(talk: Conversation, step: NextStep) -> HttpResponse:
    if step.note and not talk.finished_at:
        return redirect("gesprekken:subject", pk=talk.pk, code=step.note.domain_id)
    return redirect("gesprekken:result", pk=talk.pk)
