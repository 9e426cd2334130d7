"""The other ways of referring, for both sides: consultation, co-signature, transfer, bridging, referring on inside."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clienten.models import ClientCard
from clienten.reading import note
from core.refusals import AsMessage, AtForm
from doorverwijzing.models import Referral
from doorverwijzing.views.known import WRITE, UserRequest, at_us, known, of_referral, our_draft, ours
from doorverwijzing.ways import bridging, copies, family, rights, transfer
from doorverwijzing.ways.forms import BridgeForm, ConsultForm, SignatureForm, TakeOverForm, TransferForm
from doorverwijzing.workflow import AT_HOME
from vraagverheldering.models import ClarifiedQuestion


@of_referral(our_draft, *WRITE)
def consult(request: UserRequest, referral: Referral) -> HttpResponse:
    """Write down with whom of the coordination we spoke."""
    form = ConsultForm(request.POST or None)
    if form.is_valid():
        with AtForm(form, "day"):
            rights.consult(referral, by=request.user, **form.cleaned_data)
            messages.success(request, _("Written down. You can send now."))
            return redirect("doorverwijzing:share", pk=referral.pk)
    return render(request, "doorverwijzing/ways/consult.html", {"referral": referral, "form": form})


@of_referral(our_draft, *WRITE)
def ask_signature(request: UserRequest, referral: Referral) -> HttpResponse:
    """Ask a core partner to sign with us."""
    partners = rights.co_signers().exclude(pk=referral.sender_id)
    form = SignatureForm(request.POST or None, partners=partners)
    if form.is_valid():
        chosen = form.cleaned_data["asked_of"]
        with AtForm(form, "asked_of"):
            rights.ask_co_signature(referral, of=chosen, by=request.user)
            messages.success(request, _("%(who)s got your request.") % {"who": chosen})
            return redirect("doorverwijzing:share", pk=referral.pk)
    return render(request, "doorverwijzing/ways/ask_signature.html", {"referral": referral, "form": form})


@require_safe
def to_sign(request: UserRequest) -> HttpResponse:
    """List who asks us to sign with them. Nothing of the person stands here."""
    return render(request, "doorverwijzing/ways/to_sign.html", {"asked": rights.to_sign(request.user)})


@require_POST
def sign(request: UserRequest, pk: object) -> HttpResponse:
    """Sign with a colleague, or not."""
    signature = get_object_or_404(rights.to_sign(request.user), pk=pk)
    agreed = request.POST.get("answer") == "yes"
    done = _("You signed. Your colleague can send now.") if agreed else _("You did not sign. Your colleague knows.")
    with AsMessage(request, done):
        rights.answer_signature(signature, agreed=agreed, by=request.user)
    return redirect("doorverwijzing:to_sign")


@of_referral(known, *WRITE)
def transferring(request: UserRequest, referral: Referral) -> HttpResponse:
    """Show the transfer: the checklist while it is a draft, afterwards who is competent and from when."""
    change = transfer.of(referral)
    if referral.state not in AT_HOME:
        if change is None:
            raise Http404
        return _under_way(request, referral)
    initial = {"reason": change.reason, "since": change.since, "done": change.checklist} if change else None
    form = TransferForm(request.POST or None, initial=initial)
    if form.is_valid():
        with AtForm(form):
            transfer.prepare(referral, by=request.user, **form.cleaned_data)
            messages.success(request, _("The checklist is kept."))
            return redirect("doorverwijzing:share", pk=referral.pk)
    context = {"referral": referral, "form": form, "possible": transfer.is_possible(referral), "change": change}
    return render(request, "doorverwijzing/ways/transfer.html", context)


def _under_way(request: UserRequest, referral: Referral) -> HttpResponse:
    change = transfer.of(referral)
    if change is None:
        raise Http404
    may_confirm = transfer.may_confirm(request.user, change)
    form = TakeOverForm(request.POST or None)
    if may_confirm and form.is_valid():
        with AsMessage(request, _("Confirmed. The other OCMW stays competent until that day.")):
            transfer.confirm(change, takes_over_on=form.cleaned_data["takes_over_on"], by=request.user)
        return redirect(request.path)
    context = {
        "referral": referral,
        "change": change,
        "side": transfer.side_of(request.user, referral),
        "checks": transfer.CHECKLIST,
        "may_confirm": may_confirm,
        "may_release": transfer.may_release(request.user, change),
        "form": form,
    }
    return render(request, "doorverwijzing/ways/under_way.html", context)


@of_referral(our_draft, "POST")
def plain_again(request: UserRequest, referral: Referral) -> HttpResponse:
    """Make a transfer a plain referral again."""
    with AsMessage(request, _("This is a plain referral again.")):
        transfer.call_off(referral, by=request.user)
    return redirect("doorverwijzing:share", pk=referral.pk)


@of_referral(ours, "POST")
def let_go(request: UserRequest, referral: Referral) -> HttpResponse:
    """Let go, as the old OCMW."""
    change = transfer.of(referral)
    if change is None:
        raise Http404
    with AsMessage(request, _("You let go. The other OCMW is competent now.")):
        transfer.release(change, by=request.user)
    return redirect("doorverwijzing:transfer", pk=referral.pk)


@of_referral(ours, *WRITE)
def bridge(request: UserRequest, referral: Referral) -> HttpResponse:
    """Say who keeps contact until the other help runs."""
    there = bridging.partner_of(referral)
    initial = {"name": there.name, "house": there.house, "phone": there.phone} if there else None
    form = BridgeForm(request.POST or None, initial=initial)
    if form.is_valid():
        with AtForm(form):
            bridging.set_partner(referral, by=request.user, **form.cleaned_data)
            messages.success(request, _("Kept."))
            return redirect(referral)
    context = {"referral": referral, "form": form, "name": referral.client.first_name}
    return render(request, "doorverwijzing/ways/bridge.html", context)


@of_referral(at_us, "POST")
def refer_on(request: UserRequest, referral: Referral) -> HttpResponse:
    """Take the question over as one of our own, and look for a service."""
    with AsMessage(request):
        question = copies.copy_question(referral, by=request.user)
        return redirect("doorverwijzing:search", question=question.pk)
    return redirect(referral)


@require_safe
def ways(request: UserRequest, question: object) -> HttpResponse:
    """Show all ways of one question of ours on one page."""
    mine = ClarifiedQuestion.objects.filter(client__in=ClientCard.objects.visible_to(request.user))
    asked = get_object_or_404(mine.select_related("client", "conversation__organization"), pk=question)
    note(asked, by=request.user, organization=asked.conversation.organization, page="ways")
    request.place = partial(reverse, "doorverwijzing:outbox")
    context = {"question": asked, "title": asked.title(asked.client.first_name), "ways": family.ways_of(asked)}
    return render(request, "doorverwijzing/ways/ways.html", context)
