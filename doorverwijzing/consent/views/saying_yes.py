"""The yes itself: read the text together, note how it is given, wait for an answer by code, send; and ask it again."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clienten.consent import asking, strokes, texts
from clienten.consent.giving import Yes, conditions_of
from clienten.models import ConsentProof, ConsentRequest, Item, Mode
from clienten.permissions import may as may_touch
from core import sealed_files, short_codes
from core.errors import Unreadable
from core.models import User
from core.moments import spoken_date
from core.refusals import AtForm, OnThePage
from doorverwijzing import actions, packet
from doorverwijzing.consent import renewing
from doorverwijzing.consent.forms import INTEREST, NEEDED, YesForm
from doorverwijzing.deadlines import answer_by
from doorverwijzing.models import Referral
from doorverwijzing.moving import note
from doorverwijzing.seen import written
from doorverwijzing.views.known import READ, WRITE, UserRequest, of_referral, ours
from doorverwijzing.workflow import AT_HOME, AT_RECEIVER, Status
from organisaties.people import colleagues
from organisaties.roles import SecrecyRegime

STEPS = ("question", "receiver", "share", "yes", "sent")


def _at_receiver(request: UserRequest, pk: object) -> Referral:
    away = Referral.objects.sent_by(request.user).filter(status__in=AT_RECEIVER)
    return get_object_or_404(away.for_list(), pk=pk)


def steps(referral: Referral, here: str) -> list[dict[str, str]]:
    """Give the steps of the road of sending."""
    name = referral.client.first_name
    labels = {
        "question": _("Question"),
        "receiver": _("To whom"),
        "share": _("What do you share?"),
        "yes": _("%(name)s says yes") % {"name": name},
        "sent": _("Sent") if here == "sent" else pgettext("step", "Send"),
    }
    at = STEPS.index(here)
    states = ["done" if index < at else "now" if index == at else "later" for index in range(len(STEPS))]
    return [{"label": labels[step], "state": state} for step, state in zip(STEPS, states, strict=True)]


def _form(request: UserRequest, referral: Referral) -> YesForm:
    people = [one.user for one in colleagues(referral.sender) if one.user != request.user]
    person = {"language": referral.client.language, "name": referral.client.first_name}
    return YesForm(request.POST or None, request.FILES or None, colleagues=people, **person)


@of_referral(ours, *WRITE)
def say_yes(request: UserRequest, referral: Referral) -> HttpResponse:
    """Read the text together, note how the yes is given, and send."""
    if referral.state not in AT_HOME:
        if request.method == "POST" and not referral.log.filter(move="send", by=request.user).exists():
            messages.info(request, _("A colleague already went on with this."))
        return redirect(referral)
    if referral.state is Status.DRAFT:
        if request.method == "POST":
            messages.warning(
                request,
                _("A colleague went back to the choices: nothing was sent. Go through them, and ask for the yes."),
            )
        return redirect("doorverwijzing:share", pk=referral.pk)
    form = _form(request, referral)
    if form.is_valid():
        if form.by_code:
            return _ask_by_code(request, referral, _chosen(referral))
        with AtForm(form):
            actions.send(referral, by=request.user, yes=form.yes())
            tell_sent(request, referral)
            return redirect("doorverwijzing:referral", pk=referral.pk)
    return render(request, "doorverwijzing/say_yes.html", _context(request.user, referral, form, _chosen(referral)))


def _chosen(referral: Referral) -> list[str]:
    return sorted(item for item, yes in referral.choices.items() if yes)


def _context(user: User, referral: Referral, form: YesForm, chosen: list[str]) -> dict[str, object]:
    wanted = form["language"].value() or texts.DUTCH
    read = texts.wording(receiver=referral.receiver.name, sender=referral.sender.name, items=chosen)
    helper = texts.wording(receiver=referral.receiver.name, sender=referral.sender.name, items=chosen, language=wanted)
    before = Yes(mode="", same_question=actions.same_question(referral))
    secret = referral.receiver.secrecy_regime == SecrecyRegime.PROFESSIONAL
    reading = packet.shown(referral, chosen)
    return {
        "referral": referral,
        "form": form,
        "name": referral.client.first_name,
        "wording": read,
        "helper": helper if helper.language != read.language else None,
        "reading": reading,
        "seen": written(reading),
        "answer_by": answer_by(referral),
        "steps": steps(referral, "yes"),
        "conditions": conditions_of(referral.sender, referral.receiver, yes=before) if secret else [],
        "canvas": {"width": strokes.WIDTH, "height": strokes.HEIGHT},
        "may_override": bool(may_touch(user, "override", referral.client)),
    }


def tell_sent(request: UserRequest, referral: Referral) -> None:
    """Say that it went, and until when they have."""
    day = spoken_date(referral.due_at) if referral.due_at else ""
    messages.success(
        request, _("Sent. %(receiver)s answers before %(day)s.") % {"receiver": referral.receiver, "day": day}
    )


def _ask_by_code(request: UserRequest, referral: Referral, items: list[str]) -> HttpResponse:
    asking.ask(
        referral.client, by=request.user, items=items, recipient=referral.receiver, purpose=referral.question_id,
        occasion=referral.pk,
    )  # fmt: skip
    return redirect("doorverwijzing:yes_by_code", pk=referral.pk)


def _asked(referral: Referral) -> ConsentRequest | None:
    return asking.latest(referral.client, occasion=referral.pk)


@of_referral(ours, *WRITE)
def by_code(request: UserRequest, referral: Referral) -> HttpResponse:
    """Show the code for the client's own device, wait for the answer, and send what the client said yes to."""
    asked = _asked(referral)
    running = referral.state in AT_RECEIVER
    if asked is None or not (running or referral.state is Status.PRESENTED):
        return redirect(referral)
    if request.method == "POST" and "again" in request.POST:
        return _ask_by_code(request, referral, [item for item in asked.items if item != Item.QUESTION])
    if request.method == "POST":
        with OnThePage(request):
            _go_on(request, referral, asked)
            return redirect("doorverwijzing:referral", pk=referral.pk)
    part = (
        "doorverwijzing/_code_answer.html" if request.headers.get("HX-Request") else "doorverwijzing/yes_by_code.html"
    )
    return render(request, part, _code_context(request, referral, asked))


