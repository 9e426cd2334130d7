"""The address of an account: one at a time; another takes its place once its owner opened a link in that mailbox."""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm
from allauth.account.models import EmailAddress
from allauth.account.views import EmailView
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import CareForm
from core.models import User


class NewAddress(CareForm, AddEmailForm):
    """Another address, that no account has yet."""

    email = forms.EmailField(label=_("New e-mail address"))

    def clean_email(self) -> str:
        """Refuse an address that opens another account: two people at one address would read each other's links."""
        typed: str = super().clean_email()
        if User.objects.filter(email=typed).exists():
            raise get_adapter().validation_error("email_taken")
        return typed


def keep_one(user: User) -> None:
    """Let only the address of the account open it, also after an operator changed it; what waits goes on waiting."""
    EmailAddress.objects.filter(user=user, verified=True).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


class OwnAddress(EmailView):
    """Which address it is, which one waits for its link, and a form for another."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Count the address of the account as confirmed: people come in by a link to their mailbox."""
        keep_one(cast(User, request.user))
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say so when a link is not sent again, because one has just gone."""
        answer: HttpResponse = super().post(request, *args, **kwargs)
        if "action_send" in request.POST and not self._did_send_verification_email:
            told = gettext("A link has just gone. Look between the unwanted mails too, or try again in three minutes.")
            messages.info(request, told)
        return answer
