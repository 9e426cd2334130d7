"""A client's card: what one organization must know of someone, and how to reach them safely."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten import actions
from clienten.forms import LANGUAGES, CardForm, ClashRow
from clienten.models import ClientCard
from clienten.permissions import may
from clienten.reading import logs_reading
from clienten.rights_of_subject import asking
from clienten.rights_of_subject.forms import RequestForm
from clienten.trail import who_changed
from core import audit
from core.moments import full_date
from core.requests import UserRequest

READ = ("GET", "HEAD")
WRITE = (*READ, "POST")


def of_card(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Give a view its card; whoever may not know of it gets 404, whatever the method."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        read = logs_reading(lambda found, _user: found.organization)(view)

        @wraps(read)
        def inner(request: UserRequest, pk: UUID, **parts: Any) -> HttpResponse:
            known = ClientCard.objects.visible_to(request.user).select_related("organization", "municipality")
            found = get_object_or_404(known, pk=pk)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return read(request, found, **parts)

        return inner

    return wrap


@of_card(*READ)
def card(request: UserRequest, found: ClientCard) -> HttpResponse:
    """Show the card, with the talks and questions of this person."""
    actions.note_reading(found, by=request.user)
    language = dict(LANGUAGES).get(found.language, "")
    context = {"card": found, "language": language, "may_change": may(request.user, "change", found)}
    context["may_answer"] = may(request.user, "answer_requests", found)
    return render(request, "clienten/card.html", context)


@of_card(*WRITE)
def change(request: UserRequest, found: ClientCard) -> HttpResponse:
    """Change the card; a colleague's change of the same field is shown beside mine."""
    form = CardForm(request.POST or None, current=_values(found))
    rows: list[ClashRow] = []
    if form.is_valid():
        clashes = actions.merge_card(found, mine=form.mine(), seen=form.seen_signs(), by=request.user)
        if not clashes:
            messages.success(request, _("Saved."))
            return redirect(found)
        found.refresh_from_db()
        form.show_again(_values(found), clashes)
        rows = form.clash_rows(clashes, who_changed(audit.history(found), form.kept))
    elif form.is_bound:
        rows = form.clash_rows(form.waiting(), who_changed(audit.history(found), form.kept))
    else:
        actions.note_reading(found, by=request.user)
    return render(request, "clienten/change.html", {"card": found, "form": form, "clashes": rows})


@of_card(*WRITE)
def ask(request: UserRequest, found: ClientCard) -> HttpResponse:
    """Let a worker note what this person asks about the own data; who answers for the data hears it."""
    form = RequestForm(request.POST or None, initial={"asked_on": timezone.localdate()})
    if form.is_valid():
        noted = asking.note(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Noted. It is answered before %(day)s.") % {"day": full_date(noted.answer_by)})
        return redirect(found)
    return render(request, "clienten/ask.html", {"card": found, "form": form})


def _values(found: ClientCard) -> dict[str, Any]:
    return {name: getattr(found, name) for name in CardForm.kept}
