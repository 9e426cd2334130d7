"""The client's own device: a short code opens the text in Dutch and a helper language; the client chooses per item."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from clienten.consent import asking, texts
from clienten.models import ConsentRequest, Item
from core import short_codes, throttle
from core.refusals import AtForm
from doorverwijzing import packet, seen
from doorverwijzing.client import mending
from doorverwijzing.client.forms import OwnChoiceForm, OwnCodeForm
from doorverwijzing.client.languages import Helper
from doorverwijzing.client.views.framing import LANGUAGE_KEY, READ_IN, asked_language, chosen_helper, frame
from doorverwijzing.models import Referral

SESSION_KEY = "consent_request"
KIND, ALL = "consent-code", "all"
TRIES, TRIES_OF_ALL, PAUSE_SECONDS = 5, 300, 10 * 60


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code that the worker shows."""
    form = OwnCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _open(request, form.cleaned_data["code"])
    return _page_of_code(request, form)


@login_not_required
@never_cache
@require_safe
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """Open the page from the QR code; the code leaves the address at once."""
    return _open(request, code)


def _open(request: HttpRequest, typed: str) -> HttpResponse:
    where = throttle.address(request)
    if throttle.is_paused(KIND, where, limit=TRIES) or throttle.is_paused(KIND, ALL, limit=TRIES_OF_ALL):
        return render(request, "doorverwijzing/own_paused.html", _frame_of_code(request), status=429)
    found = asking.find(typed)
    if found is None:
        for key in (where, ALL):
            throttle.count_failure(KIND, key, seconds=PAUSE_SECONDS)
        form = OwnCodeForm({"code": "" if request.method == "GET" else short_codes.clean(typed)})
        form.full_clean()
        form.errors.clear()
        unknown = _("We do not know that code, or it is over. Ask for a new one.")
        form.add_error("code", ValidationError(unknown, code=mending.UNKNOWN))
        return _page_of_code(request, form, status=404)
    asking.note_opened(found)
    request.session[SESSION_KEY] = str(found.pk)
    # Who was here before, on a device that people share, may have read another language.
    request.session[LANGUAGE_KEY] = asked_language(request) or found.language
    return redirect("doorverwijzing:yes_own")


def _page_of_code(request: HttpRequest, form: OwnCodeForm, *, status: int = 200) -> HttpResponse:
    context = {**_frame_of_code(request, form), "form": form, "asked_language": asked_language(request)}
    return render(request, "doorverwijzing/own_code.html", context, status=status)


def _frame_of_code(request: HttpRequest, *forms: OwnCodeForm) -> dict[str, object]:
    """Give the frame; another language opens the page of the code, and never tries a wrong code once more."""
    around = frame(request, *forms, keys=mending.OWN_CODE)
    return {**around, "languages_at": reverse("doorverwijzing:yes_enter")}


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
    if asked.answered_at or not asked.is_open(timezone.now()):
        return _done(request, asked)
    dutch = texts.page_words(texts.DUTCH, **_names(asked), version=asked.text_version)
    pieces = {item: dutch.labels.get(item, item) for item in _in_order(asked)}
    in_another_language = READ_IN in request.POST
    form = OwnChoiceForm(
        None if in_another_language or request.method != "POST" else request.POST,
        pieces=pieces, words=dutch, initial=request.POST.dict() if in_another_language else None,
    )  # fmt: skip
    helper = chosen_helper(request)
    if form.is_valid():
        with AtForm(form):
            asking.answer(
                asked,
                answers=form.answers(),
                name=form.cleaned_data["name"],
                language=helper.code if helper else texts.DUTCH,
                seen=seen.marks_in(request.POST.get("seen", "")),
            )
            return redirect("doorverwijzing:yes_own")
    return render(request, "doorverwijzing/own_choice.html", _context(request, asked, form, dutch))


def _done(request: HttpRequest, asked: ConsentRequest) -> HttpResponse:
    """Thank for the choice, or say that the code is over."""
    context = {**frame(request), "nl": texts.page_words(texts.DUTCH, **_names(asked)), "over": not asked.answered_at}
    return render(request, "doorverwijzing/own_done.html", context, status=200 if asked.answered_at else 410)


def _names(asked: ConsentRequest) -> dict[str, str]:
    return {"receiver": asked.recipient.name, "sender": asked.client.organization.name}


def _in_order(asked: ConsentRequest) -> list[str]:
    """Give what is asked in the order of the worker's screen; the question always goes along."""
    return [Item.QUESTION.value, *(item for item in Item.values if item in asked.items and item != Item.QUESTION)]


def _context(
    request: HttpRequest, asked: ConsentRequest, form: OwnChoiceForm, dutch: texts.PageWords
) -> dict[str, object]:
    helper, names, items = chosen_helper(request), _names(asked), _in_order(asked)
    called = _called(helper, items, names["sender"]) if helper else {}
    reading, version = _reading(asked), asked.text_version
    mending.say_in(helper, form, mending.own_choice(items), called)
    return {
        **frame(request),
        **names,
        "languages_form": "keuze",
        "form": form,
        "nl": dutch,
        "language": helper.code if helper else texts.DUTCH,
        "wording": texts.wording(items=items, version=version, **names),
        "wording_in_helper": _in_helper(helper, names, items, version),
        "rows": _rows(items, form, helper, called, packet.words_of(reading) if reading else {}),
        "seen": seen.written(reading) if reading else "",
        "notes": {one: helper.mark(helper.say(f"yes.{one}")) for one in (form.YES, form.NO)} if helper else {},
    }


def _called(helper: Helper, items: list[str], sender: str) -> dict[str, str]:
    """Name each piece in the helper language, as a heading."""
    return {item: capfirst(name) for item, name in zip(items, helper.items(items, sender=sender), strict=True)}


def _in_helper(helper: Helper | None, names: Mapping[str, str], items: list[str], version: str) -> texts.Wording | None:
    """Give the text in the helper language; the fingerprint of a proof is taken of it without the marks of a name."""
    if helper is None or helper.code not in texts.languages(version):
        return None
    told = {name: helper.told(value) for name, value in names.items()}
    return texts.wording(items=items, language=helper.code, version=version, **told)


def _reading(asked: ConsentRequest) -> packet.Reading | None:
    """Give what the receiver reads or would read of what is asked."""
    found = Referral.objects.select_related("question__client__municipality", "receiver", "packet")
    referral = found.filter(client=asked.client, pk=asked.occasion).first() if asked.occasion else None
    return packet.shown(referral, asked.items) if referral else None


def _rows(
    items: list[str], form: OwnChoiceForm, helper: Helper | None, called: Mapping[str, str], content: Mapping[str, str]
) -> list[dict[str, object]]:
    """Give each piece with its name in both languages and the words themselves, all of them."""
    return [
        {
            "field": form[item],
            "label": helper.beside(form[item].label, called[item]) if helper else form[item].label,
            "content": content.get(item, ""),
        }
        for item in items
    ]
