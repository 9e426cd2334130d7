"""Messages of a referral: writing one with files, opening a file, ready-made texts, and when mail may come."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseGone
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import account_parts
from core.errors import Refusal
from core.refusals import AsMessage, AtForm
from core.sealed_files import as_download
from doorverwijzing import attachments
from doorverwijzing.messages import on_account, writing
from doorverwijzing.messages.forms import FullMessageForm, TemplateForm
from doorverwijzing.models import Attachment, MessageTemplate, Referral
from doorverwijzing.views.known import READ, UserRequest, known, of_referral, page_at, side_shown
from doorverwijzing.views.work import received_context, sent_context
from doorverwijzing.workflow import AT_HOME, Side
from organisaties.models import Organization


@of_referral(known, "POST")
def message(request: UserRequest, found: Referral) -> HttpResponse:
    """Write to the other side; it does not stop the clock."""
    if found.state in AT_HOME:
        raise Http404
    if "call" in request.POST:
        return _ask_to_call(request, found)
    side = side_shown(request, found)
    ours = side is Side.SENDER
    form = FullMessageForm(request.POST, request.FILES, pieces=attachments.pieces(found) if ours else None)
    if form.is_valid():
        given = form.cleaned_data
        with AtForm(form):
            writing.write(
                found, text=given["text"], form_key=given["form_key"], by=request.user, files=form.checked,
                item=given.get("item", ""), side=side,
            )  # fmt: skip
            return redirect(page_at(found, side, request.user) + "#berichten")
    context = sent_context(request, found) if ours else received_context(request, found)
    page = "doorverwijzing/sent.html" if ours else "doorverwijzing/received.html"
    return render(request, page, {**context, "message_form": form})


def _ask_to_call(request: UserRequest, found: Referral) -> HttpResponse:
    """Send the fixed sentence that tells nothing."""
    form, side = FullMessageForm({**request.POST.dict(), "text": "-"}), side_shown(request, found)
    if form.is_valid():
        writing.ask_to_call(found, form_key=form.cleaned_data["form_key"], by=request.user, side=side)
    return redirect(page_at(found, side, request.user) + "#berichten")


@of_referral(known, *READ)
def attachment(request: UserRequest, found: Referral, file: UUID) -> HttpResponse:
    """Give a file to save; it is never shown inside a page, and who took it is written down."""
    kept = get_object_or_404(Attachment.objects.select_related("message__referral"), pk=file, message__referral=found)
    try:
        content = attachments.open_one(kept, by=request.user)
    except Refusal as refusal:
        return HttpResponseGone(str(refusal), content_type="text/plain; charset=utf-8")
    return as_download(content, name=kept.name, content_type=attachments.content_type(kept))


def _places(request: UserRequest) -> dict[str, list[Organization]]:
    own = list(Organization.objects.cared_for_by(request.user).order_by("name", "pk"))
    return {"own": own, "led": [place for place in own if place.is_managed_by(request.user)]}


@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: UserRequest) -> HttpResponse:
    """List the ready-made texts that this person can use, and make one."""
    places = _places(request)
    if not places["own"]:
        raise Http404
    form = TemplateForm(request.POST or None, **places)
    if form.is_valid() and _keep(request, None, form):
        return redirect("doorverwijzing:message_texts")
    usable = MessageTemplate.objects.usable_by(request.user)
    changeable = set(MessageTemplate.objects.changeable_by(request.user).values_list("pk", flat=True))
    rows = [{"text": text, "may_change": text.pk in changeable} for text in usable]
    return render(request, "doorverwijzing/message_texts.html", {"rows": rows, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: UserRequest, pk: UUID) -> HttpResponse:
    """Change a ready-made text, or take it away."""
    found = get_object_or_404(MessageTemplate.objects.changeable_by(request.user), pk=pk)
    if "drop" in request.POST:
        writing.drop_template(found, by=request.user)
        messages.success(request, _("The text is gone."))
        return redirect("doorverwijzing:message_texts")
    whose = f"{TemplateForm.OWN if found.owner_id else ''}{found.organization_id}"
    now = {"title": found.title, "text": found.text, "whose": whose}
    form = TemplateForm(request.POST or None, initial=now, **_places(request))
    if form.is_valid() and _keep(request, found, form):
        return redirect("doorverwijzing:message_texts")
    return render(request, "doorverwijzing/message_text.html", {"form": form, "found": found})


def _keep(request: UserRequest, found: MessageTemplate | None, form: TemplateForm) -> bool:
    with AtForm(form, "whose"):
        writing.keep_template(
            found, organization=form.organization, own=form.is_own, title=form.cleaned_data["title"],
            text=form.cleaned_data["text"], by=request.user,
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return True
    return False


@require_POST
def notices(request: UserRequest) -> HttpResponse:
    """Choose which mails may come, and when; the form stands on the account page."""
    with AsMessage(request, _("Saved.")):
        if on_account.may_choose(request):
            writing.choose_rhythm(request.user, request.POST.get("rhythm", ""))
        account_parts.keep_ticks(request)
    return redirect(reverse("display") + "#mails")
