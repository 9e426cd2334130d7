"""The client's own page: no account, a code from the sheet, and quiet words, in Dutch and a helper language."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clienten.models import Item
from clienten.safe_contact import of_card
from core import audit, short_codes, throttle
from core.refusals import AtForm, OnThePage
from doorverwijzing import actions, packet, thread
from doorverwijzing.client import half_typed, mending, talk
from doorverwijzing.client.forms import TalkForm
from doorverwijzing.client.languages import Helper
from doorverwijzing.client.looked import looked
from doorverwijzing.client.reaching import of_contact, phone_of
from doorverwijzing.client.receipts import find, together
from doorverwijzing.client.views import own_device
from doorverwijzing.client.views.framing import LANGUAGE_KEY, READ_IN, chosen_helper, frame
from doorverwijzing.consent import taking_back
from doorverwijzing.consent.views.taking_back import effect_words
from doorverwijzing.forms import AnswerForm, CodeForm, WithdrawForm
from doorverwijzing.live.showing import meeting_of
from doorverwijzing.models import Reached, ReceiptCode, Referral
from doorverwijzing.words import (
    CLIENT_TONES,
    SENDER_WORDS,
    YOUR_ITEMS,
    client_sentence,
    fetch_where,
    what_they_see,
    where,
)
from doorverwijzing.workflow import AT_RECEIVER, ENDED, MOVES, Side, Status

SESSION_KEY = "receipt"
OPEN_SECONDS = 30 * 60
TRIES, PAUSE_SECONDS = 5, 10 * 60
# Over all addresses together: nobody may try codes from a thousand places.
TRIES_OF_ALL, ALL = 300, "all"
# So many questions one sheet may hold before what was typed in an old page counts as typed at the first.
MOST_QUESTIONS = 50


@dataclass(frozen=True)
class Opened:
    """What one code opened: every question of the sheet, and the one that is looked at."""

    receipt: str
    referral: Referral
    all: list[Referral]
    number: int

    @property
    def address(self) -> str:
        """Give the page of this question."""
        page = reverse("doorverwijzing:client_page")
        return f"{page}?vraag={self.number}" if len(self.all) > 1 else page


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the sheet."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        return _open(request, short_codes.clean(form.cleaned_data["code"]))
    return render(request, "doorverwijzing/code.html", {"form": form, **frame(request, form)})


@login_not_required
@never_cache
@require_safe
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """Open the page from the QR code; the code leaves the address at once."""
    return _open(request, short_codes.clean(code))


def _open(request: HttpRequest, code: str) -> HttpResponse:
    where = throttle.address(request)
    if throttle.is_paused("receipt", where, limit=TRIES) or throttle.is_paused("receipt", ALL, limit=TRIES_OF_ALL):
        return render(request, "doorverwijzing/code_paused.html", frame(request), status=429)
    receipt = find(code)
    if receipt is None:
        for key in (where, ALL):
            throttle.count_failure("receipt", key, seconds=PAUSE_SECONDS)
        wrong = CodeForm({"code": request.POST.get("code", "")})
        wrong.full_clean()
        wrong.errors.clear()
        unknown = _("We do not know that code. Look at your sheet again.")
        wrong.add_error("code", ValidationError(unknown, code=mending.UNKNOWN))
        return render(request, "doorverwijzing/code.html", {"form": wrong, **frame(request, wrong)}, status=404)
    if receipt.expires_at < timezone.now():
        return render(request, "doorverwijzing/code_expired.html", frame(request), status=410)
    request.session[SESSION_KEY] = {"receipt": str(receipt.pk), "until": timezone.now().timestamp() + OPEN_SECONDS}
    request.session.setdefault(LANGUAGE_KEY, receipt.referral.client.language)
    return redirect("doorverwijzing:client_page")


def _opened(request: HttpRequest) -> Opened | None:
    """Find the questions that this browser opened with a code a short while ago."""
    opened = request.session.get(SESSION_KEY)
    if not opened or opened["until"] < timezone.now().timestamp():
        return None
    receipt = ReceiptCode.objects.filter(pk=opened["receipt"], expires_at__gt=timezone.now()).first()
    found = together(receipt) if receipt else []
    if not found:
        return None
    fetch_where(found)
    number = _number(request, len(found))
    return Opened(opened["receipt"], found[number - 1], found, number)


def _number(request: HttpRequest, most: int) -> int:
    """Give which question of the sheet is meant; the first one when that is not said or not there."""
    asked = request.POST.get("vraag") or request.GET.get("vraag") or "1"
    known = asked.isascii() and asked.isdigit() and len(asked) <= len(str(most)) and 0 < int(asked) <= most
    return int(asked) if known else 1


def _too_late(request: HttpRequest) -> HttpResponse:
    """Ask for the code again; with the same code, what was typed is there again."""
    if opened := request.session.get(SESSION_KEY):
        half_typed.keep(request, receipt=opened["receipt"], number=_number(request, MOST_QUESTIONS))
    return redirect("doorverwijzing:enter")


@login_not_required
@never_cache
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Show where the questions are, who helps, who looked, and what the client can do."""
    opened = _opened(request)
    if opened is None:
        return redirect("doorverwijzing:enter")
    return render(request, "doorverwijzing/client_page.html", _context(request, opened))


