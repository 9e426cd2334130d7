"""The question as a receiver without an account reads and answers it: the same machine, on one page."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseGone
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core import throttle
from core.errors import Refusal
from core.refusals import AtForm, OnThePage
from core.sealed_files import as_download
from doorverwijzing import attachments, feedback, packet, receiving, used
from doorverwijzing.actors import Guest
from doorverwijzing.forms import CloseForm, ContactForm, RefuseForm
from doorverwijzing.guest.forms import JoinForm
from doorverwijzing.guest.views.door import of_guest
from doorverwijzing.live.showing import show
from doorverwijzing.messages import reading, writing
from doorverwijzing.messages.forms import FullMessageForm
from doorverwijzing.models import Attachment, Referral
from doorverwijzing.views import received
from doorverwijzing.ways import bridging, transfer
from doorverwijzing.ways.forms import TakeOverForm
from doorverwijzing.workflow import ENDED
from organisaties.joining import invite_first

PAGE = "doorverwijzing/guest/question.html"
# Per question: how many messages a guest may write in an hour. Whoever holds a link is not known by name.
WRITES, MOST_WRITTEN, IN_SECONDS = "guest-writes", 20, 60 * 60


@of_guest("GET", "HEAD")
def question(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Show the question, the one thing to do now, the messages, and the way to an account."""
    return render(request, PAGE, _context(referral, guest))


def _context(referral: Referral, guest: Guest, **forms: object) -> dict[str, object]:
    """Give all that the page shows; a form that was wrong comes along with what was typed."""
    others = received.alternatives(referral)
    shown = received.page(referral, by=guest, others=others)
    written = reading.for_receiver(referral)
    return {
        **shown,
        "mailbox": guest.mailbox,
        "ended": referral.state in ENDED or not shown["reading"],
        "conversation_messages": written,
        "messages_ended": len(written) < referral.messages.count(),
        "live": show(referral, guest),
        "pass_form": RefuseForm(alternatives=others, may_end=False, prefix="door"),
        "message_form": FullMessageForm(),
        "join_form": JoinForm(),
        **_beside(referral, guest),
        **forms,
    }


def _beside(referral: Referral, guest: Guest) -> dict[str, object]:
    """Give what stands beside the question: what was used, a transfer, who bridges, and what the sender may hear."""
    change = transfer.of(referral)
    return {
        **used.shown(referral),
        "change": change,
        "may_take_over": bool(change and transfer.may_confirm(guest, change)),
        "take_over_form": TakeOverForm(),
        "bridge": bridging.partner_of(referral) if packet.is_open(referral) else None,
        "feedback_words": feedback.in_words(referral),
        "may_write": feedback.may_write(referral),
    }


