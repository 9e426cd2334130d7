"""The coordination's page: who may refer in which way, and which consultations wait for a look."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.refusals import AsMessage, AtForm
from doorverwijzing.models import ReferrerRight
from doorverwijzing.views.known import WRITE, UserRequest
from doorverwijzing.ways import rights
from doorverwijzing.ways.forms import RightForm


@require_http_methods(WRITE)
def referrers(request: UserRequest) -> HttpResponse:
    """Show every right that is not direct by default, add one, and look at consultations."""
    rights.may_coordinate(request.user).require()
    form = RightForm(request.POST or None)
    if form.is_valid():
        with AtForm(form):
            right = rights.set_right(by=request.user, **form.cleaned_data)
            messages.success(request, _("Kept for %(organization)s.") % {"organization": right.organization})
            return redirect("doorverwijzing:referrers")
    kept = ReferrerRight.objects.select_related("organization", "need")
    context = {"form": form, "rights": kept, "consultations": rights.to_review(request.user)}
    return render(request, "doorverwijzing/ways/referrers.html", context)


@require_POST
def drop(request: UserRequest, pk: object) -> HttpResponse:
    """Take a right away."""
    rights.may_coordinate(request.user).require()
    rights.drop_right(get_object_or_404(ReferrerRight, pk=pk), by=request.user)
    messages.success(request, _("Taken away. From now on they refer directly, or by the right for everything else."))
    return redirect("doorverwijzing:referrers")


@require_POST
def review(request: UserRequest, pk: object) -> HttpResponse:
    """Say whether a consultation was as it is written."""
    rights.may_coordinate(request.user).require()
    consultation = get_object_or_404(rights.to_review(request.user), pk=pk)
    agreed = request.POST.get("answer") == "yes"
    with AsMessage(request, _("Noted.") if agreed else _("Noted. Their worker gets a mail.")):
        rights.review(consultation, agreed=agreed, by=request.user)
    return redirect("doorverwijzing:referrers")
