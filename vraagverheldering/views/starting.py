"""The first page of a conversation: the whole quick road, or the beginning of the broad one."""

from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clienten import reading
from clienten.models import ClientCard
from core.errors import NotAllowed, Refusal
from organisaties.models import Organization
from search.page.help_lines import HELP_LINES
from vraagverheldering import actions
from vraagverheldering.forms import BROAD, RIGHTS, StartForm
from vraagverheldering.models import Conversation
from vraagverheldering.views.known import UserRequest

# Names are sealed in the database, so looking one up means opening them: the newest cards are enough.
CARDS_LOOKED_AT, MOST_FOUND = 500, 10
# The button that looks a name up: posted, so that no name ever stands in an address or a log.
LOOK = "look"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: UserRequest) -> HttpResponse:
    """Ask the least that is needed, and go on along the road that was chosen."""
    organizations = list(Organization.objects.cared_for_by(request.user))
    if not organizations:
        raise Http404
    known = _known_person(request)
    looks = LOOK in request.POST
    typed = request.POST.dict() if looks else {}
    form = StartForm(
        None if looks else request.POST or None, initial=typed, organizations=organizations, known=bool(known)
    )
    if form.is_valid():
        try:
            conversation = actions.start(_beginning(form, organizations, known), by=request.user)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _on_the_road(conversation, str(form.data.get("road")))
    sought = typed.get("first_name", "").strip() if not known else ""
    context = {
        "form": form,
        "known": known,
        "name": known.first_name if known else "",
        "looked": looks and not known,
        "sought": sought,
        "found": _looked_up(request, known, sought),
        "help_lines": HELP_LINES.values(),
    }
    return render(request, "vraagverheldering/new.html", context)


def _known_person(request: UserRequest) -> ClientCard | None:
    """Fetch the card that someone starts from; a card of another house is not there."""
    asked = request.GET.get("persoon", "")
    if not asked:
        return None
    try:
        return ClientCard.objects.visible_to(request.user).select_related("organization").get(pk=asked)
    except (ClientCard.DoesNotExist, ValidationError) as error:
        raise Http404 from error


def _same_name(request: UserRequest, sought: str) -> list[ClientCard]:
    """List the people with a first name like this, of the own teams only."""
    cards = ClientCard.objects.visible_to(request.user).select_related("municipality", "organization")[:CARDS_LOOKED_AT]
    wanted = sought.casefold()
    return list(islice((card for card in cards if card.first_name.casefold().startswith(wanted)), MOST_FOUND))


def _looked_up(request: UserRequest, known: ClientCard | None, sought: str) -> list[ClientCard]:
    """List who has a first name like this; write down of everyone who is shown that a colleague looked."""
    found = _same_name(request, sought) if sought else []
    for card in [known] if known else found:
        reading.note(card, by=request.user, organization=card.organization, page="new" if known else "look")
    return found


def _beginning(form: StartForm, organizations: list[Organization], known: ClientCard | None) -> actions.Beginning:
    cleaned: dict[str, Any] = form.cleaned_data
    return actions.Beginning(
        organization=cleaned.get("organization") or organizations[0],
        form_key=cleaned["form_key"],
        mode=form.mode(),
        place=cleaned["place"] or "desk",
        card=known,
        person={} if known else form.person(),
        said=cleaned["said"],
        question=form.question(),
    )


def _on_the_road(conversation: Conversation, road: str) -> HttpResponse:
    """Lead to the search for help, to the rights, or into the broad talk."""
    if road == BROAD:
        return redirect(conversation)
    if road == RIGHTS:
        return redirect("gesprekken:rights", pk=conversation.pk)
    question = conversation.questions.first()
    if question is None:
        return redirect("gesprekken:clarify", pk=conversation.pk)
    return redirect("doorverwijzing:search", question=question.pk)
