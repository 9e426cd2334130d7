"""Rights, questions and ceilings for tests."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from rechtenverkenning import seed
from rechtenverkenning.models import Question, Right, ThresholdValue
from rechtenverkenning.stored_conditions import to_blocks

HEATS_WITH_OIL = {"fact": "heating", "op": "one_of", "value": ["oil"]}
ADULT = {"fact": "age", "op": "at_least", "value": 18, "entry": True}


class RightFactory(DjangoModelFactory[Right]):
    """A published right for who heats with oil; `rules` replaces its conditions, `draft` hides it."""

    class Meta:
        model = Right

    class Params:
        rules: list[dict[str, Any]] = [HEATS_WITH_OIL]
        draft = factory.Trait(live=False)
        stale = factory.Trait(checked_on=date(2020, 1, 1))

    code = factory.Sequence(lambda n: f"T{n:03}")
    name = factory.Sequence(lambda n: f"Proefrecht {n}")
    summary = "Voor wie met stookolie verwarmt."
    client_text = "Verwarm je met stookolie? Dan krijg je hulp."
    worker_text = "Binnen 60 dagen."
    tip = "Leg de factuur klaar."
    authority = "OCMW"
    level = "local"
    executing_body = "OCMW van je gemeente"
    apply_channels = "Bel het OCMW."
    documents = "factuur\nidentiteitskaart"
    automatic = "no"
    sureness = "high"
    source_url = "https://www.rechtenverkenner.be"
    legal_basis = "Proefwet"
    checked_on = date(2026, 11, 1)
    conditions = factory.LazyAttribute(lambda right: to_blocks(right.rules))


class ThresholdFactory(DjangoModelFactory[ThresholdValue]):
    """The same ceiling for everyone."""

    class Meta:
        model = ThresholdValue

    key = "leefloon"
    name = "Leefloon"
    household = "any"
    amount = 1500
    unit = "month_net"
    valid_from = date(2026, 3, 1)
    source = "mi-is.be"


def make_questions() -> None:
    """Write every question of the seed."""
    for row in seed.question_rows():
        options = [{"type": "option", "value": option} for option in row.get("options", ())]
        phrases = [
            {"type": "phrase", "value": {"key": key, "text": text}} for key, text in row.get("phrases", {}).items()
        ]
        Question.objects.create(**{**row, "options": options, "phrases": phrases})
