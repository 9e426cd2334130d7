"""What the pages of a talk share when a form comes in: saving while someone writes, and where to go on."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.errors import Refusal
from core.merging import Clash
from core.models import User
from vraagverheldering import actions, flow, words
from vraagverheldering.forms import NoteForm, OpeningForm
from vraagverheldering.models import Conversation
from vraagverheldering.parts import parts_of
from vraagverheldering.writing import Entry

AUTOSAVE = "X-Autosave"
GO = "go"
PAGES = {"question": "gesprekken:clarify", "result": "gesprekken:result", "rights": "gesprekken:rights"}
ANCHORS = {"words": "#woorden", "step": "#stappen", "service": "#stappen", "clear": "#vervolg"}
Save = Callable[[Entry], Sequence[Clash]]


def saves_itself(request: HttpRequest) -> bool:
    """Tell whether the page saves by itself while someone writes."""
    return request.method == "POST" and AUTOSAVE in request.headers


def autosave(form: NoteForm | OpeningForm, talk: Conversation, save: Save) -> HttpResponse:
    """Save what is right already and answer with one sentence."""
    fine = form.is_valid() or not any(name in form.errors for name in form.kept)
    try:
        clashes = save(form.entry(while_writing=True))
    except Refusal as refusal:
        return _sentence(str(refusal), 409)
    if clashes:
        return _sentence(_("Meanwhile something was written here too. Go on to see both texts."), 409)
    if not fine:
        return _sentence(_what_is_wrong(form), 422)
    talk.refresh_from_db(fields=["saved_at"])
    return _sentence(words.saved_at(talk.saved_at), 200)


def _what_is_wrong(form: NoteForm | OpeningForm) -> str:
    """Name the first field that was not saved, and why."""
    wrong = next(name for name in form.kept if name in form.errors)
    return _("Not saved: %(field)s. %(reason)s") % {"field": form[wrong].label, "reason": form.errors[wrong][0]}


def _sentence(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def go_on(request: HttpRequest, talk: Conversation, here: str, *, by: User) -> HttpResponse:
    """Lead where the pressed button leads, once everything is saved. `here` is a domain, or empty at the opening."""
    wish, _colon, where = request.POST.get(GO, "").partition(":")
    if wish == "pause":
        actions.pause(talk, by=by)
        messages.success(request, _("Saved. Go on whenever you want."))
        return redirect("/vandaag/")
    if wish in PAGES:
        return redirect(PAGES[wish], pk=talk.pk)
    if wish in ("next", "skip", "along", "to"):
        return redirect(_subject_after(talk, wish, where, here))
    anchor = ANCHORS.get(wish, "")
    return redirect(_this_page(talk, here) + anchor)


def _this_page(talk: Conversation, here: str) -> str:
    return reverse("gesprekken:subject", args=[talk.pk, here]) if here else talk.get_absolute_url()


def _subject_after(talk: Conversation, wish: str, where: str, here: str) -> str:
    """Give the page of the domain that comes now; after the last one comes the question itself."""
    parts = parts_of(talk)
    codes = [part.code for part in parts]
    if wish == "along":
        return reverse("gesprekken:along", args=[talk.pk, here or codes[0]])
    if wish == "to" and where in codes:
        return _this_page(talk, where)
    if wish == "next" and _lacks(parts, here):
        return _this_page(talk, here) + "?vervolg#vervolg"
    following = flow.after(codes, here) if here else next(iter(codes), None)
    return _this_page(talk, following) if following else reverse("gesprekken:clarify", args=[talk.pk])


def _lacks(parts: Sequence[flow.Part], here: str) -> bool:
    return any(gap.code == here for gap in flow.gaps(parts))
