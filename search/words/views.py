"""The editors' pages of search words: the list, one rule with what it changes, the history, and files in and out."""

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import Refusal
from core.requests import UserRequest
from search.engines import index
from search.engines.base import EngineDownError
from search.models import RuleKind, SynonymRule
from search.rules.check import finds_nothing, unknown
from search.rules.draft import Draft, in_one_line
from search.words import actions, exchange, history, renewal
from search.words import preview as trying
from search.words.forms import KIND_NOTES, FileForm, NarrowForm, RuleForm
from search.words.permissions import may_teach

PAGE_SIZE = 50
BATCHES = 20


@require_safe
def rules(request: UserRequest) -> HttpResponse:
    """Show the rules, narrowed by a word, a kind, where they come from and whether they work."""
    may_teach(request.user).require()
    form = NarrowForm(request.GET)
    found = SynonymRule.objects.select_related("created_by").order_by("-source", "-changed_at", "kind", "left", "pk")
    if form.is_valid():
        found = _narrowed(found, form.cleaned_data)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "query": f"{query.urlencode()}&" if query else "",
        "waiting": renewal.waiting(),
    }
    return render(request, "search/words/rules.html", context)


def _narrowed(found: Any, by: dict[str, str]) -> Any:
    if by["q"]:
        found = found.filter(Q(left__icontains=by["q"]) | Q(right__icontains=by["q"]) | Q(note__icontains=by["q"]))
    if by["soort"]:
        found = found.filter(kind=by["soort"])
    if by["van"]:
        found = found.filter(source=by["van"])
    if by["stand"]:
        found = found.filter(active=by["stand"] == "aan")
    return found


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponse:
    """Make a rule; the address may bring words along (`woord`, `ook`, `soort`) from a list of failed questions."""
    may_teach(request.user).require()
    given = {
        "kind": request.GET.get("soort", RuleKind.EQUAL),
        "left": request.GET.get("woord", ""),
        "right": request.GET.get("ook", ""),
    }
    form = RuleForm(request.POST if request.method == "POST" else None, initial=given)
    return _edit(request, form)


@require_http_methods(["GET", "POST"])
def rule(request: UserRequest, number: int) -> HttpResponse:
    """Change a rule, with what happened to it before."""
    may_teach(request.user).require()
    kept = get_object_or_404(SynonymRule, pk=number)
    given = {"kind": kept.kind, "left": kept.left, "right": kept.right, "note": kept.note}
    form = RuleForm(request.POST if request.method == "POST" else None, initial=given, rule=kept)
    return _edit(request, form, rule=kept, acts=history.of_rule(kept.pk))


def _edit(request: UserRequest, form: RuleForm, **more: Any) -> HttpResponse:
    if form.is_valid() and form.draft:
        if "keep" in request.POST:
            done = _keep(request, form, form.draft)
            if done:
                return done
        else:
            more |= _tried(form, form.draft)
    return render(request, "search/words/rule.html", {"form": form, "notes": KIND_NOTES, **more})


def _keep(request: UserRequest, form: RuleForm, draft: Draft) -> HttpResponse | None:
    try:
        if form.rule:
            actions.change(form.rule, draft, by=request.user)
        else:
            actions.add(draft, by=request.user)
    except Refusal as no:
        form.add_error("left", str(no))
        return None
    messages.success(request, _("Kept. Search goes by it from the next question on."))
    return redirect("woorden:rules")


def _tried(form: RuleForm, draft: Draft) -> dict[str, Any]:
    """Try the rule as if it were in use; without an index only the checks count."""
    draft = replace(draft, active=True)
    replaces = form.rule.draft if form.rule and form.rule.active else None
    try:
        vocabulary = index.engine().vocabulary()
        strange = unknown(draft, lambda stem: vocabulary.count(stem) > 0)
        tried = trying.preview(draft, replaces)
        renewed = len(renewal.listings_of(draft, replaces))
    except EngineDownError:
        return {"away": True}
    return {
        "preview": tried,
        "unknown": in_one_line(strange),
        "finds_nothing": finds_nothing(draft, strange),
        "acts_on_listings": trying.acts_on_listings(draft),
        "renewed": renewed,
    }


@require_POST
def act(request: UserRequest, number: int) -> HttpResponse:
    """Switch a rule on or off, or take it away."""
    may_teach(request.user).require()
    kept = get_object_or_404(SynonymRule, pk=number)
    what = request.POST.get("doe", "")
    try:
        if what == "weg":
            actions.remove(kept, by=request.user)
        elif what in ("aan", "uit"):
            actions.switch(kept, on=what == "aan", by=request.user)
    except Refusal as no:
        messages.error(request, str(no))
        return redirect("woorden:rule", kept.pk)
    messages.success(request, _("Done. You can turn it back under ‘What changed’."))
    return redirect("woorden:rules")


@require_safe
def changes(request: UserRequest) -> HttpResponse:
    """Show what changed, the last first, each with a way back."""
    may_teach(request.user).require()
    page = Paginator(history.batches(), BATCHES).get_page(request.GET.get("page"))
    return render(request, "search/words/history.html", {"page": page, "batches": history.shown(page.object_list)})


@require_POST
def undo(request: UserRequest, batch: uuid.UUID) -> HttpResponse:
    """Turn one change back."""
    may_teach(request.user).require()
    try:
        actions.undo(batch, by=request.user)
    except Refusal as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Turned back. Search goes by it from the next question on."))
    return redirect("woorden:history")


@require_http_methods(["GET", "POST"])
def take_in(request: UserRequest) -> HttpResponse:
    """Read a file in: first show what is in it and what is wrong, then keep it."""
    may_teach(request.user).require()
    form = FileForm(request.POST or None, request.FILES or None)
    if not (request.method == "POST" and form.is_valid()):
        return render(request, "search/words/import.html", {"form": form})
    reading = exchange.read(form.cleaned_data["text"])
    if "keep" in request.POST and not reading.wrong:
        try:
            done = exchange.summary(*actions.take_in(reading.drafts, by=request.user))
        except Refusal as no:
            form.add_error("text", str(no))
        else:
            messages.success(request, done)
            return redirect("woorden:rules")
    shown = FileForm(initial={"text": form.cleaned_data["text"]}) if form.is_valid() else form
    return render(request, "search/words/import.html", {"form": shown, "reading": reading})


@require_safe
def give_out(request: UserRequest) -> HttpResponse:
    """Give all rules as a file."""
    may_teach(request.user).require()
    response = HttpResponse(exchange.write(), content_type="text/plain; charset=utf-8")
    name = _("search-words-%(day)s.txt") % {"day": timezone.localdate().isoformat()}
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
