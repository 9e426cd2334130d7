"""Saying what is wrong on a listing, in two presses, and answering it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.forms import CareForm, answers
from core.refusals import AtForm
from core.requests import UserRequest
from sociale_kaart import corrections
from sociale_kaart.models import Service
from sociale_kaart.models.correction import LONGEST_TEXT, Outcome, Part


class CorrectionForm(CareForm):
    """What it must be, and the part that is wrong: each part is a button that sends."""

    text = forms.CharField(
        label=gettext_lazy("What must it be?"),
        help_text=gettext_lazy("You may leave this empty. Write nothing about a client."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
        required=False,
    )
    part = forms.ChoiceField(choices=Part.choices, widget=forms.HiddenInput)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: UserRequest, pk: str) -> HttpResponse:
    """Ask which part is wrong; a press on it is enough."""
    service = get_object_or_404(Service.objects.with_a_page().select_related("organization"), pk=pk)
    corrections.may_tell(request.user).require()
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with AtForm(form, "text"):
            corrections.tell(service, part=Part(said["part"]), text=said["text"], by=request.user)
            messages.success(request, _("Thank you. %(keeper)s looks at it.") % {"keeper": service.organization})
            return redirect(service)
    return render(request, "sociale_kaart/correction.html", {"service": service, "form": form, "parts": answers(Part)})


@require_POST
def close(request: UserRequest, pk: UUID) -> HttpResponse:
    """Answer one: it was changed, or it was right."""
    said = get_object_or_404(corrections.kept_by(request.user).for_list(), pk=pk)
    outcome = next((one for one in Outcome if one.value == request.POST.get("outcome")), None)
    if outcome is None:
        return HttpResponseBadRequest()
    if corrections.close(said, outcome=outcome, by=request.user):
        messages.success(request, _("Your colleague hears it. Thank you."))
    else:
        messages.info(request, _("Someone answered this already."))
    return redirect("sociale_kaart:listings")
