"""The client's own page: no account, a code from the sheet, and quiet words."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clienten.models import Item
from core import audit, throttle
from core.errors import Refusal
from doorverwijzing import actions, thread
from doorverwijzing.forms import AnswerForm, CodeForm
from doorverwijzing.models import Reached, ReceiptCode, Referral
from doorverwijzing.reaching import phone_of
from doorverwijzing.receipts import clean_code, find
from doorverwijzing.words import CLIENT_TONES, SENDER_WORDS, YOUR_ITEMS, client_sentence
from doorverwijzing.workflow import AT_HOME, MOVES, Status
from organisaties.models import Organization

SESSION_KEY = "receipt"
OPEN_SECONDS = 30 * 60
TRIES, PAUSE_SECONDS = 5, 10 * 60
# Over all addresses together: nobody may try codes from a thousand places.
TRIES_OF_ALL, ALL = 300, "all"
ASKS = frozenset({Status.ACCEPTED, Status.CONTACT_MADE, Status.RUNNING, Status.UNREACHED, Status.CLOSED})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the sheet."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        return _open(request, clean_code(form.cleaned_data["code"]), form)
    return render(request, "doorverwijzing/code.html", {"form": form})


@login_not_required
@never_cache
@require_safe
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """Open the page from the QR code; the code leaves the address at once."""
    return _open(request, clean_code(code), CodeForm({"code": ""}))


def _open(request: HttpRequest, code: str, form: CodeForm) -> HttpResponse:
    where = throttle.address(request)
    if throttle.is_paused("receipt", where, limit=TRIES) or throttle.is_paused("receipt", ALL, limit=TRIES_OF_ALL):
        return render(request, "doorverwijzing/code_paused.html", status=429)
    receipt = find(code)
    if receipt is None:
        for key in (where, ALL):
            throttle.count_failure("receipt", key, seconds=PAUSE_SECONDS)
        wrong = CodeForm({"code": request.POST.get("code", "")})
        wrong.full_clean()
        wrong.errors.clear()
        wrong.add_error("code", _("We do not know that code. Look at your sheet again."))
        return render(request, "doorverwijzing/code.html", {"form": wrong}, status=404)
    if receipt.expires_at < timezone.now():
        return render(request, "doorverwijzing/code_expired.html", status=410)
    request.session[SESSION_KEY] = {"receipt": str(receipt.pk), "until": timezone.now().timestamp() + OPEN_SECONDS}
    return redirect("doorverwijzing:client_page")


def _opened(request: HttpRequest) -> Referral | None:
    """Find the referral that this browser opened with a code a short while ago."""
    opened = request.session.get(SESSION_KEY)
    if not opened or opened["until"] < timezone.now().timestamp():
        return None
    receipt = ReceiptCode.objects.filter(pk=opened["receipt"], expires_at__gt=timezone.now()).first()
    if receipt is None:
        return None
    return Referral.objects.for_list().exclude(status__in=AT_HOME).filter(pk=receipt.referral_id).first()


@login_not_required
@never_cache
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Show where the question is, who helps, who looked, and the two things the client can do."""
    referral = _opened(request)
    if referral is None:
        return redirect("doorverwijzing:enter")
    return render(request, "doorverwijzing/client_page.html", _context(referral, AnswerForm()))


def _context(referral: Referral, form: AnswerForm) -> dict[str, object]:
    words = {"service": str(referral.receiver), "worker": referral.sender_worker.first_name}
    # Nobody sees it any more: not on this page either.
    taken_back = referral.state is Status.WITHDRAWN
    given = referral.answers.last()
    contact = next((attempt for attempt in referral.attempts.all() if attempt.reached), None)
    return {
        "referral": referral,
        "own_words": "" if taken_back else referral.question.own_words,
        "wish": "" if taken_back else referral.question.wish,
        "sentence": client_sentence(referral.state, **words),
        "icon": SENDER_WORDS[referral.state].icon,
        "tone": CLIENT_TONES.get(referral.state, "info"),
        "contact": contact,
        "asks": referral.state in ASKS,
        "given": Reached(given.answer).label if given else "",
        "form": form,
        "thread": thread.for_client(referral),
        "receiver_phone": phone_of(referral.receiver, referral.service_id),
        "sender_phone": referral.sender_worker.phone or phone_of(referral.sender),
        "looked": looked(referral),
        "can_stop": referral.state in MOVES["withdraw"].sources,
        "shared": [YOUR_ITEMS[Item(item)] for item in actions.shared_items(referral)],
        "until": referral.receipt.expires_at,
    }


def looked(referral: Referral) -> list[dict[str, object]]:
    """Count who read the packet, by organization; no names of workers."""
    reads = audit.history(referral).filter(action="referral.read")
    counts = reads.order_by().values("organization").annotate(times=Count("sequence"))
    names = dict(Organization.objects.filter(pk__in=[row["organization"] for row in counts]).values_list("pk", "name"))
    return [{"organization": names.get(row["organization"], ""), "times": row["times"]} for row in counts]


@login_not_required
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Take the client's answer to the question whether someone reached them."""
    referral = _opened(request)
    if referral is None:
        return redirect("doorverwijzing:enter")
    form = AnswerForm(request.POST)
    if form.is_valid():
        actions.record_answer(referral, answer=form.cleaned_data["answer"], by=audit.CLIENT)
        messages.success(request, _("Thank you. We wrote down your answer."))
        return redirect("doorverwijzing:client_page")
    return render(request, "doorverwijzing/client_page.html", _context(referral, form))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest) -> HttpResponse:
    """Let the client take the yes back; asks once, never why."""
    referral = _opened(request)
    if referral is None:
        return redirect("doorverwijzing:enter")
    if request.method == "POST":
        try:
            actions.withdraw(referral, by=audit.CLIENT)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("You took your yes back. They do not see your data any more."))
        return redirect("doorverwijzing:client_page")
    return render(request, "doorverwijzing/take_back.html", {"referral": referral})