def _context(
    request: HttpRequest, opened: Opened, form: AnswerForm | None = None, message: TalkForm | None = None
) -> dict[str, object]:
    typed = request.POST.dict() or half_typed.kept_for(request, receipt=opened.receipt, number=opened.number)
    referral, form, message = opened.referral, form or AnswerForm(initial=typed), message or TalkForm(initial=typed)
    helper, knots = chosen_helper(request), thread.for_client(referral)
    return {
        **frame(request, form, message),
        **_question(referral),
        **_asked(referral, helper),
        "thread": knots,
        "helper_thread": _steps(referral, knots, helper) if helper else [],
        "referral": referral,
        "number": opened.number,
        "address": opened.address,
        "others": _lines(opened) if len(opened.all) > 1 else [],
        "form": form,
        "message_form": message,
        **_beside_languages(referral),
        "receiver_phone": phone_of(referral.receiver, referral.service_id),
        "sender_phone": of_contact(referral),
        "looked": looked(referral),
        "can_stop": _can_stop(referral),
        "can_write": referral.state not in ENDED,
        "shared": (shared := _shared(referral)),
        "sees": what_they_see(shared),
        "has_it": referral.state in AT_RECEIVER,
        "helps": referral.state in AT_RECEIVER | {Status.CLOSED},
        "until": referral.receipt.expires_at,
    }


def _beside_languages(referral: Referral) -> dict[str, str]:
    """Give the form that the choice of a language sends, and what Enter means there: the answer, where one is asked."""
    return {
        "languages_form": "" if referral.state in ENDED else "schrijf",
        "languages_enter": reverse("doorverwijzing:client_answer") if referral.state in talk.ASKS else "",
    }


def _shared(referral: Referral) -> list[str]:
    """Name what the other side may see: the question, and each piece that was shared with it."""
    items = actions.shared_items(referral)
    return [Item.QUESTION.value, *items] if items else []


def _can_stop(referral: Referral) -> bool:
    """Tell whether there is something to take back: it runs, or somebody can still read it after its end."""
    return referral.state in MOVES["withdraw"].sources or packet.is_open(referral)


def _question(referral: Referral) -> dict[str, object]:
    """Give the question and where it is. What was taken back is seen by nobody any more: not on this page either."""
    taken_back, state = referral.state is Status.WITHDRAWN, where(referral)[0]
    return {
        "discreet": of_card(referral.client).is_discreet,
        "own_words": "" if taken_back else referral.question.own_words,
        "wish": "" if taken_back else referral.question.wish,
        "sentence": client_sentence(referral),
        "worker": referral.sender_worker.first_name or str(referral.sender),
        "icon": SENDER_WORDS[state].icon,
        "tone": CLIENT_TONES.get(state, "info"),
        "contact": referral.contact,
        "meeting": meeting_of(referral) if referral.state is Status.ACCEPTED else None,
        "due": referral.due_at if referral.turn is Side.RECEIVER else None,
        "is_late": referral.due_at is not None and referral.due_at < timezone.now(),
        "client_messages": [] if taken_back else list(referral.client_messages.select_related("author")),
    }


def _asked(referral: Referral, chosen: Helper | None) -> dict[str, object]:
    """Give the neutral question and what was answered before, in Dutch and in the helper language."""
    given = referral.answers.last()
    reached = referral.contact
    return {
        "asks": referral.state in talk.ASKS,
        "given": Reached(given.answer).label if given else "",
        # Who answered before anyone says to have spoken with them is asked once more after that.
        "answered": given is not None and not (reached and given.created_at < reached.created_at),
        "given_in_helper": _in_helper(given.answer, chosen) if given and chosen else "",
        "told": bool(talk.alarm(referral)),
        "notes": {one: chosen.mark(chosen.say(f"answer.{one}")) for one in Reached.values} if chosen else {},
    }


def _in_helper(answer: str, helper: Helper) -> str:
    """Say in the helper language what was answered before."""
    return helper.mark(helper.say("ask.said", answer=helper.say(f"answer.{answer}")))


def _lines(opened: Opened) -> list[dict[str, object]]:
    """Give one line for each question of the sheet: what it was, how it stands, and whether it is the one below."""
    page = reverse("doorverwijzing:client_page")
    return [
        {
            "number": number,
            "title": "" if one.state is Status.WITHDRAWN else one.question.wish,
            "sentence": client_sentence(one),
            "referral": one,
            "url": f"{page}?vraag={number}",
            "here": number == opened.number,
        }
        for number, one in enumerate(opened.all, start=1)
    ]


def _steps(referral: Referral, knots: list[thread.Knot], helper: Helper) -> list[thread.Knot]:
    """Say what happened and what comes in the helper language: only what this language has words for."""
    steps = []
    for knot in knots:
        if knot.moment and knot.state == "later":
            late = knot.moment < timezone.now()
            title = helper.say("heard_nothing" if late else "hear_by", day=knot.moment)
            steps.append(replace(knot, title=title, when=""))
        elif knot.moment and (words := helper.say(f"step.{knot.move}", service=referral.receiver, worker=knot.who)):
            steps.append(replace(knot, title=words, when=helper.day(knot.moment)))
    return steps


