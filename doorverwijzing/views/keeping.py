"""Two small answers on the page of a referral: who keeps the overview, and which pieces were used."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.refusals import OnThePage
from doorverwijzing import overview, used
from doorverwijzing.models import Referral
from doorverwijzing.views.known import UserRequest, known, of_referral
from doorverwijzing.views.record import keeper_form


@of_referral(known, "POST")
def keep(request: UserRequest, referral: Referral) -> HttpResponse:
    """Name who keeps the overview of this question and who stands in."""
    form = keeper_form(overview.of(referral), request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose a colleague who works here."))
        return redirect(referral)
    people = form.people
    keeper, fallback = people[form.cleaned_data["keeper"]], people.get(form.cleaned_data["fallback"])
    with OnThePage(request, _("%(name)s keeps the overview.") % {"name": keeper.first_name or keeper}):
        overview.hand_over(referral.question, keeper=keeper, fallback=fallback, by=request.user)
    return redirect(referral)


@of_referral(known, "POST")
def tell_use(request: UserRequest, referral: Referral) -> HttpResponse:
    """Write down which pieces spared the person a second telling."""
    thanks = _("Thank you. %(sender)s sees how many pieces were of use.") % {"sender": referral.sender}
    with OnThePage(request, thanks):
        used.tell(referral, items=request.POST.getlist("used"), by=request.user)
    return redirect(referral)
