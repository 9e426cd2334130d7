"""Says back how a question was read, as chips that can be taken away one by one."""

from collections.abc import Iterator
from dataclasses import replace

from search.query import Chip, Suggestion, Understood
from search.understanding.plan import Concept, Plan, cut
from search.understanding.stories import GROUPS, PERSONS

# For whom it is only lifts, and is said all the same.
WHOM = GROUPS | PERSONS


def understood(plan: Plan) -> Understood:
    """Give the chips in reading order: what, for whom, where, when, how."""
    return Understood(
        chips=tuple(_chips(plan)),
        place=plan.where.label if plan.where else "",
        danger=plan.danger,
    )


def _chips(plan: Plan) -> Iterator[Chip]:
    needed = plan.needed
    for concept in needed:
        yield _concept_chip(plan, concept)
    for concept in plan.concepts:
        if concept.label in WHOM and concept not in needed:
            yield replace(_concept_chip(plan, concept), kind="whom")
    if plan.where and plan.where.typed:
        yield Chip("where", plan.where.label, cut(plan.text, plan.where_spans))
    if plan.opening:
        yield Chip("when", plan.opening.label, cut(plan.text, plan.opening_spans))
    for wish in plan.wishes:
        yield Chip(wish.facet, wish.label, cut(plan.text, wish.spans))


def _concept_chip(plan: Plan, concept: Concept) -> Chip:
    start, end = concept.spans[0][0], concept.spans[-1][1]
    label = concept.label if concept.kind == "language" else " ".join(plan.text[start:end].split())
    return Chip(concept.kind, label, cut(plan.text, concept.spans), concept.synonyms[:6])


def suggestion(plan: Plan, *, correct: bool) -> Suggestion | None:
    """Give the question with its misspelt words put right, when we are sure enough to say so."""
    sure = [correction for correction in plan.corrections if correction.sure]
    if not sure:
        return None
    text = plan.text
    for correction in sure:
        at = text.lower().find(correction.typed)
        if at >= 0:
            text = text[:at] + correction.meant + text[at + len(correction.typed) :]
    return Suggestion(text, applied=correct) if text != plan.text else None
