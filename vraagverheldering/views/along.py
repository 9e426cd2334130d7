"""What the person sees who looks along: own words, the worker's wording, the own scale. Nothing else."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.merging import Clash
from core.refusals import AtForm
from sociale_kaart.models import LifeDomain
from vraagverheldering import flow, writing
from vraagverheldering.forms import AlongForm, see_version
from vraagverheldering.models import Conversation, DomainNote, Outcome
from vraagverheldering.reading import note_reading
from vraagverheldering.views.known import WRITE, UserRequest, of_conversation

PAGE = "vraagverheldering/along.html"


@of_conversation(*WRITE)
def along(request: UserRequest, talk: Conversation, code: str) -> HttpResponse:
    """Show one subject to the person, and take what the person answers."""
    domain = get_object_or_404(LifeDomain, pk=code)
    if talk.finished_at and request.method != "POST":
        return redirect("gesprekken:result", pk=talk.pk)
    note = talk.notes.filter(domain=domain).first() or DomainNote()
    form = AlongForm(request.POST or None, current=_answers(note), initial={"version": note.version})
    save = partial(writing.save_subject, talk, domain, by=request.user)
    if form.is_valid():
        with AtForm(form):
            clashes = save(form.entry())
            if request.POST.get("go") == "rather_not":
                writing.set_outcome(talk, domain, outcome=Outcome.RATHER_NOT, by=request.user)
            elif clashes:
                note = talk.notes.get(domain=domain)
                return render(request, PAGE, _asked_again(form, clashes, note) | _beside(talk, domain, note))
            return _onward(request, talk, domain)
    elif not form.is_bound:
        note_reading(talk, by=request.user, page=f"along {domain.pk}")
    return render(request, PAGE, {"form": form} | _beside(talk, domain, note))


def _answers(note: DomainNote) -> dict[str, Any]:
    return {name: getattr(note, name) for name in AlongForm.kept}


def _beside(talk: Conversation, domain: LifeDomain, note: DomainNote) -> dict[str, object]:
    """Give what stands beside the answers."""
    return {
        "domain": domain,
        "said": talk.words.filter(domain=domain),
        "wording": note.wording,
        "worker": talk.worker.first_name or str(talk.worker),
    }


def _asked_again(form: AlongForm, clashes: Iterable[Clash], note: DomainNote) -> dict[str, object]:
    """Keep the person's answer where a colleague gave another one meanwhile: going on once more keeps it.

    Who answered otherwise is not said: the person looks along, and a colleague's name would be a riddle to them.
    """
    form.show_again(_answers(note), clashes)
    see_version(form, note.version)
    for clash in clashes:
        form.add_error(clash.field, _("Meanwhile something else was chosen here. Look again, then go on."))
    return {"form": form}


def _onward(request: UserRequest, talk: Conversation, domain: LifeDomain) -> HttpResponse:
    """Go back to the worker's page, or on to the next subject; after the last one it is done."""
    codes = list(LifeDomain.objects.values_list("pk", flat=True))
    following = flow.after(codes, domain.pk)
    if request.POST.get("go") == "done" or following is None:
        return redirect("gesprekken:subject", pk=talk.pk, code=domain.pk)
    return redirect("gesprekken:along", pk=talk.pk, code=following)
