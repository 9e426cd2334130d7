"""The rights of this person: answers travel in the posted page, and are kept only with the person's yes."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refusal
from rechtenverkenning import answering
from rechtenverkenning.answers import Sheet, from_lists, to_lists, to_pairs
from rechtenverkenning.checklist import check, load_book
from rechtenverkenning.forms import AnswersForm
from rechtenverkenning.household import Household
from rechtenverkenning.models import Right
from rechtenverkenning.pages import asked
from vraagverheldering import actions, words, writing
from vraagverheldering.models import Conversation, StepKind
from vraagverheldering.reading import note_reading
from vraagverheldering.rights_kept import kept_rights
from vraagverheldering.views.known import WRITE, UserRequest, head, of_conversation
from vraagverheldering.views.talking import in_a_week, together

GO = "go"


@of_conversation(*WRITE)
def rights(request: UserRequest, talk: Conversation) -> HttpResponse:
    """Ask the next question and show what the answers so far mean for this person."""
    sheet = _sheet(request, talk)
    if request.method != "POST":
        note_reading(talk, by=request.user, page="rights")
        return _show(request, talk, sheet)
    wish, _colon, what = request.POST.get(GO, "").partition(":")
    try:
        if wish == "tackle":
            _tackle(request, talk, what)
        elif wish == "keep":
            return _keep(request, talk, sheet)
        elif wish == "on":
            actions.mark_rights_checked(talk, by=request.user)
            return _on(talk)
        else:
            sheet = answering.take_answer(sheet, request.POST)
    except ValidationError as problem:
        fact, typed = request.POST[answering.FACT], request.POST.getlist(answering.ANSWER)
        return _show(request, talk, sheet.without(fact), fact=fact, typed=typed, error=problem.messages[0])
    except Refusal as refusal:
        return _show(request, talk, sheet, problem=str(refusal))
    return _show(request, talk, sheet)


@of_conversation(*WRITE)
def answers(request: UserRequest, talk: Conversation) -> HttpResponse:
    """Show all questions about this person on one sheet."""
    sheet = _sheet(request, talk)
    name = talk.client.first_name
    saving = request.POST.get(answering.STEP) == "save"
    questions = load_book(timezone.localdate(), name).questions.values()
    form = AnswersForm(questions, sheet, request.POST if saving else None, name=name)
    if saving and form.is_valid():
        return _show(request, talk, form.sheet(sheet))
    context = head(talk) | {"form": form, "carry": to_pairs(sheet), "passed_over": sheet.skipped}
    return render(request, "vraagverheldering/rights_answers.html", context)


def _sheet(request: UserRequest, talk: Conversation) -> Sheet:
    """Read the answers that travelled along, else what was kept last."""
    if request.method == "POST":
        return from_lists(dict(request.POST.lists()))
    kept = kept_rights(talk)
    return kept.sheet if kept else Sheet(Household())


def _show(request: UserRequest, talk: Conversation, sheet: Sheet, *, problem: str = "", **wrong: Any) -> HttpResponse:
    checklist = check(sheet, timezone.localdate(), name=talk.client.first_name)
    kept = kept_rights(talk)
    context = head(talk) | {
        "checklist": checklist,
        "asked": asked(checklist, **wrong),
        "carry": to_pairs(sheet),
        "tackled": set(talk.steps.filter(kind=StepKind.RIGHT).values_list("right_code", flat=True)),
        "kept_on": kept.on if kept else None,
        "problem": problem,
        "page_url": reverse("gesprekken:rights", args=[talk.pk]),
    }
    return render(request, "vraagverheldering/rights.html", context)


def _tackle(request: UserRequest, talk: Conversation, code: str) -> None:
    """Make a step of one right; a second click finds the same step."""
    right = get_object_or_404(Right.objects.published(), code=code)
    plan = writing.Plan(
        words.ask_for(right.name), together(talk), in_a_week(), kind=StepKind.RIGHT, right_code=right.code
    )
    writing.add_step(talk, plan=plan, form_key=uuid.uuid5(talk.pk, right.code), by=request.user)
    messages.success(request, _("Added to the steps: %(right)s.") % {"right": right.name})


def _keep(request: UserRequest, talk: Conversation, sheet: Sheet) -> HttpResponse:
    checklist = check(sheet, timezone.localdate())
    agreed = request.POST.get("agreed") == "yes"
    actions.keep_rights(talk, answers=to_lists(sheet), outcomes=checklist.to_keep(), agreed=agreed, by=request.user)
    messages.success(request, _("Kept. %(name)s agreed.") % {"name": talk.client.first_name})
    return redirect("gesprekken:rights", pk=talk.pk)


def _on(talk: Conversation) -> HttpResponse:
    """Lead to the help for the one question, or to all questions of the talk."""
    questions = list(talk.questions.all()[:2])
    if len(questions) == 1:
        return redirect("doorverwijzing:search", question=questions[0].pk)
    return redirect("gesprekken:clarify", pk=talk.pk)