@of_guest("POST")
def accept(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Say yes."""
    with OnThePage(request, _("Accepted. Now make contact.")):
        receiving.accept(referral, by=guest)
    return redirect("doorverwijzing:guest", pk=referral.pk)


@of_guest("POST")
def refuse(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Say no, with a reason and a way on."""
    form = RefuseForm(request.POST, alternatives=received.alternatives(referral))
    if form.is_valid():
        given = form.cleaned_data
        with AtForm(form):
            receiving.refuse(
                referral, code=given["code"], alternative=form.alternative, nothing_exists=form.nothing_exists,
                note_text=given["note"], by=guest,
            )  # fmt: skip
            messages.success(request, form.done)
            return redirect("doorverwijzing:guest", pk=referral.pk)
    return render(request, PAGE, _context(referral, guest, refuse_form=form))


@of_guest("POST")
def pass_on(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Propose another service; the sender asks the person."""
    data = {**request.POST.dict(), "door-code": "not_ours"}
    form = RefuseForm(data, alternatives=received.alternatives(referral), may_end=False, prefix="door")
    if not form.is_valid() or form.alternative is None:
        return render(request, PAGE, _context(referral, guest, pass_form=form))
    with OnThePage(request, _("Passed on. The sender asks for a new yes.")):
        receiving.pass_on(referral, alternative=form.alternative, by=guest)
    return redirect("doorverwijzing:guest", pk=referral.pk)


@of_guest("POST")
def contact(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Confirm contact, or note a try that failed; the third one gives the question back."""
    form = ContactForm(request.POST)
    if form.is_valid():
        with AtForm(form):
            messages.success(request, _note_contact(referral, form, guest))
            return redirect("doorverwijzing:guest", pk=referral.pk)
    return render(request, PAGE, _context(referral, guest, contact_form=form))


def _note_contact(referral: Referral, form: ContactForm, guest: Guest) -> str:
    """Confirm it or note the try, and say which of the two was done."""
    given = form.cleaned_data
    if given["spoken"] != ContactForm.YES:
        receiving.record_attempt(referral, at=form.at, channel=given["channel"], note_text=given["note"], by=guest)
        return _("Noted. The question does not disappear.")
    receiving.confirm_contact(
        referral, at=form.at, channel=given["channel"], initiative=given["initiative"],
        appointment=given["appointment"], by=guest,
    )  # fmt: skip
    return _("Contact confirmed. %(sender)s sees it.") % {"sender": referral.sender}


@of_guest("POST")
def take_over(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Say, as the new OCMW, from which day we are competent."""
    change = transfer.of(referral)
    form = TakeOverForm(request.POST)
    if change is None:
        raise Http404
    if not form.is_valid():
        return render(request, PAGE, _context(referral, guest, take_over_form=form))
    with OnThePage(request, _("Confirmed. The other OCMW stays competent until that day.")):
        transfer.confirm(change, takes_over_on=form.cleaned_data["takes_over_on"], by=guest)
    return redirect("doorverwijzing:guest", pk=referral.pk)


@of_guest("POST")
def start(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Say that the help runs."""
    with OnThePage(request, _("Noted: the help runs.")):
        receiving.start(referral, by=guest)
    return redirect("doorverwijzing:guest", pk=referral.pk)


@of_guest("POST")
def close(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Say how it ended."""
    form = CloseForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, _context(referral, guest, close_form=form))
    with OnThePage(request, _("Closed.")):
        receiving.close(referral, result=form.cleaned_data["result"], by=guest)
    return redirect("doorverwijzing:guest", pk=referral.pk)


@of_guest("POST")
def tell_use(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Write down which pieces spared the person a second telling."""
    thanks = _("Thank you. %(sender)s sees how many pieces were of use.") % {"sender": referral.sender}
    with OnThePage(request, thanks):
        used.tell(referral, items=request.POST.getlist("used"), by=guest)
    return redirect("doorverwijzing:guest", pk=referral.pk)


@of_guest("POST")
def message(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Write to the sender, with files; it does not stop the clock."""
    key = str(referral.pk)
    if throttle.is_paused(WRITES, key, limit=MOST_WRITTEN):
        return _wrote_much(request, referral, guest)
    # Counted before anything is looked at: reading and scanning a file is what costs.
    throttle.count_failure(WRITES, key, seconds=IN_SECONDS)
    form = FullMessageForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        with AtForm(form):
            writing.write(referral, text=given["text"], form_key=given["form_key"], by=guest, files=form.checked)
            messages.success(request, _("Your message is with %(sender)s.") % {"sender": referral.sender})
            return redirect("doorverwijzing:guest", pk=referral.pk)
    return render(request, PAGE, _context(referral, guest, message_form=form))


def _wrote_much(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Keep what was typed; the files are not even looked at."""
    form = FullMessageForm(request.POST)
    if form.is_valid():
        form.add_error(None, _("You wrote much in a short time. Wait an hour, or call."))
    return render(request, PAGE, _context(referral, guest, message_form=form))


@of_guest("GET", "HEAD")
def attachment(request: HttpRequest, referral: Referral, guest: Guest, file: UUID) -> HttpResponse:
    """Give a file of this question to save; who took it is written down."""
    kept = get_object_or_404(
        Attachment.objects.select_related("message__referral"), pk=file, message__referral=referral
    )
    try:
        content = attachments.open_one(kept, by=guest)
    except Refusal as refusal:
        return HttpResponseGone(str(refusal), content_type="text/plain; charset=utf-8")
    return as_download(content, name=kept.name, content_type=attachments.content_type(kept))


@of_guest("POST")
def join(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Mail an invitation, so that the next question waits behind a login."""
    form = JoinForm(request.POST)
    if form.is_valid():
        with AtForm(form, "email"):
            invitation = invite_first(referral.receiver, email=form.cleaned_data["email"], by=guest.signature)
            said = _("The invitation is on its way to %(email)s.") % {"email": invitation.email}
            messages.success(request, said)
            return redirect("doorverwijzing:guest", pk=referral.pk)
    return render(request, PAGE, _context(referral, guest, join_form=form))
