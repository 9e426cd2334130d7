"""What editors and coordinators read: questions that search did not answer well, and what the region lacks."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.requests import UserRequest
from search.listening import asked, gap_table
from search.listening.forms import StepForm
from search.models import GapStep
from search.models.listening import AskedQuerySet
from search.permissions import may_follow_gaps
from search.words.permissions import may_teach
from sociale_kaart.models import TaxonomyTerm

PAGE_SIZE = 50


def _table(request: UserRequest) -> tuple[gap_table.Table, list[gap_table.Period]]:
    """Give the table of the chosen quarter, and all that can be chosen."""
    offered = gap_table.periods(timezone.localdate())
    return gap_table.table(gap_table.period(request.GET.get("periode", ""), offered), offered), offered


@require_safe
def gaps(request: UserRequest) -> HttpResponse:
    """Show what was looked for and does not exist, by need and place."""
    may_follow_gaps(request.user).require()
    shown, offered = _table(request)
    context = {"table": shown, "periods": offered, "few": gap_table.FEW}
    return render(request, "search/listening/gaps.html", context)


@require_safe
def gaps_csv(request: UserRequest) -> HttpResponse:
    """Give the same table for a spreadsheet."""
    may_follow_gaps(request.user).require()
    shown, _offered = _table(request)
    response = HttpResponse(gap_table.as_csv(shown), content_type="text/csv; charset=utf-8")
    name = _("gaps-%(first)s-%(last)s.csv") % {"first": shown.period.first, "last": shown.period.last}
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
def step(request: UserRequest, code: str) -> HttpResponse:
    """Write down in a few words what is done about a need; no words means nobody does anything yet."""
    may_follow_gaps(request.user).require()
    need = get_object_or_404(TaxonomyTerm.objects.needs(), code=code)
    now = GapStep.objects.filter(need=need).first()
    form = StepForm(request.POST if request.method == "POST" else None, initial={"text": now.text if now else ""})
    if form.is_valid():
        if form.cleaned_data["text"]:
            given = {"text": form.cleaned_data["text"], "since": timezone.localdate()}
            GapStep.objects.update_or_create(need=need, defaults=given)
        else:
            GapStep.objects.filter(need=need).delete()
        return redirect("luisteren:gaps")
    return render(request, "search/listening/step.html", {"form": form, "need": need})


@require_safe
def listening(request: UserRequest) -> HttpResponse:
    """Show which questions search did not answer well: the first of each kind, or all of one kind."""
    may_teach(request.user).require()
    days = asked.days_of(request.GET.get("dagen", ""))
    rows = asked.since(days, timezone.localdate())
    kind = asked.kind_named(request.GET.get("lijst", ""))
    lists = [_whole(kind, rows, request.GET.get("page"))] if kind else [_first(one, rows) for one in asked.KINDS]
    context = {
        "lists": lists, "whole": kind, "days": days, "periods": asked.PERIODS, "few": asked.FEW,
        "sums": asked.sums(rows),
        "query": f"lijst={kind.name}&dagen={days}&" if kind else "",
    }  # fmt: skip
    return render(request, "search/listening/asked.html", context)


def _first(kind: asked.Kind, rows: AskedQuerySet) -> dict[str, Any]:
    """Give the first questions of a kind, and whether there are more."""
    found = list(kind.rows(rows)[: asked.SHOWN + 1])
    return {"kind": kind, "rows": asked.queries(kind, found[: asked.SHOWN]), "more": len(found) > asked.SHOWN}


def _whole(kind: asked.Kind, rows: AskedQuerySet, number: str | None) -> dict[str, Any]:
    """Give one page of all questions of a kind."""
    page = Paginator(kind.rows(rows), PAGE_SIZE).get_page(number)
    return {"kind": kind, "rows": asked.queries(kind, page), "page": page}
