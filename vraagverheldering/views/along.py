"""What the person sees who looks along: own words, the worker's wording, the own scale. Nothing else."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core.refusals import AtForm
from sociale_kaart.models import LifeDomain
from vraagverheldering import flow, writing
from vraagverheldering.forms import AlongForm
from vraagverheldering.models import Conversation, DomainNote, Outcome
from vraagverheldering.reading import note_reading
from vraagverheldering.views.known import WRITE, UserRequest, of_conversation


@of_conversation(*WRITE)
def along(request: UserRequest, talk: Conversation, code: str) -> HttpResponse:
    """Show one subject to the person, and take what the person answers."""
    domain = get_object_or_404(LifeDomain, pk=code)
    if talk.finished_at and request.method != "POST":
        return redirect("gesprekken:result", pk=talk.pk)
    note = talk.notes.filter(domain=domain).first() or DomainNote()
    current = {name: getattr(note, name) for name in AlongForm.kept}
    form = AlongForm(request.POST or None, current=current, initial={"version": note.version})
    save = partial(writing.save_subject, talk, domain, by=request.user)
    if form.is_valid():
        with AtForm(form):
            save(form.entry())
            if request.POST.get("go") == "rather_not":
                writing.set_outcome(talk, domain, outcome=Outcome.RATHER_NOT, by=request.user)
            return _onward(request, talk, domain)
    elif not form.is_bound:
        note_reading(talk, by=request.user, page=f"along {domain.pk}")
    context = {
        "domain": domain,
        "form": form,
        "said": talk.words.filter(domain=domain),
        "wording": note.wording,
        "worker": talk.worker.first_name or str(talk.worker),
    }
    return render(request, "vraagverheldering/along.html", context)


def _onward(request: UserRequest, talk: Conversation, domain: LifeDomain) -> HttpResponse:
    """Go back to the worker's page, or on to the next subject; after the last one it is done."""
    codes = list(LifeDomain.objects.values_list("pk", flat=True))
    following = flow.after(codes, domain.pk)
    if request.POST.get("go") == "done" or following is None:
        return redirect("gesprekken:subject", pk=talk.pk, code=domain.pk)
    return redirect("gesprekken:along", pk=talk.pk, code=following)
