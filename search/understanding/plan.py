"""What the planner hands to an engine: concepts with weighted alternatives, and what else was understood."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from search.language.compounds import Splits

# The two token fields of the index: `w` holds whole words, `p` whole words and parts of compounds.
WHOLE = "w"
PARTS = "p"


class Kind(StrEnum):
    """How an alternative came to be; for explaining and for measuring what each is worth."""

    WORD = "word"
    JOINED = "joined"
    APART = "apart"
    SYNONYM = "synonym"
    FURTHER = "further"
    CORRECTED = "corrected"
    COMPOUND = "compound"
    PART = "part"
    PREFIX = "prefix"
    PIECE = "piece"
    FACET = "facet"


@dataclass(frozen=True)
class Alternative:
    """One way to find a concept: all `terms` in one field. Weak ones rank but never count as a match."""

    terms: tuple[str, ...]
    weight: float
    kind: Kind
    field: str = WHOLE
    strong: bool = True
    phrase: bool = False


@dataclass(frozen=True)
class Concept:
    """One thing that is asked for. An optional concept lifts what has it and is never missed."""

    label: str
    alternatives: tuple[Alternative, ...]
    spans: tuple[tuple[int, int], ...] = ()
    optional: bool = False
    kind: str = "theme"
    synonyms: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Give the single stems that answer it: what a record may call itself."""
        fits = (one for one in self.alternatives if one.strong and len(one.terms) == 1 and one.field in {WHOLE, PARTS})
        return frozenset(one.terms[0] for one in fits)


@dataclass(frozen=True)
class Where:
    """A place in the query or of the session; `exact` names a sub-municipality or postcode inside it."""

    municipality: str
    label: str
    nodes: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    typed: bool = True
    exact: str = ""


@dataclass(frozen=True)
class Opening:
    """Half-hours of the week in which one of them must be open, the days they fall on, and the stems that said so."""

    slots: frozenset[int]
    label: str
    days: tuple[date, ...] = ()
    says: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wish:
    """A preference for a facet value ("gratis", "zonder afspraak"): lifts, never hides."""

    facet: str
    value: str
    label: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Correction:
    """A word that nobody knows, and the word that was probably meant."""

    typed: str
    meant: str
    distance: int
    sure: bool


@dataclass(frozen=True)
class Plan:
    """The whole question, engine-free."""

    text: str
    concepts: tuple[Concept, ...] = ()
    where: Where | None = None
    where_spans: tuple[tuple[int, int], ...] = ()
    opening: Opening | None = None
    opening_spans: tuple[tuple[int, int], ...] = ()
    wishes: tuple[Wish, ...] = ()
    corrections: tuple[Correction, ...] = ()
    danger: str = ""
    # "schulden en drank": the concepts of each need, by position; what helps with one of them is an answer too.
    several: tuple[tuple[int, ...], ...] = ()
    # How compounds are taken apart, for marking what was found.
    splits: Splits | None = field(default=None, compare=False)

    @property
    def needed(self) -> tuple[Concept, ...]:
        """Give the concepts that decide whether something fits."""
        return tuple(concept for concept in self.concepts if not concept.optional) or self.concepts


def cut(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Give the text without these spans: what remains of the question when a chip is taken away."""
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(text[at:start])
        at = max(at, end)
    kept.append(text[at:])
    return " ".join("".join(kept).split())


@dataclass(frozen=True)
class Weights:
    """What each kind of evidence is worth (docs: how search works); changed only with figures."""

    word: float = 1.0
    joined: float = 1.0
    synonym: float = 0.8
    further: float = 0.3
    apart: float = 0.7
    one_edit: float = 0.75
    two_edits: float = 0.55
    compound: float = 0.6
    compound_known: float = 0.4
    part: float = 0.55
    prefix: float = 0.5
    prefix_known: float = 0.3
    first_piece: float = 0.22
    later_piece: float = 0.12
    loose: float = 0.5
    in_a_phrase: float = 0.4
    # Digits are rare words, but an age says little by itself.
    age: float = 0.35
    # What is worth less than this lifts a record but does not make it an answer.
    match: float = 0.42


WEIGHTS = Weights()
