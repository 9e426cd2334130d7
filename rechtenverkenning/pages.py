"""What the pages of this room show: the question that is asked, and a right with its rules in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from rechtenverkenning.checklist import Checklist, load_book
from rechtenverkenning.conditions import AnyOf, Condition, Node, Op
from rechtenverkenning.forms import option_labels
from rechtenverkenning.models import Right, ThresholdValue
from rechtenverkenning.rules import RuleBook
from rechtenverkenning.thresholds import FRESH_DAYS, For, Threshold
from rechtenverkenning.wording import Question, names_who_not, number_words, rule_words


@dataclass(frozen=True)
class Asked:
    """One question as `_next_question.html` draws it."""

    question: Question
    text: str
    settles: int
    options: list[tuple[str, str]]
    typed: Sequence[str] = ()
    error: str = ""

    @property
    def look(self) -> str:
        """Say which control it gets: yes_no, choice, many, ages or number."""
        return str(self.question.shape)

    @property
    def value(self) -> str:
        """Give what was typed, so that nothing is lost."""
        return self.typed[0] if self.typed else ""


def asked(checklist: Checklist, *, fact: str = "", typed: Sequence[str] = (), error: str = "") -> Asked | None:
    """Give the question to show: the next one, or `fact` again when its answer was not right."""
    following = checklist.next
    question = checklist.book.questions.get(fact) if error else following.question if following else None
    if question is None:
        return None
    settles = following.settles if following and following.question.fact == question.fact else 0
    name = checklist.name
    return Asked(question, question.text(name), settles, option_labels(question, name), typed, error)


@dataclass(frozen=True)
class Bullet:
    """One rule of a right in words, with the rules under it."""

    text: str
    note: str = ""
    parts: list["Bullet"] = field(default_factory=list)


def bullets(node: Node, book: RuleBook) -> list[Bullet]:
    """Write conditions as bullets for people; alternatives stand under one bullet."""
    if isinstance(node, Condition):
        return [_bullet(node, book)]
    if isinstance(node, AnyOf) and len(node.parts) > 1:
        return [Bullet(_("One of these is enough"), parts=[_together(part, book) for part in node.parts])]
    return [bullet for part in node.parts for bullet in bullets(part, book)]


def _together(node: Node, book: RuleBook) -> Bullet:
    """Write what must go together on one line."""
    found = bullets(node, book)
    note = "; ".join(bullet.note for bullet in found if bullet.note)
    return Bullet(_(" and ").join(bullet.text for bullet in found), note)


def _bullet(condition: Condition, book: RuleBook) -> Bullet:
    if condition.op is Op.JUDGED:
        return Bullet(condition.note)
    text = rule_words(book.questions[condition.fact], condition)
    if names_who_not(condition):
        text = _("not for: %(who)s") % {"who": text}
    return Bullet(text, _ceiling_words(condition.value, book) if condition.op is Op.BELOW else "")


def _ceiling_words(key: str, book: RuleBook) -> str:
    """Say the amounts of a ceiling with their year; old ones are never said as if they were of today."""
    known = [row for row in book.thresholds if row.key == key and row.valid_from <= book.on]
    if not known:
        return ""
    start = max(row.valid_from for row in known)
    if (book.on - start).days > FRESH_DAYS:
        return _("the ceiling changes every year: ask for the one of this year")
    rows = sorted((row for row in known if row.valid_from == start), key=lambda row: list(For).index(row.household))
    amounts = ", ".join(_amount_words(row) for row in rows)
    return _("since %(year)s about %(amounts)s") % {"amounts": amounts, "year": start.year}


def _amount_words(row: Threshold) -> str:
    household = ThresholdValue.Household(row.household).label
    return _("%(amount)s euros for %(household)s") % {"amount": number_words(row.amount), "household": household}


def right_context(right: Right, *, drafts: bool = False) -> dict[str, Any]:
    """Give what the page of one right shows; a preview (`drafts`) looks as a visitor sees it."""
    today = timezone.localdate()
    book = load_book(today)
    rule = right.rule()
    context = {
        "right": right,
        "rules": bullets(rule.root, book),
        "today": today,
        "stale": right.is_stale(today),
        "ended": right.has_ended(today),
        "amount_is_current": right.amount_is_current(today),
        "related": list(right.related.filter(live=True)) if right.pk else [],
    }
    return {**context, "base_layout": "layouts/public.html"} if drafts else context
