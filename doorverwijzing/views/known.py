"""Finds the referral that a page is about, for who may know of it."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from clienten.reading import logs_reading
from core import requests
from core.models import User
from doorverwijzing import gone
from doorverwijzing.models import Referral
from doorverwijzing.workflow import AT_HOME, Side
from organisaties.models import Organization

READ = ("GET", "HEAD")
WRITE = (*READ, "POST")
GONE = 410
# In an address and in a form: who works on both sides is on the page of the receiver.
SIDE, RECEIVER = "kant", "ontvanger"
View = Callable[..., HttpResponse]


class UserRequest(requests.UserRequest):
    """A request of someone who is logged in; the page of a question stands under one of the lists."""

    place: Callable[[], str]


def _list_of(found: Referral, user: User) -> str:
    """Give the list above a referral, for the rail."""
    return reverse("doorverwijzing:outbox" if found.side_of(user) is Side.SENDER else "doorverwijzing:inbox")


def seat(found: Referral, user: User) -> Organization:
    """Tell for which organization this person looks at a referral."""
    return found.sender if found.side_of(user) is Side.SENDER else found.receiver


def side_shown(request: UserRequest, found: Referral) -> Side | None:
    """Tell whose page someone is on; who works on both sides is on that of the sender, unless asked."""
    asked = RECEIVER in (request.GET.get(SIDE), request.POST.get(SIDE))
    if asked and Referral.objects.received_by(request.user).filter(pk=found.pk).exists():
        return Side.RECEIVER
    return found.side_of(request.user)


def page_at(found: Referral, side: Side | None, user: User) -> str:
    """Give the page of one side, for who works there; who works on both must ask for that of the receiver."""
    asks = side is Side.RECEIVER and found.side_of(user) is Side.SENDER
    return receiver_page(found) if asks else found.get_absolute_url()


def receiver_page(found: Referral) -> str:
    """Give the page of the receiver, for who works on both sides."""
    return f"{found.get_absolute_url()}?{SIDE}={RECEIVER}"


def side_field() -> SafeString:
    """Give the field that keeps a form of who works on both sides on the page of the receiver."""
    return format_html('<input type="hidden" name="{}" value="{}">', SIDE, RECEIVER)


def known(request: UserRequest, pk: object) -> Referral:
    """Fetch a referral that this person may know of, or answer 404."""
    return get_object_or_404(Referral.objects.visible_to(request.user).for_list(), pk=pk)


def ours(request: UserRequest, pk: object) -> Referral:
    """Fetch one that our side began, or answer 404."""
    return get_object_or_404(Referral.objects.sent_by(request.user).for_list(), pk=pk)


def our_draft(request: UserRequest, pk: object) -> Referral:
    """Fetch one of ours that did not leave yet, or answer 404."""
    return get_object_or_404(Referral.objects.sent_by(request.user).filter(status__in=AT_HOME).for_list(), pk=pk)


def our_sent(request: UserRequest, pk: object) -> Referral:
    """Fetch one of ours that left, with its sheet, or answer 404."""
    away = Referral.objects.sent_by(request.user).away()
    return get_object_or_404(away.for_list().select_related("receipt"), pk=pk)


def at_us(request: UserRequest, pk: object) -> Referral:
    """Fetch one that came in where this person works, or answer 404."""
    return get_object_or_404(Referral.objects.received_by(request.user).for_list(), pk=pk)


def of_referral(find: Callable[[UserRequest, object], Referral], *methods: str) -> Callable[[View], View]:
    """Give a view its referral; `find` answers 404 to whoever may not know of it, whatever the method.

    Who knew of one that was erased reads that it is gone.
    Who had to log in again in the middle of a move comes back with GET: the page of the referral says how it stands.
    """

    def wrap(view: View) -> View:
        read = logs_reading(seat)(view)

        @wraps(read)
        def inner(request: UserRequest, pk: object, **parts: Any) -> HttpResponse:
            try:
                found = find(request, pk)
            except Http404:
                if mark := gone.known_to(request.user, str(pk)):
                    return render(request, "doorverwijzing/gone.html", {"reason": mark.reason}, status=GONE)
                raise
            request.place = partial(_list_of, found, request.user)
            if request.method in methods:
                return read(request, found, **parts)
            return redirect(found) if request.method in READ else HttpResponseNotAllowed(methods)

        return inner

    return wrap
