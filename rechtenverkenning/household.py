"""What the checklist may ask, and the answers of one household. Pure: no Django, no storage."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, TypeAlias


class Kind(StrEnum):
    """What a condition is about; the closed list of the field research, section D.1."""

    AGE = "age"
    RESIDENCE = "residence"
    LEGAL_STAY = "legal_stay"
    NATIONALITY_GROUP = "nationality_group"
    INCOME = "income"
    ASSETS = "assets"
    HOUSEHOLD = "household"
    CHILDREN = "children"
    BENEFIT_STATUS = "benefit_status"
    HEALTH_STATUS = "health_status"
    DISABILITY_POINTS = "disability_points"
    CARE_SCORE = "care_score"
    HOUSING_TENURE = "housing_tenure"
    HOUSING_STATE = "housing_state"
    ENERGY_TYPE = "energy_type"
    WAITING_LIST = "waiting_list"
    DEBT = "debt"
    WORK_HISTORY = "work_history"
    STUDENT = "student"
    OTHER = "other"


class Shape(StrEnum):
    """How an answer looks."""

    YES_NO = "yes_no"
    NUMBER = "number"
    AGES = "ages"
    CHOICE = "choice"
    MANY = "many"


class Fact(NamedTuple):
    """One thing that may be known; `top` is the largest number that makes sense."""

    kind: Kind
    shape: Shape
    options: tuple[str, ...] = ()
    top: int = 0


def _number(kind: Kind, top: int) -> Fact:
    return Fact(kind, Shape.NUMBER, top=top)


def _yes_no(kind: Kind) -> Fact:
    return Fact(kind, Shape.YES_NO, ("yes", "no"))


# The order is the order in which people meet the questions on one sheet.
FACTS: Mapping[str, Fact] = MappingProxyType(
    {
        "age": _number(Kind.AGE, 120),
        "household": Fact(Kind.HOUSEHOLD, Shape.CHOICE, ("alone", "partner", "others")),
        "children": _number(Kind.CHILDREN, 20),
        "child_ages": Fact(Kind.CHILDREN, Shape.AGES, top=30),
        "residence": Fact(Kind.RESIDENCE, Shape.CHOICE, ("flanders", "brussels_wallonia", "nowhere")),
        "stay": Fact(
            Kind.NATIONALITY_GROUP, Shape.CHOICE, ("belgian", "eu", "refugee", "permit", "asylum", "none")
        ),
        "sources": Fact(
            Kind.BENEFIT_STATUS,
            Shape.MANY,
            (
                "work", "self_employed", "unemployment", "sickness", "leefloon", "pension", "igo", "disability",
                "other", "none",
            ),
        ),
        "leefloon_3m": _yes_no(Kind.BENEFIT_STATUS),
        "income": _number(Kind.INCOME, 20_000),
        "income_dropped": _yes_no(Kind.INCOME),
        "benefit_ends": _yes_no(Kind.BENEFIT_STATUS),
        "waiting": _yes_no(Kind.BENEFIT_STATUS),
        "vt": _yes_no(Kind.BENEFIT_STATUS),
        "worked": _yes_no(Kind.WORK_HISTORY),
        "student": _yes_no(Kind.STUDENT),
        "tenure": Fact(
            Kind.HOUSING_TENURE,
            Shape.CHOICE,
            ("private_rent", "social_rent", "owner", "staying", "institution", "homeless"),
        ),
        "owns_home": _yes_no(Kind.ASSETS),
        "bad_home": _yes_no(Kind.HOUSING_STATE),
        "moving": _yes_no(Kind.HOUSING_STATE),
        "wait_years": _number(Kind.WAITING_LIST, 40),
        "heating": Fact(
            Kind.ENERGY_TYPE, Shape.CHOICE, ("gas", "oil", "propane", "electricity", "shared", "other")
        ),
        "debts": Fact(
            Kind.DEBT, Shape.MANY, ("rent", "energy", "water", "bailiff", "mediation", "other", "none")
        ),
        "insured": _yes_no(Kind.HEALTH_STATUS),
        "unfit": _yes_no(Kind.HEALTH_STATUS),
        "chronic": _yes_no(Kind.HEALTH_STATUS),
        "low": _yes_no(Kind.HEALTH_STATUS),
        "care": _yes_no(Kind.CARE_SCORE),
        "disability": _yes_no(Kind.DISABILITY_POINTS),
        "child_need": _yes_no(Kind.HEALTH_STATUS),
        "carer": _yes_no(Kind.OTHER),
        "travel": _yes_no(Kind.OTHER),
        "alimony": _yes_no(Kind.OTHER),
        "loss": Fact(Kind.OTHER, Shape.MANY, ("partner", "parent", "foster", "none")),
        "court": _yes_no(Kind.OTHER),
        "newcomer": _yes_no(Kind.OTHER),
    }
)  # fmt: skip

Answer: TypeAlias = bool | int | str | tuple[int, ...] | frozenset[str]
NONE_OF_THESE = "none"


@dataclass(frozen=True)
class Household:
    """The answers so far; None means that the question was not answered, and never means no.

    `income` is euro per month, net, for everyone who shares the budget, without the Groeipakket.
    `wait_years` is 0 for who is not on a list for social housing.
    """

    age: int | None = None
    household: str | None = None
    children: int | None = None
    child_ages: tuple[int, ...] | None = None
    residence: str | None = None
    stay: str | None = None
    sources: frozenset[str] | None = None
    leefloon_3m: bool | None = None
    income: int | None = None
    income_dropped: bool | None = None
    benefit_ends: bool | None = None
    waiting: bool | None = None
    vt: bool | None = None
    worked: bool | None = None
    student: bool | None = None
    tenure: str | None = None
    owns_home: bool | None = None
    bad_home: bool | None = None
    moving: bool | None = None
    wait_years: int | None = None
    heating: str | None = None
    debts: frozenset[str] | None = None
    insured: bool | None = None
    unfit: bool | None = None
    chronic: bool | None = None
    low: bool | None = None
    care: bool | None = None
    disability: bool | None = None
    child_need: bool | None = None
    carer: bool | None = None
    travel: bool | None = None
    alimony: bool | None = None
    loss: frozenset[str] | None = None
    court: bool | None = None
    newcomer: bool | None = None

    def get(self, fact: str) -> Answer | None:
        """Return the answer about one fact, or None."""
        answer: Answer | None = getattr(self, fact)
        return answer

    def answered(self) -> dict[str, Answer]:
        """Return what was really answered, in the order of the questions."""
        return {name: answer for name in FACTS if (answer := self.get(name)) is not None}

    def completed(self) -> "Household":
        """Fill in what follows from other answers, so that nobody is asked twice.

        Never overwrites an answer, save one to a question that an earlier answer leaves no room for.
        """
        missing = {name: answer for name, answer in _implied(self).items() if self.get(name) is None}
        certain = missing | _ruled_out(self)
        return replace(self, **certain) if certain else self  # type: ignore[arg-type]


def _ruled_out(answers: Household) -> dict[str, Answer]:
    """Answer the questions that lost their sense, whatever was said when they still had it."""
    certain: dict[str, Answer] = {}
    if answers.children == 0:
        certain |= {"child_ages": (), "child_need": False, "alimony": False}
    if answers.sources is not None and "leefloon" not in answers.sources:
        certain["leefloon_3m"] = False
    return certain


def _implied(answers: Household) -> dict[str, Answer]:
    """Say what other answers make certain."""
    implied: dict[str, Answer] = {}
    if answers.tenure == "owner":
        implied["owns_home"] = True
    if answers.tenure in ("owner", "social_rent"):
        implied["wait_years"] = 0
    if answers.tenure == "homeless":
        implied |= {"bad_home": True, "heating": "other"}
    if answers.stay == "belgian":
        implied["newcomer"] = False
    if answers.stay == "none":
        implied["insured"] = False
    return implied


# A question that only makes sense after another one was answered.
ASK_AFTER: Mapping[str, str] = MappingProxyType(
    {
        "child_ages": "children",
        "child_need": "children",
        "alimony": "children",
        "leefloon_3m": "sources",
        "owns_home": "tenure",
        "wait_years": "tenure",
        "heating": "tenure",
        "bad_home": "tenure",
        "newcomer": "stay",
    }
)

if set(FACTS) != {field.name for field in fields(Household)}:
    raise TypeError("Every fact must be a field of Household.")
