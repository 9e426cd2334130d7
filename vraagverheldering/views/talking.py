"""A broad conversation: how it opens, and one life domain at a time."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.trail import who_changed
from core import audit
from core.refusals import AtForm
from search.page.help_lines import HELP_LINES
from sociale_kaart.models import LifeDomain, Service
from vraagverheldering import flow, words, writing
from vraagverheldering.forms import NoteForm, OpeningForm, see_version
from vraagverheldering.models import Conversation, ConversationMode, DomainNote, StepKind
from vraagverheldering.parts import Subject, subjects_of
from vraagverheldering.reading import note_reading, who_wrote
from vraagverheldering.suggestions import suggestions_for
from vraagverheldering.views.known import WRITE, UserRequest, head, of_conversation
from vraagverheldering.views.saving import GO, autosave, go_on, saves_itself

DAYS_FOR_A_STEP = 7


@of_conversation(*WRITE)
def conversation(request: UserRequest, talk: Conversation) -> HttpResponse:
    """Open a broad talk free: what was said, and a good end. A quick one goes on with its question."""
    if request.method != "POST" and (talk.finished_at or talk.mode == ConversationMode.QUICK):
        return redirect("gesprekken:result" if talk.finished_at else "gesprekken:clarify", pk=talk.pk)
    form = OpeningForm(request.POST or None, current=_opening(talk))
    save = partial(writing.save_opening, talk, by=request.user)
    if saves_itself(request):
        return autosave(form, talk, save)
    rows = []
    if form.is_valid():
        with AtForm(form):
            clashes = save(form.entry())
            if not clashes:
                return go_on(request, talk, "", by=request.user)
            talk.refresh_from_db()
            form.empty_after_saving()
            form.show_again(_opening(talk), clashes)
            rows = form.clash_rows(clashes, who_changed(audit.history(talk), form.kept))
    elif form.is_bound:
        rows = form.clash_rows(form.waiting(), who_changed(audit.history(talk), form.kept))
    else:
        note_reading(talk, by=request.user, page="opening")
    context = _page(talk, "") | {"form": form, "clashes": rows, "said": talk.words.filter(domain=None)}
    return render(request, "vraagverheldering/opening.html", context)


def _opening(talk: Conversation) -> dict[str, Any]:
    return {"place": talk.place, "good_end": talk.good_end}


@of_conversation(*WRITE)
def subject(request: UserRequest, talk: Conversation, code: str) -> HttpResponse:
    """Talk about one life domain: strengths first, then words, scale and what is done with it."""
    domain = get_object_or_404(LifeDomain, pk=code)
    if talk.finished_at and request.method != "POST":
        return redirect("gesprekken:result", pk=talk.pk)
    note = talk.notes.filter(domain=domain).first()
    form = NoteForm(request.POST or None, current=note_values(note), initial=_defaults(talk, note))
    save = partial(writing.save_subject, talk, domain, by=request.user)
    if saves_itself(request):
        return autosave(form, talk, save)
    rows = []
    if form.is_valid():
        with AtForm(form):
            clashes = save(form.entry())
            _pressed(request, talk, domain, form)
            if not clashes:
                return go_on(request, talk, domain.pk, by=request.user)
            note = talk.notes.get(domain=domain)
            form.empty_after_saving()
            form.show_again(note_values(note), clashes)
            see_version(form, note.version)
            rows = form.clash_rows(clashes, who_wrote(note))
    elif form.is_bound and note:
        rows = form.clash_rows(form.waiting(), who_wrote(note))
    elif not form.is_bound:
        note_reading(talk, by=request.user, page=domain.pk)
    context = _page(talk, domain.pk) | _beside(talk, domain) | {"form": form, "clashes": rows}
    return render(request, "vraagverheldering/subject.html", context)


def note_values(note: DomainNote | None) -> Mapping[str, Any]:
    """Give what is written and chosen in a domain now; nothing when it was not touched."""
    blank = note or DomainNote()
    return {name: getattr(blank, name) for name in NoteForm.kept}


def together(talk: Conversation) -> str:
    """Say that the person and the worker do it together."""
    return _("%(name)s and %(worker)s together") % {
        "name": talk.client.first_name,
        "worker": talk.worker.first_name or talk.worker,
    }


def in_a_week() -> Any:
    """Give the day that a step gets when nobody chose one."""
    return timezone.localdate() + timedelta(days=DAYS_FOR_A_STEP)


def _defaults(talk: Conversation, note: DomainNote | None) -> dict[str, Any]:
    return {"version": note.version if note else 0, "step_who": together(talk)}


def _pressed(request: UserRequest, talk: Conversation, domain: LifeDomain, form: NoteForm) -> None:
    """Do what a button besides the way on asks: clear the choices, or make a step of a service beside it."""
    wish, _colon, what = request.POST.get(GO, "").partition(":")
    if wish == "clear":
        writing.clear_choices(talk, domain, by=request.user)
    if wish == "service":
        service = get_object_or_404(Service.objects.public(), pk=what)
        plan = writing.Plan(service.name, together(talk), in_a_week(), kind=StepKind.SERVICE, service=service)
        key = uuid.uuid5(form.cleaned_data["form_key"], str(service.pk))
        writing.add_step(talk, plan=plan, form_key=key, by=request.user, domain=domain)
        messages.success(request, _("Added to the steps: %(service)s.") % {"service": service})


def _page(talk: Conversation, here: str) -> dict[str, Any]:
    """Give the list at the left, the way on and the line at the foot."""
    subjects = subjects_of(talk)
    parts = [subject.part for subject in subjects]
    gaps = flow.gaps(parts)
    codes = [part.code for part in parts]
    following = (flow.after(codes, here) if here else codes[0]) if codes else None
    return head(talk) | {
        "subjects": subjects,
        "here": next((subject for subject in subjects if subject.part.code == here), None),
        "talked": sum(flow.is_touched(part) for part in parts),
        "following": _named(subjects, following),
        "lacks": any(gap.code == here for gap in gaps),
        "stands": words.how_it_stands(gaps, flow.settled(parts), talk.client.first_name),
        "help_lines": HELP_LINES.values(),
    }


def _named(subjects: list[Subject], code: str | None) -> str:
    return next((subject.part.name for subject in subjects if subject.part.code == code), "")


def _beside(talk: Conversation, domain: LifeDomain) -> dict[str, Any]:
    return {
        "domain": domain,
        "questions_that_help": domain.questions.splitlines(),
        "said": talk.words.filter(domain=domain),
        "steps": talk.steps.filter(note__domain=domain).select_related("service__organization"),
        "questions": talk.questions.filter(domain=domain),
        "fits": suggestions_for(talk, domain),
        "who_options": [talk.client.first_name, talk.worker.first_name, together(talk)],
    }
