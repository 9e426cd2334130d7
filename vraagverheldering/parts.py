"""Reads a conversation from the database as the parts that the rules of the road know."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sociale_kaart.models import LifeDomain
from vraagverheldering.flow import ACTION, Asked, Lack, Part, is_touched, lack_of
from vraagverheldering.models import ClarifiedQuestion, Conversation, ConversationMode, DomainNote


def parts_of(conversation: Conversation) -> list[Part]:
    """Give all life domains in their order, with how each stands in this talk; in five queries."""
    return [subject.part for subject in subjects_of(conversation)]


def asked_in(conversation: Conversation, rows: Iterable[ClarifiedQuestion] | None = None) -> list[Asked]:
    """Give the clarified questions as the road knows them; on the quick road what someone wants is the goal."""
    quick = conversation.mode == ConversationMode.QUICK
    return [
        Asked(
            str(row.pk), row.wish, row.domain_id or "", goal=quick or bool(row.goal),
            step=bool(row.next_step and row.who and row.by_when),
        )
        for row in (conversation.questions.all() if rows is None else rows)
    ]  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """One life domain as the list at the left shows it."""

    domain: LifeDomain
    part: Part
    number: int
    later_on: date | None = None

    @property
    def state(self) -> str:
        """Name the mark: nothing at all, "open", "step" or the ending itself."""
        if not is_touched(self.part):
            return ""
        lack = lack_of(self.part)
        if lack is None:
            return self.part.outcome
        return "step" if lack is Lack.STEP else "open"


def subjects_of(conversation: Conversation) -> list[Subject]:
    """Give every life domain with its number and its mark."""
    notes: dict[str, DomainNote] = {note.domain_id: note for note in conversation.notes.all()}
    said = set(conversation.words.exclude(domain=None).values_list("domain_id", flat=True))
    steps = Counter(conversation.steps.exclude(note=None).values_list("note__domain_id", flat=True))
    questions = asked_in(conversation)
    asked = {question.domain for question in questions}
    steps.update(question.domain for question in questions if question.step)
    subjects = []
    for number, domain in enumerate(LifeDomain.objects.all(), start=1):
        note = notes.get(domain.pk)
        # A clarified question about a domain is what is done with it, also when nobody pressed "we do something";
        # it ends there once the question has its next step.
        outcome = (note.outcome if note else "") or (ACTION if domain.pk in asked else "")
        touched = domain.pk in said or bool(note and note.holds_something())
        part = Part(domain.pk, domain.name, touched, outcome, steps[domain.pk])
        subjects.append(Subject(domain, part, number, note.later_on if note else None))
    return subjects
