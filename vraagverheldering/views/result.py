"""What came out of a talk, for the person and for the worker; and the end of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.refusals import OnThePage
from vraagverheldering import actions, flow, words
from vraagverheldering.models import Conversation
from vraagverheldering.parts import asked_in, subjects_of
from vraagverheldering.permissions import may
from vraagverheldering.reading import note_reading
from vraagverheldering.views.known import READ, UserRequest, head, of_conversation


@of_conversation(*READ)
def result(request: UserRequest, talk: Conversation) -> HttpResponse:
    """Show what we talked about and what happens now, in words that the person takes home."""
    note_reading(talk, by=request.user, page="result")
    name = talk.client.first_name
    subjects = subjects_of(talk)
    questions = list(talk.questions.select_related("domain"))
    missing = flow.before_finishing([subject.part for subject in subjects], asked_in(talk, questions))
    context = head(talk) | {
        "questions": [{"question": question, "title": question.title(name)} for question in questions],
        "steps": talk.steps.select_related("service__organization", "note__domain"),
        "later": [subject for subject in subjects if subject.later_on],
        "said": talk.words.filter(domain=None),
        "missing": [{"gap": gap, "words": words.what_is_missing(gap, name)} for gap in missing],
        "may_finish": may(request.user, "finish", talk),
        "organization": talk.organization,
    }
    return render(request, "vraagverheldering/result.html", context)


@of_conversation("POST")
def finish(request: UserRequest, talk: Conversation) -> HttpResponse:
    """Close the talk; when something is missing, say what."""
    return _do(request, talk, actions.finish, _("Finished. What is agreed stands below."))


@of_conversation("POST")
def reopen(request: UserRequest, talk: Conversation) -> HttpResponse:
    """Take a finished talk up again."""
    return _do(request, talk, actions.reopen, _("Taken up again."))


def _do(request: UserRequest, talk: Conversation, verb: Any, done: str) -> HttpResponse:
    with OnThePage(request, done):
        verb(talk, by=request.user)
    return redirect("gesprekken:result", pk=talk.pk)


@of_conversation("POST")
def widen(request: UserRequest, talk: Conversation) -> HttpResponse:
    """Look at everything together after all."""
    with OnThePage(request):
        actions.widen(talk, by=request.user)
    return redirect(talk)