@login_not_required
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Take the client's answer to the question whether someone reached them; "not yet" warns the sender at once."""
    opened = _opened(request)
    if opened is None:
        return _too_late(request)
    form = AnswerForm(request.POST)
    if form.is_valid():
        given = actions.record_answer(opened.referral, answer=form.cleaned_data["answer"], by=audit.CLIENT)
        messages.success(request, _("Thank you. We wrote down your answer."), extra_tags="ask.kept")
        if given.answer in talk.ALARMING:
            worker = opened.referral.sender_worker.first_name or opened.referral.sender
            told = _("We told %(worker)s at once. You can also call yourself.") % {"worker": worker}
            messages.info(request, told, extra_tags="answer.told")
        half_typed.keep(request, receipt=opened.receipt, number=opened.number, sent="answer")
        return redirect(opened.address)
    return render(request, "doorverwijzing/client_page.html", _context(request, opened, form))


@login_not_required
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Let the client write to the own contact, or go on in another language with what was typed."""
    opened = _opened(request)
    if opened is None:
        return _too_late(request)
    ended, in_another_language = opened.referral.state in ENDED, READ_IN in request.POST
    form = TalkForm(initial=request.POST.dict()) if in_another_language and not ended else TalkForm(request.POST)
    if ended:
        closed = _("This question is closed. Do you still want to say something? Call.")
        form.add_error(None, ValidationError(closed, code=mending.CLOSED))
    elif form.is_valid():
        with AtForm(form, "text"):
            talk.write_as_client(
                opened.referral, text=form.cleaned_data["text"], form_key=form.cleaned_data["form_key"]
            )
            messages.success(request, _("Sent. The answer comes on this page."), extra_tags="write.sent")
            half_typed.keep(request, receipt=opened.receipt, number=opened.number, sent="text")
            return redirect(opened.address)
    return render(request, "doorverwijzing/client_page.html", _context(request, opened, message=form))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest) -> HttpResponse:
    """Let the client take the yes back: by item, whole, or from everyone on the sheet; asks once, never why."""
    opened = _opened(request)
    if opened is None:
        return redirect("doorverwijzing:enter")
    items = _may_go(opened.referral)
    form = WithdrawForm(request.POST if request.method == "POST" else None, items=items)
    if form.is_valid():
        chosen = form.cleaned_data["items"]
        some = chosen if 0 < len(chosen) < len(items) else None
        with OnThePage(request):
            if "everywhere" in request.POST:
                done = taking_back.take_back(opened.referral.client, by=audit.CLIENT, chosen=_from_all(opened))
            else:
                done = actions.withdraw(opened.referral, by=audit.CLIENT, items=some)
            whole = all(row["whole"] for row in done.effect)
            done_words = (
                _("You took your yes back. They do not see your data any more.")
                if whole
                else _("You took this back. They do not see it any more.")
            )
            messages.success(request, done_words, extra_tags="stop.done" if whole else "stop.part")
            told = {**effect_words(done), "address": opened.address, "number": opened.number, **frame(request)}
            return render(request, "doorverwijzing/taken_back.html", told)
        return redirect(opened.address)
    context = {
        "referral": opened.referral, "number": opened.number, "form": form, "items": items, "address": opened.address,
        "everyone": sorted({str(one.receiver) for one in opened.all if _can_stop(one)}),
        "notes": _notes(opened.referral, items, chosen_helper(request)), **frame(request, form),
    }  # fmt: skip
    return render(request, "doorverwijzing/take_back.html", context)


def _may_go(referral: Referral) -> list[tuple[str, str]]:
    """Name what can be taken back: each piece, and the question that carries all of it."""
    names = {Item.QUESTION.value: _("your question")} | {item.value: str(name) for item, name in YOUR_ITEMS.items()}
    return [(item, names[item]) for item in _shared(referral)]


def _notes(referral: Referral, items: list[tuple[str, str]], helper: Helper | None) -> dict[str, SafeString]:
    """Name in the helper language each piece that can be taken back."""
    if helper is None:
        return {}
    codes = [code for code, _dutch in items]
    return dict(zip(codes, map(helper.mark, helper.items(codes, sender=referral.sender)), strict=True))


def _from_all(opened: Opened) -> dict[str, None]:
    """Name everyone on the sheet from whom there is something to take back: all that they have."""
    return {one.receiver_id: None for one in opened.all if _can_stop(one)}


@login_not_required
@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Leave at once: what a code opened closes, and the browser goes somewhere ordinary."""
    for key in (SESSION_KEY, LANGUAGE_KEY, half_typed.SESSION_KEY, own_device.SESSION_KEY):
        request.session.pop(key, None)
    response = redirect(settings.QUICK_EXIT_URL)
    response["Referrer-Policy"] = "no-referrer"
    response["Clear-Site-Data"] = '"cache"'
    return response
