"""Every question on one sheet, for who wants to see or change them all at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from rechtenverkenning import answering
from rechtenverkenning.answers import UNKNOWN, Sheet, to_texts
from rechtenverkenning.household import FACTS, Answer, Household, Shape
from rechtenverkenning.wording import Question

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "person": ("age", "household", "children", "child_ages", "residence", "stay", "newcomer"),
    "money": (
        "sources", "leefloon_3m", "income", "income_dropped", "benefit_ends", "waiting", "vt", "worked", "student",
        "debts", "alimony",
    ),
    "housing": ("tenure", "owns_home", "bad_home", "moving", "wait_years", "heating"),
    "health": ("insured", "unfit", "chronic", "low", "care", "disability", "child_need", "carer", "travel"),
    "other": ("loss", "court"),
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """Some questions under one heading."""

    title: str
    fields: list[forms.BoundField]


class AnswerField(forms.Field):
    """One question; the value is the answer itself, or None."""

    def __init__(self, fact: str, **kwargs: Any) -> None:
        self.fact = fact
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Answer | None:
        """Read the answer."""
        values: Sequence[str] = value if isinstance(value, list) else [value or ""]
        return answering.read(self.fact, values)


def _widget(question: Question, name: str) -> forms.Widget:
    """Give the control that fits the shape of the answer."""
    match question.shape:
        case Shape.NUMBER:
            return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 12})
        case Shape.AGES:
            return forms.TextInput(attrs={"autocomplete": "off", "maxlength": 80})
    choices = option_labels(question, name)
    if question.shape is Shape.MANY:
        return forms.CheckboxSelectMultiple(choices=choices)
    return forms.RadioSelect(choices=[*choices, (UNKNOWN, _("Do not know"))])


def option_labels(question: Question, name: str = "") -> list[tuple[str, str]]:
    """Give the buttons of a question; about `name` when there is one."""
    return [(option.code, (option.label_worker if name else "") or option.label) for option in question.options]


class AnswersForm(forms.Form):
    """All questions; whatever is left open stays unknown."""

    def __init__(
        self, questions: Iterable[Question], sheet: Sheet, data: QueryDict | None = None, *, name: str = ""
    ) -> None:
        self.name = name
        given = sheet.answers.answered()
        initial = {fact: _shown(fact, answer) for fact, answer in given.items()}
        super().__init__(data, initial=initial, auto_id="vraag-%s")
        for question in questions:
            self.fields[question.fact] = AnswerField(
                question.fact, label=question.text(name), help_text=question.why, widget=_widget(question, name)
            )

    def sections(self) -> list[Section]:
        """Give the questions under their headings."""
        titles = {
            "person": _("About %(name)s") % {"name": self.name} if self.name else _("About you"),
            "money": _("Money"),
            "housing": _("Housing"),
            "health": _("Health and care"),
            "other": _("Something else"),
        }
        return [
            Section(titles[key], [self[fact] for fact in facts if fact in self.fields])
            for key, facts in SECTIONS.items()
        ]

    def sheet(self, before: Sheet) -> Sheet:
        """Give the answers; a question that was passed over before and is still open stays passed over."""
        given = {fact: answer for fact, answer in self.cleaned_data.items() if answer is not None}
        return Sheet(Household(**given), before.skipped - set(given))


def _shown(fact: str, answer: Answer) -> str | list[str]:
    """Write an answer as the control shows it."""
    texts = to_texts(answer)
    return texts if FACTS[fact].shape is Shape.MANY else texts[0]
