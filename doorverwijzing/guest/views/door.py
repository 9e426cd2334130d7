"""The door of a receiver without an account: a link that shows nothing, a code by mail, then the question."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.refusals import AtForm, OnThePage
from core.requests import typed_in
from doorverwijzing import gone
from doorverwijzing.actors import Guest, guest_of, masked
from doorverwijzing.guest import magic_link
from doorverwijzing.guest.forms import GuestCodeForm
from doorverwijzing.models import GuestLink, Referral
from doorverwijzing.workflow import AT_HOME

SESSION_KEY = "guest"
INSIDE_SECONDS = 60 * 60
GONE = 410
View = Callable[..., HttpResponse]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, signature: str) -> HttpResponse:
    """Show one button; only pressing it mails the code. What looks ahead at links changes nothing here."""
    if magic_link.is_of_erased(signature):
        return _gone(request)
    link = magic_link.find(signature)
    if link is None:
        return _unknown(request)
    if not magic_link.is_open(link):
        return _over(request, link)
    if _is_inside(request, link):
        return redirect("doorverwijzing:guest", pk=link.referral_id)
    if request.method == "POST":
        with OnThePage(request):
            magic_link.ask_code(link)
            return redirect("doorverwijzing:guest_code", signature=signature)
    return render(request, "doorverwijzing/guest/door.html", {"mailbox": masked(link.mailbox)})


def _unknown(request: HttpRequest) -> HttpResponse:
    """Say of what we never signed, or what a mail program cut off, no more than of a link that is over."""
    return _dead(request, again=False, has_accounts=False)


def _gone(request: HttpRequest) -> HttpResponse:
    """Say that a question is gone, to who holds a link that we signed; of whom it was stands nowhere any more."""
    return render(request, "doorverwijzing/guest/gone.html", status=GONE)


def _over(request: HttpRequest, link: GuestLink) -> HttpResponse:
    """Say that a link is over; one button mails a new one to the mailbox of the receiver."""
    again = magic_link.may_ask_again(link)
    if request.method == "POST":
        with OnThePage(request, _("A new link is on its way to your mailbox.")):
            magic_link.ask_new_link(link)
            again = False
    return _dead(request, again=again, has_accounts=link.referral.receiver.has_care_workers())


def _dead(request: HttpRequest, *, again: bool, has_accounts: bool) -> HttpResponse:
    """Say why a link is dead and whom to call: the desk of the region, never who sent the question.

    An address lives on in histories, forwarded mails and logs of scanners. From whom a question came says what kind of
    help a person gets, and the living door does not say it either; who holds the mail reads it there. Only a link that
    we signed offers a new one or the login: nobody makes one up, and what that tells, that somebody once asked
    something, names no person and neither side.
    """
    context = {"again": again, "has_accounts": has_accounts, "days": magic_link.LINK_LASTS.days}
    return render(request, "doorverwijzing/guest/over.html", context, status=GONE)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, signature: str) -> HttpResponse:
    """Take the code and let this browser in for a while."""
    if magic_link.is_of_erased(signature):
        return _gone(request)
    link = magic_link.find(signature)
    if link is None:
        return _unknown(request)
    if not magic_link.is_open(link):
        return redirect("doorverwijzing:guest_door", signature=signature)
    form = GuestCodeForm(request.POST or None)
    if form.is_valid():
        with AtForm(form, "code"):
            magic_link.check_code(link, form.cleaned_data["code"])
            _let_in(request, link)
            return redirect("doorverwijzing:guest", pk=link.referral_id)
    context = {"form": form, "mailbox": masked(link.mailbox), "signature": signature}
    return render(request, "doorverwijzing/guest/code.html", context)


def _let_in(request: HttpRequest, link: GuestLink) -> None:
    request.session.cycle_key()
    inside = request.session.get(SESSION_KEY, {})
    until = timezone.now().timestamp() + INSIDE_SECONDS
    request.session[SESSION_KEY] = {**inside, link.pk.hex: until}


def _is_inside(request: HttpRequest, link: GuestLink) -> bool:
    until: float = request.session.get(SESSION_KEY, {}).get(link.pk.hex, 0)
    return until > timezone.now().timestamp()


def of_guest(*methods: str) -> Callable[[View], View]:
    """Give a view its referral and its guest; who never came in by the code of this referral gets 404."""

    def wrap(view: View) -> View:
        @login_not_required
        @never_cache
        @require_http_methods([*methods])
        @wraps(view)
        def inner(request: HttpRequest, pk: UUID, **parts: Any) -> HttpResponse:
            found = Referral.objects.for_list().exclude(status__in=AT_HOME).filter(pk=pk).first()
            if found is None and _was_inside(request) and gone.is_marked(pk):
                return _gone(request)
            guest = _guest(request, found) if found else None
            if found and guest is None and (link := _came_in_by(request, found)):
                return _away(request, link)
            if found is None or guest is None:
                raise Http404
            return view(request, found, guest, **parts)

        return inner

    return wrap


def _was_inside(request: HttpRequest) -> bool:
    """Tell whether this browser came in by a link that was erased since."""
    now, inside = timezone.now().timestamp(), request.session.get(SESSION_KEY, {})
    links = {link for link, until in inside.items() if until > now}
    return GuestLink.objects.filter(pk__in=links).count() < len(links)


def _came_in_by(request: HttpRequest, referral: Referral) -> GuestLink | None:
    """Give the link by which this browser came in to this referral, whatever became of it since."""
    return GuestLink.objects.filter(referral=referral, pk__in=list(request.session.get(SESSION_KEY, {}))).last()


def _away(request: HttpRequest, link: GuestLink) -> HttpResponse:
    """Lead who is no longer inside back to the door, which says what is left; what was typed comes back, to copy."""
    door_path = magic_link.door_of(link)
    if request.method != "POST":
        return redirect(door_path)
    context = {"door": door_path, "typed": typed_in(request)}
    return render(request, "doorverwijzing/guest/away.html", context, status=403)


def _guest(request: HttpRequest, referral: Referral) -> Guest | None:
    link = GuestLink.objects.open().select_related("referral__receiver").filter(referral=referral).first()
    if link is None or not magic_link.is_open(link) or not _is_inside(request, link):
        return None
    return guest_of(link)
