"""Finds the conversation that a page is about, for who may know of it, and says what its head shows."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect

from clienten.reading import logs_reading
from clienten.views import READ, WRITE
from core.requests import UserRequest
from vraagverheldering import words
from vraagverheldering.models import Conversation

View = Callable[..., HttpResponse]


def of_conversation(*methods: str) -> Callable[[View], View]:
    """Give a view its conversation; whoever may not know of it gets 404, whatever the method."""

    def wrap(view: View) -> View:
        read = logs_reading(lambda talk, _user: talk.organization)(view)

        @wraps(read)
        def inner(request: UserRequest, pk: UUID, **parts: Any) -> HttpResponse:
            known = Conversation.objects.visible_to(request.user)
            found = get_object_or_404(known.select_related("client__municipality", "worker", "organization"), pk=pk)
            if request.method in methods:
                return read(request, found, **parts)
            # Who had to log in again in the middle of a press comes back with GET.
            return redirect(found) if request.method in READ else HttpResponseNotAllowed(methods)

        return inner

    return wrap


def head(conversation: Conversation) -> dict[str, Any]:
    """Give what every page of a talk shows: who, where, and when it was saved."""
    return {
        "conversation": conversation,
        "name": conversation.client.first_name,
        "worker": conversation.worker.first_name or str(conversation.worker),
        "saved": words.saved_at(conversation.saved_at),
    }


__all__ = ["READ", "WRITE", "UserRequest", "head", "of_conversation"]
