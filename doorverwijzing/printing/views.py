"""Paper: the packet and the consent as PDF, blank forms, and taking over what was filled in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import NotAllowed, Refusal
from core.refusals import AsMessage
from core.requests import UserRequest
from core.sealed_files import as_download
from doorverwijzing.models import PaperForm, Referral
from doorverwijzing.printing import forms_on_paper, papers
from doorverwijzing.printing.forms import CountForm, PaperFormForm
from doorverwijzing.views.known import READ, known, of_referral
from doorverwijzing.views.known import UserRequest as KnownRequest
from organisaties.models import Membership, Organization

PDF = "application/pdf"
SHOWN = 50


@of_referral(known, *READ)
def packet(request: KnownRequest, found: Referral) -> HttpResponse:
    """Give the packet as PDF: exactly what the receiver may read."""
    with AsMessage(request):
        made = papers.packet_sheet(found, by=request.user)
        return as_download(made, name="pakket.pdf", content_type=PDF)
    return redirect(found)


@of_referral(known, *READ)
def consent(request: KnownRequest, found: Referral) -> HttpResponse:
    """Give the text of consent as PDF, beside the language of the person."""
    with AsMessage(request):
        made = papers.consent_sheet(found, by=request.user, language=found.client.language)
        return as_download(made, name="toestemming.pdf", content_type=PDF)
    return redirect(found)


def _house(request: UserRequest) -> Organization:
    house = Organization.objects.cared_for_by(request.user).order_by("name", "pk").first()
    if house is None:
        raise Http404
    return house


@require_http_methods(["GET", "HEAD", "POST"])
def blanks(request: UserRequest) -> HttpResponse:
    """List the forms of the team, and make new ones as PDF."""
    house = _house(request)
    form = CountForm(request.POST or None)
    if form.is_valid():
        made = forms_on_paper.make(house, form.cleaned_data["count"], by=request.user)
        return as_download(forms_on_paper.as_pdf(made), name="formulieren.pdf", content_type=PDF)
    mine = PaperForm.objects.filter(organization__in=Membership.objects.care_places(request.user))
    rows = mine.select_related("printed_by", "recorded_by", "referral")[:SHOWN]
    return render(request, "doorverwijzing/paper_forms.html", {"form": form, "rows": rows, "house": house})


def _mine(request: UserRequest, code: str) -> PaperForm:
    mine = PaperForm.objects.filter(organization__in=Membership.objects.care_places(request.user))
    return get_object_or_404(mine.select_related("organization"), code=code)


@require_safe
def blank(request: UserRequest, code: str) -> HttpResponse:
    """Show one blank form to print from the browser."""
    found = _mine(request, code)
    return render(
        request, "doorverwijzing/paper_blank.html", {"form": found, **forms_on_paper.words_of(found.organization)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def type_in(request: UserRequest, code: str) -> HttpResponse:
    """Take over a filled-in form, with the moment that it happened."""
    found = _mine(request, code)
    colleague_was_first = request.method == "POST" and found.recorded_by_id != request.user.pk
    if found.referral_id and not colleague_was_first:
        return redirect("doorverwijzing:referral", pk=found.referral_id)
    form = PaperFormForm(request.POST or None)
    if form.is_valid():
        try:
            referral = forms_on_paper.type_in(found, form.sheet(), by=request.user)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Taken over. Look at it again, and note the yes on paper."))
            return redirect("doorverwijzing:share", pk=referral.pk)
    return render(request, "doorverwijzing/paper_type_in.html", {"found": found, "form": form})
