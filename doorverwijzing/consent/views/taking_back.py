"""Taking a yes back: for one question, for one person everywhere, by the client's own page; and what it did."""

from typing import Any

from django.contrib import messages
from django.forms.boundfield import BoundWidget
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clienten.actions import note_reading
from clienten.models import ClientCard, Item, Scope, Withdrawal
from core.refusals import AtForm
from doorverwijzing import actions
from doorverwijzing.consent import taking_back
from doorverwijzing.consent.forms import EverywhereForm, TakeBackForm
from doorverwijzing.models import Referral
from doorverwijzing.views.known import WRITE, UserRequest, of_referral, ours
from doorverwijzing.words import YOUR_ITEMS
from organisaties.models import Organization

BETWEEN = "|"


def your_item(item: str) -> str:
    """Name an item as the client reads it."""
    return str(YOUR_ITEMS.get(Item(item), Item(item).label))


@of_referral(ours, *WRITE)
def withdraw(request: UserRequest, referral: Referral) -> HttpResponse:
    """Take back the yes at the client's wish: everything, or some items; then show what it did."""
    pieces = actions.shared_items(referral)
    # The question carries all of it: without a tick of its own, all pieces could not go while the question stays.
    items = [(item, str(Item(item).label)) for item in ([Item.QUESTION.value, *pieces] if pieces else [])]
    form = TakeBackForm(request.POST or None, items=items)
    if form.is_valid():
        chosen = form.cleaned_data["items"]
        some = chosen if chosen and len(chosen) < len(items) else None
        with AtForm(form):
            done = actions.withdraw(referral, by=request.user, items=some, through=form.heard)
            messages.success(request, _("Taken back. The receiver does not see it any more."))
            return redirect("doorverwijzing:effect", pk=done.pk)
    return render(request, "doorverwijzing/withdraw.html", {"referral": referral, "form": form, "items": items})


@require_http_methods(["GET", "HEAD", "POST"])
def take_back_everywhere(request: UserRequest, card: object) -> HttpResponse:
    """Show everything that one person agreed to, and take back pieces, an organization, or all of it."""
    found = get_object_or_404(ClientCard.objects.visible_to(request.user).select_related("organization"), pk=card)
    rows = _rows(found)
    form = EverywhereForm(request.POST or None, items=rows)
    if form.is_valid():
        chosen = None if "everything" in request.POST else _by_recipient(form.cleaned_data["items"])
        with AtForm(form, "items" if rows else None):
            done = taking_back.take_back(found, by=request.user, through=form.heard, chosen=chosen)
            messages.success(request, _("Taken back. Nobody sees it any more."))
            return redirect("doorverwijzing:effect", pk=done.pk)
    note_reading(found, by=request.user)
    done_before = Withdrawal.objects.filter(client=found)
    context = {"card": found, "form": form, "groups": _groups(form), "done_before": done_before}
    return render(request, "doorverwijzing/take_back_everywhere.html", context)


def _groups(form: EverywhereForm) -> dict[str, list[tuple[BoundWidget, str]]]:
    """Give the ticks per organization, each with the name of its piece."""
    found: dict[str, list[tuple[BoundWidget, str]]] = {}
    for widget in form["items"]:
        organization, _colon, piece = str(widget.choice_label).rpartition(": ")
        found.setdefault(organization, []).append((widget, piece))
    return found


def _rows(card: ClientCard) -> list[tuple[str, str]]:
    """Give a row for each organization and piece; the question of an organization stands for all of it."""
    held = taking_back.standing(card)
    names = dict(Organization.objects.filter(pk__in=held).values_list("pk", "name"))
    rows = []
    for recipient in sorted(held, key=lambda pk: names[pk]):
        whole = _("%(organization)s: everything") % {"organization": names[recipient]}
        rows.append((f"{recipient}{BETWEEN}{Item.QUESTION.value}", whole))
        rows += [
            (f"{recipient}{BETWEEN}{item}", f"{names[recipient]}: {item.label}")
            for item in Item.in_order(held[recipient])
            if item is not Item.QUESTION
        ]
    return rows


def _by_recipient(chosen: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in chosen:
        recipient, _between, item = row.rpartition(BETWEEN)
        found.setdefault(recipient, []).append(item)
    return found


def _called_by_the_sender(effect: list[dict[str, Any]], names: dict[str, str]) -> list[str]:
    """Name who could read it; below a receiver stands what that one referred on, without its name."""
    called, above = [], ""
    for row in effect:
        name = names.get(row["receiver"], "")
        above = above if row.get("child") else name
        called.append(_("a service of %(receiver)s's choice") % {"receiver": above} if row.get("child") else name)
    return called


@require_safe
def effect(request: UserRequest, pk: object) -> HttpResponse:
    """Show, and print, what was taken back, who can no longer read it, and what they may still know."""
    mine = Withdrawal.objects.filter(client__in=ClientCard.objects.visible_to(request.user))
    found = get_object_or_404(mine.select_related("client__organization"), pk=pk)
    note_reading(found.client, by=request.user)
    return render(request, "doorverwijzing/effect.html", {**effect_words(found, for_sender=True), "print": True})


def effect_words(found: Withdrawal, *, for_sender: bool = False) -> dict[str, object]:
    """Put the effect of a withdrawal in words for the client.

    Where a receiver referred on to is between that receiver and the person: the sender reads that it stopped, no name.
    """
    receivers = [row["receiver"] for row in found.effect]
    names = dict(Organization.objects.filter(pk__in=receivers).values_list("pk", "name"))
    called = _called_by_the_sender(found.effect, names) if for_sender else [names.get(pk, "") for pk in receivers]
    lines = [
        {
            "receiver": name,
            "whole": row["whole"],
            "codes": Item.in_order(row["items"]),
            "items": [your_item(item) for item in Item.in_order(row["items"])],
            "reads": row.get("reads", 0),
            "last_read": parse_datetime(row["last_read"]) if row.get("last_read") else None,
            "child": row.get("child", False),
        }
        for row, name in zip(found.effect, called, strict=True)
    ]
    return {
        "withdrawal": found,
        "name": found.client.first_name,
        "sender": found.client.organization,
        "lines": lines,
        "all": found.scope == Scope.ALL,
    }
