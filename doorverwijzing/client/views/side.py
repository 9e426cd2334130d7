"""What the sending side does with what the client says: write back, and follow up a "not yet"."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.refusals import AtForm
from doorverwijzing.client import talk
from doorverwijzing.client.forms import TalkForm
from doorverwijzing.models import Referral
from doorverwijzing.views.known import UserRequest, of_referral, our_sent
from doorverwijzing.views.work import sent_context


@of_referral(our_sent, "POST")
def write(request: UserRequest, found: Referral) -> HttpResponse:
    """Write back to the client."""
    form = TalkForm(request.POST, auto_id="client_%s")
    if form.is_valid():
        with AtForm(form, "text"):
            talk.answer_client(
                found, text=form.cleaned_data["text"], form_key=form.cleaned_data["form_key"], by=request.user
            )
            messages.success(request, _("Written. It waits on the own page of this person."))
            return redirect(found.get_absolute_url() + "#met-de-persoon")
    context = {**sent_context(request, found), "client_form": form}
    return render(request, "doorverwijzing/sent.html", context)


@of_referral(our_sent, "POST")
def handled(request: UserRequest, found: Referral) -> HttpResponse:
    """Say that something was done with a "not yet"."""
    talk.handle(found, by=request.user)
    messages.success(request, _("Noted that you followed this up."))
    return redirect(found)
