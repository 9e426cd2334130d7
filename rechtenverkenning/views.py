"""The checklist for everyone: answers travel in the posted page and are kept nowhere."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rechtenverkenning import answering
from rechtenverkenning.answers import Sheet, from_lists, to_pairs
from rechtenverkenning.checklist import check, load_book
from rechtenverkenning.forms import AnswersForm
from rechtenverkenning.household import Household
from rechtenverkenning.models import Right
from rechtenverkenning.pages import asked, right_context

# Posting changes nothing anywhere, so there is nothing to forge; without a token there is no cookie either.
stateless = csrf_exempt


def _sheet(request: HttpRequest) -> Sheet:
    """Read the answers that travelled along."""
    if request.method != "POST":
        return Sheet(Household())
    return from_lists(dict(request.POST.lists()))


def _show(request: HttpRequest, sheet: Sheet, **wrong: Any) -> HttpResponse:
    checklist = check(sheet, timezone.localdate())
    context = {
        "checklist": checklist,
        "asked": asked(checklist, **wrong),
        "carry": to_pairs(sheet),
    }
    return render(request, "rechtenverkenning/checklist.html", context, status=422 if wrong else 200)


@login_not_required
@never_cache
@stateless
@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: HttpRequest) -> HttpResponse:
    """Ask the next question and show what the answers so far mean."""
    sheet = _sheet(request)
    try:
        sheet = answering.take_answer(sheet, request.POST)
    except ValidationError as problem:
        fact, typed = request.POST[answering.FACT], request.POST.getlist(answering.ANSWER)
        return _show(request, sheet.without(fact), fact=fact, typed=typed, error=problem.messages[0])
    return _show(request, sheet)


@login_not_required
@never_cache
@stateless
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest) -> HttpResponse:
    """Show all questions on one sheet, to fill in or to change."""
    sheet = _sheet(request)
    saving = request.POST.get(answering.STEP) == "save"
    questions = load_book(timezone.localdate()).questions.values()
    form = AnswersForm(questions, sheet, request.POST if saving else None)
    if saving and form.is_valid():
        return _show(request, form.sheet(sheet))
    context = {"form": form, "carry": to_pairs(sheet), "passed_over": sheet.skipped}
    return render(request, "rechtenverkenning/answers.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@stateless
@require_POST
def sheet_to_print(request: HttpRequest) -> HttpResponse:
    """Show the outcome on a sheet to take home."""
    sheet = _sheet(request)
    checklist = check(sheet, timezone.localdate())
    return render(request, "rechtenverkenning/print.html", {"checklist": checklist, "carry": to_pairs(sheet)})


@login_not_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List every right, for who knows its name."""
    return render(request, "rechtenverkenning/overview.html", {"rights": Right.objects.published().order_by("name")})


@login_not_required
@never_cache
@stateless
@require_http_methods(["GET", "HEAD", "POST"])
def right(request: HttpRequest, code: str) -> HttpResponse:
    """Show one right; answers that were posted along only travel back to the list."""
    found = get_object_or_404(Right.objects.published(), code=code.upper())
    carry = to_pairs(_sheet(request))
    return render(request, "rechtenverkenning/right.html", {**right_context(found), "carry": carry})
