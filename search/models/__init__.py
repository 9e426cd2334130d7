"""What search keeps in the database: changes that wait, words that editors teach it, and what people look for."""

from search.models.changes import Change
from search.models.checks import Check, Rolled
from search.models.listening import Asked, Correction, GapStep, GapWords, Opened, Popularity
from search.models.words import RuleKind, RuleSource, SynonymRule, WordAct, WordChange, WordsVersion

__all__ = [
    "Asked", "Change", "Check", "Correction", "GapStep", "GapWords", "Opened", "Popularity", "Rolled", "RuleKind",
    "RuleSource", "SynonymRule", "WordAct", "WordChange", "WordsVersion",
]  # fmt: skip
