"""The editors' form for conditions, questions and their words: one block per kind of condition, with Dutch help."""

from functools import cache, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from rechtenverkenning import seed
from rechtenverkenning.conditions import BadCondition
from rechtenverkenning.household import FACTS, Kind
from rechtenverkenning.stored_conditions import BLOCKS, BlockSpec, Form, from_block

LABELS = {
    "age": _("Age"),
    "residence": _("Registered address"),
    "legal_stay": _("Papers to live here"),
    "nationality_group": _("Nationality"),
    "household": _("Living together"),
    "children": _("Number of children"),
    "child_ages": _("Ages of the children"),
    "income": _("Income under a ceiling"),
    "income_amount": _("Income as an amount"),
    "income_change": _("Income went down"),
    "assets": _("House or land"),
    "benefit": _("Benefit or income"),
    "benefit_status": _("Status of a benefit"),
    "health_status": _("Health and health fund"),
    "disability_points": _("Recognised disability"),
    "care_score": _("Need of care"),
    "housing_tenure": _("Way of living"),
    "housing_state": _("State of the home, moving"),
    "energy_type": _("Heating"),
    "waiting_list": _("Years on the list for social housing"),
    "debt": _("Debts"),
    "work_history": _("Work in the last years"),
    "student": _("Student in the family"),
    "loss": _("Death or foster child"),
    "other": _("Something else that we ask"),
}
GROUPS = {
    Kind.AGE: _("Person"), Kind.RESIDENCE: _("Person"), Kind.LEGAL_STAY: _("Person"),
    Kind.NATIONALITY_GROUP: _("Person"), Kind.HOUSEHOLD: _("Person"), Kind.CHILDREN: _("Person"),
    Kind.INCOME: _("Money"), Kind.ASSETS: _("Money"), Kind.BENEFIT_STATUS: _("Money"), Kind.DEBT: _("Money"),
    Kind.WORK_HISTORY: _("Money"), Kind.STUDENT: _("Money"),
    Kind.HEALTH_STATUS: _("Health and care"), Kind.DISABILITY_POINTS: _("Health and care"),
    Kind.CARE_SCORE: _("Health and care"),
    Kind.HOUSING_TENURE: _("Housing"), Kind.HOUSING_STATE: _("Housing"), Kind.ENERGY_TYPE: _("Housing"),
    Kind.WAITING_LIST: _("Housing"), Kind.OTHER: _("Other"),
}  # fmt: skip
NUMBER_OPS = [("at_least", _("at least")), ("at_most", _("at most"))]
OPTION_OPS = [("one_of", _("one of these")), ("none_of", _("none of these"))]
ANSWERS = [("yes", _("yes")), ("no", _("no"))]


@cache
def _seed_words() -> dict[str, dict[str, str]]:
    return {
        fact: {option.code: option.words for option in question.options} | {"": question.short_client}
        for fact, question in seed.questions().items()
    }


def option_choices(fact: str) -> list[tuple[str, str]]:
    """Give the options of a question with the few words of their reasons."""
    words = _seed_words()[fact]
    return [(code, words.get(code, code)) for code in FACTS[fact].options]


