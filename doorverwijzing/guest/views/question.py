"""The question as a receiver without an account reads and answers it: the same machine, on one page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refusal
from doorverwijzing import actions, feedback, packet, receiving, thread
from doorverwijzing.actors import Guest
from doorverwijzing.deadlines import due
from doorverwijzing.forms import CloseForm, ContactForm, MessageForm, RefuseForm
from doorverwijzing.guest.forms import JoinForm
from doorverwijzing.guest.views.door import of_guest
from doorverwijzing.models import Referral
from doorverwijzing.permissions import may
from doorverwijzing.views.work import alternatives
from doorverwijzing.ways import bridging, transfer
from doorverwijzing.ways.forms import TakeOverForm
from doorverwijzing.words import badge
from doorverwijzing.workflow import ENDED, Side, Status
from organisaties.joining import invite_first

PAGE = "doorverwijzing/guest/question.html"
MOVES_ASKED = ("accept", "refuse", "confirm_contact", "start", "close")


@of_guest("GET", "HEAD")
def question(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Show the question, the one thing to do now, the messages, and the way to an account."""
    return render(request, PAGE, _context(referral, guest))


def _context(referral: Referral, guest: Guest, **forms: object) -> dict[str, object]:
    """Give all that the page shows; a form that was wrong comes along with what was typed."""
    reading = receiving.read(referral, by=guest)
    name = reading.name if reading else ""
    waiting = referral.state in (Status.SENT, Status.RECEIVED, Status.ACCEPTED)
    others = alternatives(referral)
    return {
        "referral": referral,
        "mailbox": guest.mailbox,
        "reading": reading,
        "name": name,
        "title": packet.subject_for_receiver(referral),
        "badge": badge(referral.state, Side.RECEIVER),
        "thread": thread.for_workers(referral, Side.RECEIVER, name),
        "may": {move: bool(may(guest, move, referral)) for move in MOVES_ASKED},
        "speak_by": due(Status.ACCEPTED, referral.urgency, timezone.now()),
        "waiting": waiting,
        "ended": referral.state in ENDED or not reading,
        "conversation_messages": referral.messages.select_related("author", "organization"),
        "refuse_form": RefuseForm(alternatives=others),
        "pass_form": RefuseForm(alternatives=others, may_end=False, prefix="door"),
        "contact_form": ContactForm(),
        "close_form": CloseForm(),
        "message_form": MessageForm(),
        "join_form": JoinForm(),
        **_beside(referral, guest),
        **forms,
    }


def _beside(referral: Referral, guest: Guest) -> dict[str, object]:
    """Give what stands beside the question: a transfer, who bridges, and what the sender may hear."""
    change = transfer.of(referral)
    return {
        "change": change,
        "may_take_over": bool(change and transfer.may_confirm(guest, change)),
        "take_over_form": TakeOverForm(),
        "bridge": bridging.partner_of(referral),
        "feedback_words": feedback.in_words(referral),
        "may_write": feedback.may_write(referral),
    }


def _done(request: HttpRequest, referral: Referral, act: Callable[[], object], said: str) -> HttpResponse:
    """Run one action; a rule that says no becomes a message on the page, with what happened meanwhile."""
    try:
        act()
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("doorverwijzing:guest", pk=referral.pk)


@of_guest("POST")
def accept(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Say yes."""
    return _done(request, referral, lambda: receiving.accept(referral, by=guest), _("Accepted. Now make contact."))


@of_guest("POST")
def refuse(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Say no, with a reason and a way on."""
    form = RefuseForm(request.POST, alternatives=alternatives(referral))
    if not form.is_valid():
        return render(request, PAGE, _context(referral, guest, refuse_form=form))
    given = form.cleaned_data

    def act() -> None:
        receiving.refuse(
            referral, code=given["code"], alternative=form.alternative, nothing_exists=form.nothing_exists,
            note_text=given["note"], by=guest,
        )  # fmt: skip

    return _done(request, referral, act, _("Sent back with your proposal."))


@of_guest("POST")
def pass_on(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Propose another service; the sender asks the person."""
    data = {**request.POST.dict(), "door-code": "not_ours"}
    form = RefuseForm(data, alternatives=alternatives(referral), may_end=False, prefix="door")
    if not form.is_valid() or form.alternative is None:
        return render(request, PAGE, _context(referral, guest, pass_form=form))
    chosen = form.alternative
    said = _("Passed on. The sender asks for a new yes.")
    return _done(request, referral, lambda: receiving.pass_on(referral, alternative=chosen, by=guest), said)


@of_guest("POST")
def contact(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Confirm contact, or note a try that failed; the third one gives the question back."""
    form = ContactForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, _context(referral, guest, contact_form=form))
    given = form.cleaned_data
    if given["spoken"] == ContactForm.YES:
        said = _("Contact confirmed. %(sender)s sees it.") % {"sender": referral.sender}
        return _done(request, referral, lambda: _confirm(referral, form, guest), said)

    def act() -> None:
        receiving.record_attempt(referral, at=form.at, channel=given["channel"], note_text=given["note"], by=guest)

    return _done(request, referral, act, _("Noted. The question does not disappear."))


def _confirm(referral: Referral, form: ContactForm, guest: Guest) -> None:
    given = form.cleaned_data
    receiving.confirm_contact(
        referral, at=form.at, channel=given["channel"], initiative=given["initiative"],
        appointment=given["appointment"], by=guest,
    )  # fmt: skip


@of_guest("POST")
def take_over(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Say, as the new OCMW, from which day we are competent."""
    change = transfer.of(referral)
    form = TakeOverForm(request.POST)
    if change is None:
        raise Http404
    if not form.is_valid():
        return render(request, PAGE, _context(referral, guest, take_over_form=form))
    day = form.cleaned_data["takes_over_on"]
    said = _("Confirmed. The other OCMW stays competent until that day.")
    return _done(request, referral, lambda: transfer.confirm(change, takes_over_on=day, by=guest), said)


@of_guest("POST")
def start(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Say that the help runs."""
    return _done(request, referral, lambda: receiving.start(referral, by=guest), _("Noted: the help runs."))


@of_guest("POST")
def close(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Say how it ended."""
    form = CloseForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, _context(referral, guest, close_form=form))
    result = form.cleaned_data["result"]
    return _done(request, referral, lambda: receiving.close(referral, result=result, by=guest), _("Closed."))


@of_guest("POST")
def message(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Write to the sender; it does not stop the clock."""
    form = MessageForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, _context(referral, guest, message_form=form))
    given = form.cleaned_data

    def act() -> None:
        actions.write_message(referral, text=given["text"], form_key=given["form_key"], by=guest)

    return _done(request, referral, act, _("Your message is with %(sender)s.") % {"sender": referral.sender})


@of_guest("POST")
def join(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Mail an invitation, so that the next question waits behind a login."""
    form = JoinForm(request.POST)
    if form.is_valid():
        try:
            invitation = invite_first(referral.receiver, email=form.cleaned_data["email"], by=guest.signature)
        except Refusal as refusal:
            form.add_error("email", str(refusal))
        else:
            said = _("The invitation is on its way to %(email)s.") % {"email": invitation.email}
            messages.success(request, said)
            return redirect("doorverwijzing:guest", pk=referral.pk)
    return render(request, PAGE, _context(referral, guest, join_form=form))
