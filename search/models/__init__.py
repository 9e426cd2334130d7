"""What search keeps in the database: changes that wait for an index, and the words that editors teach it."""

from search.models.changes import Change
from search.models.words import RuleKind, RuleSource, SynonymRule, WordAct, WordChange, WordsVersion

__all__ = ["Change", "RuleKind", "RuleSource", "SynonymRule", "WordAct", "WordChange", "WordsVersion"]
