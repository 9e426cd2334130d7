"""The pages of who coordinates the network: what is stuck between partners, and how long each turn may last."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.requests import UserRequest
from doorverwijzing.client.reaching import phones_of
from doorverwijzing.clock import owners, terms
from doorverwijzing.clock.forms import TermsForm
from doorverwijzing.models import Referral
from doorverwijzing.workflow import Side
from gebied.models import PrimaryCareZone

SHOWN = 100


@require_safe
def stuck(request: UserRequest) -> HttpResponse:
    """Show between which partners something is stuck. The questions themselves stay closed."""
    terms.may_set(request.user).require()
    late = Referral.objects.stuck(timezone.now()).select_related("sender", "receiver").order_by("due_at", "pk")
    sides = [(one.sender if one.turn is Side.SENDER else one.receiver, one) for one in late[:SHOWN]]
    phones = phones_of(side for side, _one in sides)
    rows = [
        {
            "sender": one.sender,
            "receiver": one.receiver,
            "side": side,
            "due": one.due_at,
            "phone": phones.get(side.pk, ""),
        }
        for side, one in sides
    ]
    return render(request, "doorverwijzing/stuck.html", {"late": rows, "lost": owners.lost(SHOWN)})


@require_http_methods(["GET", "POST"])
def deadlines(request: UserRequest) -> HttpResponse:
    """Show and keep the table of deadlines: of the whole network, or of the care zone that was chosen."""
    terms.may_set(request.user).require()
    zone = _zone(request.GET.get("zone", ""))
    form = TermsForm(request.POST or None, terms=terms.table(zone))
    if form.is_valid():
        count = terms.keep(zone, form.terms(), by=request.user)
        messages.success(request, ngettext("%(count)s term changed.", "%(count)s terms changed.", count) % {
            "count": count,
        } if count else _("Nothing changed."))  # fmt: skip
        chosen = f"?zone={zone.pk}" if zone else ""
        return redirect(reverse("doorverwijzing:deadlines") + chosen)
    context = {"form": form, "zone": zone, "zones": PrimaryCareZone.objects.all()}
    return render(request, "doorverwijzing/deadlines.html", context)


def _zone(chosen: str) -> PrimaryCareZone | None:
    """Read which care zone was chosen; nothing means everywhere."""
    if not chosen:
        return None
    zone = PrimaryCareZone.objects.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 10 else None
    if zone is None:
        raise Http404
    return zone