def fact_choices(facts: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give the questions that one block may ask about."""
    return [(fact, _seed_words()[fact][""]) for fact in facts]


def threshold_choices() -> list[tuple[str, str]]:
    """Give the ceilings that exist, by name."""
    from rechtenverkenning.models import ThresholdValue  # noqa: PLC0415 (the models use these blocks)

    return list(ThresholdValue.objects.order_by("name").values_list("key", "name").distinct())


def _own_fields(spec: BlockSpec) -> list[tuple[str, blocks.Block]]:
    """Give the fields that only this kind of block has."""
    match spec.form:
        case Form.CEILING:
            ceiling = blocks.ChoiceBlock(
                label=_("ceiling"),
                choices=threshold_choices,
                help_text=_("The dated amounts are kept under Ceilings. Example: the ceiling of the leefloon."),
            )
            return [("threshold", ceiling)]
        case Form.NUMBER:
            number = blocks.IntegerBlock(label=_("number"), min_value=0, help_text=_("A whole number. Example: 18."))
            return [("op", blocks.ChoiceBlock(label=_("comparison"), choices=NUMBER_OPS)), ("number", number)]
        case Form.AGES:
            low = blocks.IntegerBlock(label=_("youngest age"), min_value=0, help_text=_("In years. Example: 3."))
            high = blocks.IntegerBlock(label=_("oldest age"), min_value=0, help_text=_("In years. Example: 18."))
            return [("low", low), ("high", high)]
        case Form.OPTIONS:
            chosen = blocks.MultipleChoiceBlock(
                label=_("answers"),
                choices=partial(option_choices, spec.facts[0]),
                widget=CheckboxSelectMultiple,
                help_text=_("Tick every answer that counts. Example: rents from an owner."),
            )
            return [("op", blocks.ChoiceBlock(label=_("comparison"), choices=OPTION_OPS)), ("options", chosen)]
    fact = blocks.ChoiceBlock(label=_("question"), choices=partial(fact_choices, spec.facts))
    answer = blocks.ChoiceBlock(label=_("answer that is needed"), choices=ANSWERS)
    return [("fact", fact), ("answer", answer)]


def _shared_fields() -> list[tuple[str, blocks.Block]]:
    """Give the fields of every comparison."""
    weighed = blocks.BooleanBlock(
        label=_("the body weighs this"),
        required=False,
        help_text=_("Tick when missing this does not always mean no. Example: income for help of the OCMW."),
    )
    entry = blocks.BooleanBlock(
        label=_("nearly everyone meets this"),
        required=False,
        help_text=_("Tick when meeting this says little. Example: at least 18 years old."),
    )
    note = blocks.CharBlock(
        label=_("words when it is not met"),
        required=False,
        max_length=80,
        help_text=_("Empty = the words of the answer. Example: no benefit that counts."),
    )
    change = blocks.CharBlock(
        label=_("how someone comes to meet it"),
        required=False,
        max_length=80,
        help_text=_("Completes ‘Becomes likely …’. Example: with a lower income."),
    )
    return [("weighed", weighed), ("entry", entry), ("note", note), ("change", change)]


class ConditionBlock(blocks.StructBlock):
    """One comparison; refuses what the engine cannot read."""

    def clean(self, value: Any) -> Any:
        """Check that the engine can read the condition."""
        cleaned = super().clean(value)
        try:
            from_block({"type": self.name, "value": self.get_prep_value(cleaned)})
        except BadCondition as error:
            raise ValidationError(_("This condition makes no sense. Check the numbers and the answers.")) from error
        return cleaned


class JudgedBlock(blocks.StructBlock):
    """Something that only the competent body can tell; we never ask it."""

    note = blocks.CharBlock(
        label=_("what the body looks at"),
        max_length=80,
        help_text=_("A few words without ‘you’. Example: a doctor gives points for the care."),
    )

    class Meta:
        label = _("The body decides")
        icon = "user"
        group = _("Other")


def _comparisons() -> list[tuple[str, blocks.Block]]:
    return [
        (name, ConditionBlock(_own_fields(spec) + _shared_fields(), label=LABELS[name], group=GROUPS[spec.kind]))
        for name, spec in BLOCKS.items()
    ]


def _group(parts: blocks.StreamBlock, *, label: Promise, missed: bool) -> blocks.StructBlock:
    words = blocks.CharBlock(
        label=_("words when none is met"),
        required=False,
        max_length=80,
        help_text=_("Example: income above the ceiling and no debts."),
    )
    fields: list[tuple[str, blocks.Block]] = [("missed", words)] if missed else []
    return blocks.StructBlock([*fields, ("parts", parts)], label=label, group=_("Together"), icon="list-ul")


def condition_blocks() -> list[tuple[str, blocks.Block]]:
    """Give every block that a list of conditions may hold. Groups go two deep, as the law does."""
    leaves = [*_comparisons(), ("judged", JudgedBlock())]
    together = _group(blocks.StreamBlock(leaves, min_num=1), label=_("All of these together"), missed=False)
    any_parts = blocks.StreamBlock([*leaves, ("all_of", together)], min_num=1)
    any_of = _group(any_parts, label=_("One of these is enough"), missed=True)
    return [*leaves, ("any_of", any_of)]


class OptionBlock(blocks.StructBlock):
    """One answer with its words."""

    code = blocks.CharBlock(label=_("code"), max_length=30, help_text=_("Fixed: the rules use it. Example: oil."))
    label = blocks.CharBlock(label=_("button"), max_length=80, help_text=_("What the client taps."))
    label_worker = blocks.CharBlock(
        label=_("button for the worker"),
        required=False,
        max_length=80,
        help_text=_("Only when the button says ‘I’. Example: Has no fixed place."),
    )
    words = blocks.CharBlock(
        label=_("words of a reason"),
        max_length=80,
        help_text=_("A few words, small letter, without ‘you’. Example: heats with oil."),
    )
    change = blocks.CharBlock(
        label=_("how someone comes to this"),
        required=False,
        max_length=80,
        help_text=_("Completes ‘Becomes likely …’. Example: when heating with oil."),
    )

    class Meta:
        label = _("answer")


class PhraseBlock(blocks.StructBlock):
    """One phrase of a question about a number."""

    key = blocks.CharBlock(label=_("name"), max_length=30, help_text=_("Fixed: the rules use it. Example: known."))
    text = blocks.CharBlock(
        label=_("text"),
        max_length=120,
        help_text=_("%(value)s is the answer, %(limit)s the rule. Example: %(value)s years old."),
    )

    class Meta:
        label = _("phrase")
