"""What views ask of a request: who is logged in, for their types, and the texts that somebody typed."""

from django.http import HttpRequest

from core.models import User

# What was typed is shown again when it could not be taken; secrets and what the form adds itself never.
NEVER_SHOWN_AGAIN = ("password", "csrf", "code", "token", "key", "seen", "strokes")
SHORT = 15


def is_for_people(name: str) -> bool:
    """Tell whether a field holds what somebody typed, and not a secret or what the form added itself."""
    return not any(word in name.lower() for word in NEVER_SHOWN_AGAIN)


class UserRequest(HttpRequest):
    """A request that LoginRequiredMiddleware let through."""

    user: User


def typed_in(request: HttpRequest) -> list[str]:
    """Give the longer texts that were sent, to show them again: without them somebody would type twice."""
    return [
        value
        for name, value in request.POST.items()
        if isinstance(value, str) and len(value) > SHORT and is_for_people(name)
    ]
