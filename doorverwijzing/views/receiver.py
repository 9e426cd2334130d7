"""The receiver's answers: accept, refuse with a way on, pass on, contact, start, close."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.refusals import AtForm, OnThePage
from doorverwijzing import packet, receiving, thread
from doorverwijzing.forms import CloseForm, ContactForm, RefuseForm
from doorverwijzing.models import Referral
from doorverwijzing.permissions import may
from doorverwijzing.views.known import WRITE, UserRequest, at_us, of_referral, page_at
from doorverwijzing.views.received import alternatives
from doorverwijzing.views.work import received_context
from doorverwijzing.words import badge
from doorverwijzing.workflow import Side


@of_referral(at_us, "POST")
def accept(request: UserRequest, referral: Referral) -> HttpResponse:
    """Say yes."""
    with OnThePage(request, _("Accepted. Now make contact.")):
        receiving.accept(referral, by=request.user)
    return redirect(page_at(referral, Side.RECEIVER, request.user))


@of_referral(at_us, "POST")
def refuse(request: UserRequest, referral: Referral) -> HttpResponse:
    """Say no, with a reason and a way on."""
    form = RefuseForm(request.POST, alternatives=alternatives(referral))
    if form.is_valid():
        with AtForm(form):
            receiving.refuse(
                referral, code=form.cleaned_data["code"], alternative=form.alternative,
                nothing_exists=form.nothing_exists, note_text=form.cleaned_data["note"], by=request.user,
            )  # fmt: skip
            messages.success(request, form.done)
            return redirect("doorverwijzing:inbox")
    return render(request, "doorverwijzing/received.html", received_context(request, referral, refuse=form))


@of_referral(at_us, *WRITE)
def pass_on(request: UserRequest, referral: Referral) -> HttpResponse:
    """Propose another service; the sender asks the client."""
    form = RefuseForm(_pass_on_data(request), alternatives=alternatives(referral), may_end=False)
    if form.is_bound and form.is_valid() and form.alternative:
        with AtForm(form):
            receiving.pass_on(referral, alternative=form.alternative, by=request.user)
            messages.success(request, _("Passed on. The sender asks for a new yes."))
            return redirect(page_at(referral, Side.RECEIVER, request.user))
    context = {"referral": referral, "form": form, "title": packet.subject_for_receiver(referral)}
    return render(request, "doorverwijzing/pass_on.html", context)


def _pass_on_data(request: UserRequest) -> dict[str, object] | None:
    return {**request.POST.dict(), "code": "not_ours"} if request.method == "POST" else None


@of_referral(at_us, *WRITE)
def contact(request: UserRequest, referral: Referral) -> HttpResponse:
    """Confirm contact, or note a try that failed."""
    verdict = may(request.user, "confirm_contact", referral)
    form = ContactForm(request.POST or None)
    if form.is_valid():
        with AtForm(form):
            _note_contact(referral, form, request)
            return redirect(page_at(referral, Side.RECEIVER, request.user))
    reading = packet.read(referral)
    name = reading.name if reading else ""
    context = {
        "referral": referral,
        "form": form,
        "verdict": verdict,
        "reading": reading,
        "name": name or _("this person"),
        "title": packet.subject_for_receiver(referral),
        "badge": badge(referral.state, Side.RECEIVER),
        "thread": thread.for_workers(referral, Side.RECEIVER, name),
        "tries": [attempt for attempt in referral.attempts.all() if not attempt.reached],
    }
    return render(request, "doorverwijzing/contact.html", context)


def _note_contact(referral: Referral, form: ContactForm, request: UserRequest) -> None:
    given = form.cleaned_data
    if given["spoken"] == ContactForm.YES:
        receiving.confirm_contact(
            referral, at=form.at, channel=given["channel"], initiative=given["initiative"],
            appointment=given["appointment"], by=request.user,
        )  # fmt: skip
        messages.success(request, _("Contact confirmed. %(sender)s sees it.") % {"sender": referral.sender})
        return
    receiving.record_attempt(referral, at=form.at, channel=given["channel"], note_text=given["note"], by=request.user)
    messages.success(request, _("Noted. The question does not disappear."))


@of_referral(at_us, "POST")
def start(request: UserRequest, referral: Referral) -> HttpResponse:
    """Say that the help runs."""
    with OnThePage(request, _("Noted: the help runs.")):
        receiving.start(referral, by=request.user)
    return redirect(page_at(referral, Side.RECEIVER, request.user))


@of_referral(at_us, "POST")
def close(request: UserRequest, referral: Referral) -> HttpResponse:
    """Say how it ended."""
    form = CloseForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Say how it ended."))
        return redirect(page_at(referral, Side.RECEIVER, request.user))
    with OnThePage(request, _("Closed.")):
        receiving.close(referral, result=form.cleaned_data["result"], by=request.user)
    return redirect(page_at(referral, Side.RECEIVER, request.user))
