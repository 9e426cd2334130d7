"""How people get in: by invitation only."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Nobody makes an account alone; an organisation invites its colleagues."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no, to everyone."""
        return False
