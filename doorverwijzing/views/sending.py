"""The sender's road: to whom, what is shared, the yes, sent; and what to do when it comes back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clienten import limits
from clienten.models import FEEDBACK, ClientCard
from clienten.reading import note_once
from core.refusals import AsMessage, AtForm
from doorverwijzing import actions, packet
from doorverwijzing.answering import lines_for
from doorverwijzing.consent.views.saying_yes import steps
from doorverwijzing.deadlines import answer_by
from doorverwijzing.forms import AnswerForm, ShareForm
from doorverwijzing.live.asks import lacks_a_moment
from doorverwijzing.live.showing import show
from doorverwijzing.models import Referral
from doorverwijzing.views.known import WRITE, UserRequest, known, of_referral, our_sent, ours
from doorverwijzing.ways import copies, family
from doorverwijzing.workflow import AT_HOME, Status
from leernetwerk.cards import guides_for
from leernetwerk.choices import Moment
from organisaties.roles import SecrecyRegime
from search.page.views import results
from sociale_kaart.models import Service
from vraagverheldering.models import ClarifiedQuestion

# Stands in the address of the choose button until a row fills in its own service.
SERVICE_SIGN = "dienst"


def _own_question(request: UserRequest, pk: object) -> ClarifiedQuestion:
    mine = ClarifiedQuestion.objects.filter(client__in=ClientCard.objects.visible_to(request.user))
    return get_object_or_404(mine.select_related("conversation__organization", "client__municipality"), pk=pk)


def search(request: UserRequest, question: object) -> HttpResponse:
    """Search the public catalogue for one question, with a button to choose. What is sought is not stored."""
    asked = _own_question(request, question)
    note_once(asked, by=request.user, organization=asked.conversation.organization, page="search")
    if not request.GET:
        words = {"q": asked.wish}
        if asked.client.municipality:
            words["waar"] = asked.client.municipality.name
        request.GET = QueryDict(urlencode(words))
    choose = reverse("doorverwijzing:choose_service", args=[asked.pk, SERVICE_SIGN])
    return results(
        request,
        base_layout="layouts/worker.html",
        choose_url=choose,
        choose_sign=SERVICE_SIGN,
        tell=lines_for,
        for_name=asked.client.first_name,
        back_url=reverse("gesprekken:result", args=[asked.conversation_id]),
    )


def choose_service(request: UserRequest, question: object, service: str) -> HttpResponse:
    """Begin a referral to a service; a second click finds the same draft."""
    asked = _own_question(request, question)
    if request.method != "POST":
        return redirect("doorverwijzing:search", question=asked.pk)
    wanted = get_object_or_404(Service.objects.select_related("organization"), pk=service)
    previous = asked.referrals.back_at_sender().order_by("status_at").last()
    with AsMessage(request):
        if copies.parent_of(asked):
            referral = family.refer_on(asked, wanted, by=request.user)
        else:
            referral = actions.prepare(asked, wanted, by=request.user, previous=previous)
        actions.drop_untouched(asked, but=referral, by=request.user)
        return redirect("doorverwijzing:share", pk=referral.pk)
    return redirect("doorverwijzing:search", question=asked.pk)


@of_referral(ours, *WRITE)
def share(request: UserRequest, referral: Referral) -> HttpResponse:
    """Go through the items together; the preview shows exactly what the receiver will see."""
    if referral.state not in AT_HOME:
        if request.method == "POST":
            messages.warning(request, _("A colleague was first: this was sent already, without what you chose here."))
        return redirect(referral)
    if "other" in request.POST:
        return _other_service(request, referral)
    pieces = packet.offered(referral.question, referral.receiver)
    form = ShareForm(request.POST or None, pieces=pieces, initial=_answers(referral))
    if form.is_bound and form.is_valid():
        with AtForm(form):
            actions.choose(
                referral, shared=form.shared(), colleague=form.cleaned_data["colleague"],
                warmth=form.cleaned_data["warmth"], by=request.user,
            )  # fmt: skip
            if "moments" in request.POST or ("preview" not in request.POST and lacks_a_moment(referral)):
                return redirect("doorverwijzing:handover", pk=referral.pk)
            if "preview" not in request.POST:
                if referral.state is Status.DRAFT:
                    actions.present(referral, by=request.user)
                return redirect("doorverwijzing:say_yes", pk=referral.pk)
            return redirect(request.path + "#preview")
    return render(request, "doorverwijzing/share.html", _share_context(referral, form))


def _other_service(request: UserRequest, referral: Referral) -> HttpResponse:
    """Give this draft up and look for another service."""
    with AsMessage(request):
        actions.drop(referral, by=request.user)
        return redirect("doorverwijzing:search", question=referral.question_id)
    return redirect(referral)


def _answers(referral: Referral) -> dict[str, object]:
    answers = {item: "share" if yes else "not" for item, yes in referral.choices.items()}
    return {**answers, "colleague": referral.colleague, "warmth": referral.warmth}


def _share_context(referral: Referral, form: ShareForm) -> dict[str, object]:
    chosen = {item for item, yes in referral.choices.items() if yes}
    kept = [piece.label for piece in form.pieces if piece.item not in chosen]
    unseen = [piece.label for piece in form.pieces if piece.item not in {*chosen, *FEEDBACK}]
    state = {piece.item: form[piece.item].value() or "" for piece in form.pieces}
    return {
        "referral": referral,
        "form": form,
        "name": referral.client.first_name,
        "pieces": [{"piece": piece, "state": state[piece.item]} for piece in form.pieces],
        "reading": packet.preview(referral, sorted(chosen)),
        "answer_by": answer_by(referral),
        "kept": ", ".join(unseen).lower(),
        "chosen_count": len(chosen) + 1,
        "kept_count": len(kept),
        "steps": steps(referral, "share"),
        "live": show(referral, referral.sender_worker),
        "line": lines_for([referral.service_id]).get(str(referral.service_id)),
        "guides": guides_for(Moment.REFER),
        "no_secrecy": referral.receiver.secrecy_regime != SecrecyRegime.PROFESSIONAL
        and not limits.is_limited(referral.receiver),
    }


@of_referral(ours, "POST")
def back_to_choices(request: UserRequest, referral: Referral) -> HttpResponse:
    """Go back one step; nothing is lost."""
    if referral.state is Status.PRESENTED:
        actions.reconsider(referral, by=request.user)
    return redirect("doorverwijzing:share", pk=referral.pk)


@of_referral(known, "POST")
def settle(request: UserRequest, referral: Referral) -> HttpResponse:
    """Say that a returned question goes on without a new receiver."""
    how = "client_stops" if request.POST.get("how") == "client_stops" else "own_step"
    with AsMessage(request):
        actions.settle(referral, how=how, by=request.user)
    return redirect(referral)


@of_referral(our_sent, *WRITE)
def answer(request: UserRequest, referral: Referral) -> HttpResponse:
    """Write down what the client says about the contact."""
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        actions.record_answer(referral, answer=form.cleaned_data["answer"], by=request.user)
        messages.success(request, _("Noted."))
        return redirect(referral)
    context = {"referral": referral, "form": form, "name": referral.client.first_name}
    return render(request, "doorverwijzing/answer.html", context)
