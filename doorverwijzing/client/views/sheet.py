"""The client's sheet on a page to print, and as PDF, in the languages that were chosen."""

from django.http import HttpResponse
from django.shortcuts import render

from clienten import reading
from core.sealed_files import as_download
from doorverwijzing.client import sheet as client_sheet
from doorverwijzing.client.languages import DUTCH, helper_of, helpers
from doorverwijzing.models import Referral
from doorverwijzing.views.known import READ, UserRequest, of_referral, our_sent


def _sheet(request: UserRequest, referral: Referral) -> client_sheet.Sheet:
    """Write the sheet in the language that was asked, else in that of the person."""
    wanted = request.GET.get("taal", referral.client.language)
    address = request.build_absolute_uri(f"/volg/{referral.receipt.code}/")
    facts = client_sheet.facts_of(referral, host=request.get_host(), address=address)
    return client_sheet.sheet_of(facts, helper_of(wanted))


@of_referral(our_sent, *READ)
def receipt(request: UserRequest, referral: Referral) -> HttpResponse:
    """Show the client's sheet, to print from the browser."""
    sheet = _sheet(request, referral)
    chosen = next((half.language for half in sheet.halves if half.is_helper), DUTCH)
    context = {
        "referral": referral, "sheet": sheet, "facts": sheet.facts, "chosen": chosen,
        "languages": [(helper.code, helper.name) for helper in helpers().values()],
    }  # fmt: skip
    return render(request, "doorverwijzing/receipt.html", context)


@of_referral(our_sent, *READ)
def receipt_pdf(request: UserRequest, referral: Referral) -> HttpResponse:
    """Give the client's sheet as PDF."""
    reading.note(referral, by=request.user, organization=referral.sender, page="print receipt")
    made = client_sheet.as_pdf(_sheet(request, referral))
    return as_download(made, name="blad.pdf", content_type="application/pdf")