def _go_on(request: UserRequest, referral: Referral, asked: ConsentRequest) -> None:
    """Send, or renew, with exactly the pieces that the client chose. Raises Refusal."""
    yes = Yes(mode=Mode.CODE, request=asked, needed="needed" in request.POST, interest="interest" in request.POST)
    if referral.state in AT_RECEIVER:
        renewing.renew(referral, yes=yes, by=request.user)
        messages.success(request, _("The new yes is written down."))
        return
    pieces = {item: bool(answer) for item, answer in asked.answers.items() if item != Item.QUESTION}
    actions.choose(
        referral, shared={**referral.choices, **pieces}, colleague=referral.colleague, warmth=referral.warmth,
        by=request.user,
    )  # fmt: skip
    actions.send(referral, by=request.user, yes=yes)
    tell_sent(request, referral)


def _answers(asked: ConsentRequest) -> list[dict[str, object]]:
    """Give what the client chose, in the order of the screens."""
    chosen = [item for item in Item if item in asked.items]
    return [{"label": str(item.label), "yes": asked.answers.get(item)} for item in chosen]


def _code_context(request: UserRequest, referral: Referral, asked: ConsentRequest) -> dict[str, object]:
    answered = bool(asked.answered_at)
    return {
        "referral": referral,
        "name": referral.client.first_name,
        "asked": asked,
        "waiting": asked.is_open(timezone.now()),
        "code": short_codes.grouped(asked.code),
        "type_at": f"{request.get_host()}/ja",
        "qr_url": request.build_absolute_uri(reverse("doorverwijzing:yes_scan", args=[asked.code])),
        "rows": _answers(asked) if answered else [],
        "may_send": answered and bool(asked.answers.get(Item.QUESTION)),
        "running": referral.state in AT_RECEIVER,
        "steps": steps(referral, "yes"),
        "both_secret": {referral.sender.secrecy_regime, referral.receiver.secrecy_regime}
        == {SecrecyRegime.PROFESSIONAL},
        "weighs": {"needed": NEEDED, "interest": INTEREST},
    }  # fmt: skip


@of_referral(_at_receiver, *WRITE)
def ask_again(request: UserRequest, referral: Referral) -> HttpResponse:
    """Ask a new yes for what runs: the same pieces, a new last day."""
    items = actions.shared_items(referral)
    form = _form(request, referral)
    if form.is_valid():
        if form.by_code:
            return _ask_by_code(request, referral, items)
        with AtForm(form):
            renewing.renew(referral, yes=form.yes(), by=request.user)
            messages.success(request, _("The new yes is written down."))
            return redirect(referral)
    context = {**_context(request.user, referral, form, items), "running": True}
    return render(request, "doorverwijzing/say_yes.html", context)


@of_referral(ours, *READ)
def proof(request: UserRequest, referral: Referral) -> HttpResponse:
    """Show how the yes was given, and exactly which text was read."""
    proofs = list(_proofs(referral).select_related("witness", "recorded_by", "request"))
    rows = [
        {
            "proof": one,
            "path": strokes.path(one.strokes),
            "wording": texts.wording(
                receiver=referral.receiver.name,
                sender=referral.sender.name,
                items=sorted(one.consents.values_list("item", flat=True)),
                language=one.text_language,
                version=one.text_version,
            ),
            "consents": sorted(one.consents.all(), key=lambda consent: Item.values.index(consent.item)),
        }
        for one in proofs
    ]
    note("consent.proof_read", referral, by=request.user, organization=referral.sender)
    context = {"referral": referral, "name": referral.client.first_name, "rows": rows, "size": strokes}
    return render(request, "doorverwijzing/proof.html", context)


def _proofs(referral: Referral) -> QuerySet[ConsentProof]:
    return ConsentProof.objects.filter(
        client=referral.client_id, purpose=referral.question_id, recipient=referral.receiver_id
    )


@of_referral(ours, *READ)
def scan(request: UserRequest, referral: Referral, proof: object) -> HttpResponse:
    """Give the scan of a signed paper as a download; never shown in the page."""
    found = get_object_or_404(_proofs(referral), pk=proof)
    try:
        content = sealed_files.take(found.scan_key)
    except Unreadable as error:
        raise Http404 from error
    note("consent.scan_read", referral, by=request.user, organization=referral.sender)
    return sealed_files.as_download(content, name=found.scan_name, content_type=found.scan_type)
