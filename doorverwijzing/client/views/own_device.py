"""The client's own device: a short code opens the text in Dutch and a helper language; the client chooses per item."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from clienten.consent import asking, texts
from clienten.models import ConsentRequest, Item
from core import short_codes, throttle
from core.errors import Refusal
from core.privacy import NATIONAL_NUMBER_MESSAGE, holds_national_number
from doorverwijzing import packet
from doorverwijzing.client.forms import OwnCodeForm
from doorverwijzing.models import Referral

SESSION_KEY = "consent_request"
KIND, ALL = "consent-code", "all"
TRIES, TRIES_OF_ALL, PAUSE_SECONDS = 5, 300, 10 * 60
YES, NO = "yes", "no"
NUMBER = "national_number"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code that the worker shows."""
    form = OwnCodeForm(request.POST or None)
    if form.is_valid():
        return _open(request, form.cleaned_data["code"])
    return render(request, "doorverwijzing/own_code.html", {"form": form})


@login_not_required
@never_cache
@require_safe
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """Open the page from the QR code; the code leaves the address at once."""
    return _open(request, code)


def _open(request: HttpRequest, typed: str) -> HttpResponse:
    where = throttle.address(request)
    if throttle.is_paused(KIND, where, limit=TRIES) or throttle.is_paused(KIND, ALL, limit=TRIES_OF_ALL):
        return render(request, "doorverwijzing/own_paused.html", status=429)
    found = asking.find(typed)
    if found is None:
        for key in (where, ALL):
            throttle.count_failure(KIND, key, seconds=PAUSE_SECONDS)
        form = OwnCodeForm({"code": "" if request.method == "GET" else short_codes.clean(typed)})
        form.full_clean()
        form.errors.clear()
        form.add_error("code", _("We do not know that code, or it is over. Ask for a new one."))
        return render(request, "doorverwijzing/own_code.html", {"form": form}, status=404)
    asking.note_opened(found)
    request.session[SESSION_KEY] = str(found.pk)
    return redirect("doorverwijzing:yes_own")


def _asked(request: HttpRequest) -> ConsentRequest | None:
    opened = request.session.get(SESSION_KEY)
    if not opened:
        return None
    known = ConsentRequest.objects.filter(pk=opened)
    return known.select_related("client__organization", "recipient").first()


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Show what is asked, and take the client's choice for each piece, once."""
    asked = _asked(request)
    if asked is None:
        return redirect("doorverwijzing:yes_enter")
    if asked.answered_at:
        return render(request, "doorverwijzing/own_done.html", _context(request, asked, ""))
    if not asked.is_open(timezone.now()):
        return render(
            request, "doorverwijzing/own_done.html", {**_context(request, asked, ""), "over": True}, status=410
        )
    wrong = ""
    if request.method == "POST":
        wrong = _answer(request, asked)
        if not wrong:
            return redirect("doorverwijzing:yes_own")
    return render(request, "doorverwijzing/own_choice.html", _context(request, asked, wrong))


def _answer(request: HttpRequest, asked: ConsentRequest) -> str:
    """Take the answer; give the name of the sentence that says what is missing, or nothing."""
    given = {item: request.POST.get(item) for item in asked.items}
    if any(answer not in (YES, NO) for answer in given.values()):
        return "missing"
    name = request.POST.get("name", "").strip()
    if not name:
        return "name_missing"
    if holds_national_number(name):
        return NUMBER
    try:
        asking.answer(
            asked,
            answers={item: answer == YES for item, answer in given.items()},
            name=name[:80],
            language=_language(request, asked),
        )
    except Refusal:
        return "over"
    return ""


def _language(request: HttpRequest, asked: ConsentRequest) -> str:
    wanted = request.POST.get("taal") or request.GET.get("taal") or asked.language
    return texts.known_language(wanted)


def _context(request: HttpRequest, asked: ConsentRequest, wrong: str) -> dict[str, object]:
    language = _language(request, asked)
    names = {"receiver": asked.recipient.name, "sender": asked.client.organization.name}
    dutch = texts.page_words(texts.DUTCH, **names)
    helper = texts.page_words(language, **names) if language != texts.DUTCH else None
    items = [item for item in asked.items if item != Item.QUESTION]
    return {
        "asked": asked,
        "nl": dutch,
        "helper": helper,
        "language": language,
        "languages": texts.languages(),
        "reads": [texts.wording(items=items, language=one, **names) for one in dict.fromkeys([texts.DUTCH, language])],
        "rows": _rows(request, asked, dutch, helper),
        "typed": request.POST.get("name", ""),
        **_said(wrong, dutch, helper),
    }


def _said(wrong: str, dutch: texts.PageWords, helper: texts.PageWords | None) -> dict[str, object]:
    """Say what is wrong; that a number is not kept stands in Dutch, with beside it what to write instead."""
    beside = "name_missing" if wrong == NUMBER else wrong
    return {
        "wrong": NATIONAL_NUMBER_MESSAGE if wrong == NUMBER else dutch[wrong] if wrong else "",
        "wrong_helper": helper[beside] if beside and helper else "",
    }


def _rows(
    request: HttpRequest, asked: ConsentRequest, dutch: texts.PageWords, helper: texts.PageWords | None
) -> list[dict[str, str]]:
    """Give each piece with its name in both languages and the words themselves, in the order of the worker's screen."""
    referral = Referral.objects.filter(question=asked.purpose, receiver=asked.recipient, client=asked.client).last()
    offered = packet.offered(referral.question) if referral else []
    content = {piece.item: piece.text for piece in offered}
    if referral:
        content[Item.QUESTION.value] = referral.question.wish
    order = [Item.QUESTION.value, *(item for item in Item.values if item in asked.items and item != Item.QUESTION)]
    return [
        {
            "item": item,
            "label": dutch.labels.get(item, item),
            "helper": helper.labels.get(item, "") if helper else "",
            "content": content.get(item, ""),
            "state": request.POST.get(item, ""),
        }
        for item in order
    ]
