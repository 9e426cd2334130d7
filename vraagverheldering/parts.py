"""Reads a conversation from the database as the parts that the rules of the road know."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sociale_kaart.models import LifeDomain
from vraagverheldering.flow import ACTION, Lack, Part, is_touched, lack_of
from vraagverheldering.models import Conversation, DomainNote


def parts_of(conversation: Conversation) -> list[Part]:
    """Give all life domains in their order, with how each stands in this talk; in five queries."""
    return [subject.part for subject in subjects_of(conversation)]


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
    asked = Counter(conversation.questions.exclude(domain=None).values_list("domain_id", flat=True))
    subjects = []
    for number, domain in enumerate(LifeDomain.objects.all(), start=1):
        note = notes.get(domain.pk)
        # A clarified question about a domain is what is done with it, also when nobody pressed "we do something".
        outcome = (note.outcome if note else "") or (ACTION if asked[domain.pk] else "")
        touched = domain.pk in said or bool(note and note.holds_something())
        part = Part(domain.pk, domain.name, touched, outcome, steps[domain.pk] + asked[domain.pk])
        subjects.append(Subject(domain, part, number, note.later_on if note else None))
    return subjects
