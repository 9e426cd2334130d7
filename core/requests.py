"""The request of someone who is logged in, for the types of views behind the login."""

from django.http import HttpRequest

from core.models import User


class UserRequest(HttpRequest):
    """A request that LoginRequiredMiddleware let through."""

    user: User
