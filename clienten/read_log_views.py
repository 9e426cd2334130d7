"""The read log on a screen and as a file, for who answers for the personal data of an organization."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from clienten import read_log
from clienten.models import answers_for
from clienten.reading import PRESSED
from core.forms import DayField
from core.models import AuditEvent
from core.requests import UserRequest
from core.sealed_files import as_download
from core.step_up import step_up_from
from organisaties.models import Organization

PAGE = 50
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
TALK = "vraagverheldering.conversation"
# What was opened, in words of people; anything else keeps its code.
THINGS = {
    "clienten.clientcard": _("card"),
    TALK: _("conversation"),
    "vraagverheldering.clarifiedquestion": _("question"),
    "doorverwijzing.referral": _("referral"),
    "clienten.emergencyaccess": _("emergency access"),
    "clienten.incident": _("incident"),
}
# Which page it was; the first word of what the read log keeps.
PAGES = {
    "referral": _("page of the question"), "print": _("on paper"), "attachment": _("file"), "card": _("card"),
    "search": _("searching help"), "ways": _("all ways"), "result": _("result"), "question": _("question"),
    "rights": _("rights"), "opening": _("beginning"), "share": _("choosing what is shared"), "contact": _("contact"),
    "say_yes": _("saying yes"), "receipt": _("sheet"), "answer": _("answer"), "withdraw": _("taking back"),
    "along": _("looking along"), "answers": _("rights"), "ask_again": _("saying yes"), "by_code": _("saying yes"),
    "ask_signature": _("signing together"), "bridge": _("bridging partner"), "change": _("changing the card"),
    "clarify": _("question"), "reword": _("question"), "step": _("next step"), "conversation": _("conversation"),
    "subject": _("topic"), "consult": _("consultation"), "consent": _("on paper"), "packet": _("on paper"),
    "invitation": _("invitation"), "propose": _("speaking together"), "tell": _("speaking together"),
    "pass_on": _("passing on"), "refer_on": _("referring on"), "proof": _("how the yes was given"), "scan": _("scan"),
    "receipt_pdf": _("sheet"), "transferring": _("transfer"), "share_without_yes": _("sharing without a yes"),
    "review": _("looking back"), "correct": _("what we keep"), "hold": _("what we keep"), "note": _("what we keep"),
    "give": _("whole file"), "wipe": _("erasing"), "look": _("looking someone up"), "new": _("beginning"),
    "ask": _("what we keep"), "one": _("incident"), PRESSED: _("after a press on a button"),
}  # fmt: skip
# The same name on another thing.
PAGES_OF = {
    "clienten.clientcard": {"subject": _("what we keep"), "answer": _("what we keep")},
    "doorverwijzing.referral": {"": _("page of the question")},
}


class PeriodForm(forms.Form):
    """From a day to a day, both included; without days everything."""

    van = DayField(label=_("From"), required=False)
    tot = DayField(label=_("Until"), required=False)

    @property
    def days(self) -> dict[str, date | None]:
        """Give the two days; none of them when they cannot be read."""
        given: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        return {"since": given.get("van"), "until": given.get("tot")}


def _who(actor: str) -> str:
    """Say who it was when it was no colleague: a guest by a link, the person, the clock."""
    kind = actor.partition(":")[0]
    return str({"guest": _("a guest"), "client": _("the person"), "system": _("the clock")}.get(kind, actor))


def _page(event: AuditEvent) -> str:
    """Say which page it was; an attachment or a print carries more behind its first word."""
    if event.actor.startswith("guest:") and (done := read_log.said(event.action)):
        return done
    code = str(event.details.get("page", "")).partition(" ")[0]
    # A topic of a talk is kept by its code, which is no word for people.
    other = PAGES["subject"] if event.subject_type == TALK and code else code
    return str({**PAGES, **PAGES_OF.get(event.subject_type, {})}.get(code, other))


@require_safe
def overview(request: UserRequest, pk: str) -> HttpResponse:
    """Show who looked at what, newest first, and whether the chain is whole."""
    organization = get_object_or_404(answers_for(request.user), pk=pk)
    form = PeriodForm(request.GET or None)
    days = form.days if form.is_bound else {"since": None, "until": None}
    found = read_log.lines(organization, **days).order_by("-sequence")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    events = list(page.object_list)
    names = read_log.people(events)
    rows = [
        {
            "at": event.at,
            "who": names.get(event.actor) or _who(event.actor),
            "what": THINGS.get(event.subject_type, event.subject_type),
            "id": event.subject_id[:8],
            "page": _page(event),
        }
        for event in events
    ]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "organization": organization, "form": form, "page": page, "rows": rows, "chain": read_log.last_check(),
        "query": query.urlencode() + "&" if query else "",
    }  # fmt: skip
    return render(request, "clienten/read_log.html", context)


@require_safe
def give(request: UserRequest, pk: str, kind: str) -> HttpResponse:
    """Give the read log as a file, to who proved lately that it is they; who takes it is written down."""
    return _give(request, get_object_or_404(answers_for(request.user), pk=pk), kind)


def _page_with_days(request: UserRequest, organization: Organization, kind: str) -> str:
    return f"{reverse('clienten:read_log', args=[organization.pk])}?{request.GET.urlencode()}".rstrip("?")


@step_up_from(_page_with_days)
def _give(request: UserRequest, organization: Organization, kind: str) -> HttpResponse:
    form = PeriodForm(request.GET)
    text = read_log.export(organization, kind=kind, by=request.user, **form.days)
    return as_download(text.encode(), name=f"leeslog.{kind}", content_type=TYPES[kind])
