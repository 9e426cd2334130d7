"""Screens for who answers for personal data: requests, one person's file, correcting, erasing, and how long we keep."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clienten import retention
from clienten.models import ClientCard, Hold, RequestKind, RetentionReport, SubjectRequest, answers_for
from clienten.reading import logs_reading
from clienten.rights_of_subject import asking, correcting, exporting
from clienten.rights_of_subject.erasing import erase, reasons_to_keep
from clienten.rights_of_subject.forms import (
    AnswerForm,
    CorrectForm,
    EraseForm,
    FindForm,
    HoldForm,
    LongerForm,
    MonthsForm,
    RequestForm,
)
from clienten.rights_of_subject.tracing import trace
from core import audit
from core.errors import Refusal
from core.moments import full_date
from core.refusals import AtForm
from core.requests import UserRequest
from core.sealed_files import as_download
from core.step_up import step_up_for, step_up_from
from organisaties.models import Organization

READ = ("GET", "HEAD")
WRITE = (*READ, "POST")
REPORTS = 12
ANSWERED = 20


def of_subject(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Give a view the card of a person for whose data this user answers; anyone else gets 404."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        read = logs_reading(lambda found, _user: found.organization)(view)

        @wraps(read)
        @never_cache
        def inner(request: UserRequest, pk: UUID, **parts: Any) -> HttpResponse:
            known = ClientCard.objects.filter(organization__in=answers_for(request.user))
            found = get_object_or_404(known.select_related("organization"), pk=pk)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return read(request, found, **parts)

        return inner

    return wrap


@never_cache
@require_http_methods(["GET", "POST"])
def requests(request: UserRequest) -> HttpResponse:
    """Show what people asked and by when it must be answered; find who asks now."""
    if not answers_for(request.user).exists():
        raise Http404
    form = FindForm(request.POST or None)
    found = asking.seek(form.cleaned_data["who"], by=request.user) if form.is_valid() else []
    mine = SubjectRequest.objects.visible_to(request.user).select_related("card", "organization")
    context = {
        "form": form,
        "found": found,
        "sought": form.is_bound and form.is_valid(),
        "waiting": mine.open(),
        "answered": mine.exclude(answered_at=None).order_by("-answered_at")[:ANSWERED],
        "places": answers_for(request.user),
    }
    return render(request, "clienten/rights/requests.html", context)


@of_subject(*READ)
def subject(request: UserRequest, found: ClientCard) -> HttpResponse:
    """Show what is kept of one person as counts, with the ways to give, correct, keep and erase it."""
    return render(request, "clienten/rights/subject.html", _context(found))


def _context(found: ClientCard, **forms: object) -> dict[str, object]:
    traced = exporting.parts(trace(found))
    return {
        "card": found,
        "kinds": [{"title": part.title, "count": len(part.rows)} for part in traced],
        "waiting": SubjectRequest.objects.filter(card=found).open(),
        "hold": Hold.objects.filter(card=found, until__gte=timezone.localdate()).first(),
        "planned": getattr(found, "planned_erasure", None),
        "request_form": RequestForm(initial={"asked_on": timezone.localdate()}),
        "correct_form": CorrectForm(),
        "hold_form": HoldForm(),
        **forms,
    }


@of_subject("POST")
@step_up_from(lambda request, found, kind: reverse("clienten:subject", args=[found.pk]))
def give(request: UserRequest, found: ClientCard, kind: str) -> HttpResponse:
    """Give the whole file: `kind` is json or pdf."""
    if kind not in ("json", "pdf"):
        raise Http404
    made = exporting.file_of(found, by=request.user)
    asking.close(found, RequestKind.ACCESS, by=request.user)
    if kind == "json":
        return as_download(exporting.as_json(made), name="gegevens.json", content_type="application/json")
    return as_download(exporting.as_pdf(found, made), name="gegevens.pdf", content_type="application/pdf")


@of_subject("POST")
def note(request: UserRequest, found: ClientCard) -> HttpResponse:
    """Write down what this person asks."""
    form = RequestForm(request.POST)
    if not form.is_valid():
        return render(request, "clienten/rights/subject.html", _context(found, request_form=form))
    noted = asking.note(found, by=request.user, **form.cleaned_data)
    messages.success(request, _("Noted. Answer before %(day)s.") % {"day": full_date(noted.answer_by)})
    return redirect("clienten:subject", pk=found.pk)


@of_subject(*WRITE)
def answer(request: UserRequest, found: ClientCard, one: UUID) -> HttpResponse:
    """Show one request with its clock; keep what was told, or that it takes longer."""
    asked = get_object_or_404(SubjectRequest.objects.filter(card=found).select_related("organization", "card"), pk=one)
    longer = "longer" in request.POST
    form = AnswerForm(request.POST if request.POST and not longer else None, kind=asked.kind)
    longer_form = LongerForm(request.POST if longer else None)
    bound = longer_form if longer else form
    if bound.is_valid():
        with AtForm(bound):
            _keep_answer(request, asked, bound)
            return redirect("clienten:subject", pk=found.pk)
    context = {"card": found, "asked": asked, "form": form, "longer_form": longer_form}
    context["later"] = asked.last_day(longer=True)
    return render(request, "clienten/rights/answer.html", context)


def _keep_answer(request: UserRequest, asked: SubjectRequest, form: forms.Form) -> None:
    if isinstance(form, LongerForm):
        until = asking.take_longer(asked, by=request.user, **form.cleaned_data)
        messages.success(request, _("Answer before %(day)s.") % {"day": full_date(until)})
    else:
        asking.answer(asked, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your answer is kept."))


@of_subject("POST")
def correct(request: UserRequest, found: ClientCard) -> HttpResponse:
    """Write a correction down and pass it on."""
    form = CorrectForm(request.POST)
    if not form.is_valid():
        return render(request, "clienten/rights/subject.html", _context(found, correct_form=form))
    told = correcting.correct(found, by=request.user, **form.cleaned_data)
    asking.close(found, RequestKind.RECTIFY, by=request.user)
    said = ngettext(
        "Written down. %(count)s organization was told.", "Written down. %(count)s organizations were told.", told
    )
    messages.success(request, said % {"count": told} if told else _("Written down. Nobody else has this piece."))
    return redirect("clienten:subject", pk=found.pk)


@of_subject("POST")
def hold(request: UserRequest, found: ClientCard) -> HttpResponse:
    """Keep this file from being erased for a while, or let it go again."""
    if "release" in request.POST:
        asking.release(found, by=request.user)
        messages.success(request, _("The file is no longer held."))
        return redirect("clienten:subject", pk=found.pk)
    form = HoldForm(request.POST)
    if not form.is_valid():
        return render(request, "clienten/rights/subject.html", _context(found, hold_form=form))
    asking.hold(found, by=request.user, **form.cleaned_data)
    messages.success(request, _("The file stays until that day."))
    return redirect("clienten:subject", pk=found.pk)


@of_subject(*WRITE)
@step_up_for(gettext_lazy("Erase everything of this person"))
def wipe(request: UserRequest, found: ClientCard) -> HttpResponse:
    """Erase one person, after the first name was typed once more; or say why the law keeps the file."""
    form = EraseForm(request.POST or None, first_name=found.first_name)
    if form.is_valid():
        try:
            erase(found, by=request.user)
        except Refusal as refusal:
            asking.close(found, RequestKind.ERASE, by=request.user, refused_because="kept_by_law")
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Everything is erased. The log keeps only that it happened."))
            return redirect("clienten:subjects")
    context = {"card": found, "form": form, "reasons": reasons_to_keep(found)}
    return render(request, "clienten/rights/erase.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def keeping(request: UserRequest, pk: str) -> HttpResponse:
    """Show and change how long one organization keeps files, what goes next, and what went."""
    organization: Organization = get_object_or_404(answers_for(request.user), pk=pk)
    form = MonthsForm(request.POST or None, initial={"months": retention.months_of(organization)})
    if form.is_valid():
        retention.set_months(organization, form.cleaned_data["months"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("clienten:keeping", pk=organization.pk)
    context = {
        "organization": organization,
        "form": form,
        "preview": retention.preview(organization),
        "reports": RetentionReport.objects.filter(organization=organization)[:REPORTS],
    }
    audit.record("retention.looked", subject=organization, by=request.user, organization=organization)
    return render(request, "clienten/rights/keeping.html", context)
