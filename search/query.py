"""The one interface of search: what can be asked and what a page of answers holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Sort = Literal["relevance", "distance", "name", "verified"]
SORTS: tuple[Sort, ...] = ("relevance", "distance", "name", "verified")
FACETS = ("access", "category", "municipality", "target", "language", "cost", "referral", "how", "accessibility")
PAGE_SIZE = 20
LARGEST_PAGE = 100
LAST_PAGE = 500


@dataclass(frozen=True)
class SearchQuery:
    """One question. `area` is the client's municipality (NIS code or name): preferred, or required with `area_only`.

    `open_at` keeps only what is open then; `now` is the moment of asking (the clock when left out).
    A facet gives its first values and the chosen ones; those named in `whole_facets` give all.
    """

    text: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    area: str | None = None
    area_only: bool = False
    open_at: datetime | None = None
    near: tuple[float, float] | None = None
    within_km: float | None = None
    sort: Sort = "relevance"
    page: int = 1
    size: int = PAGE_SIZE
    facets: tuple[str, ...] = FACETS
    whole_facets: frozenset[str] = frozenset()
    visible_to: frozenset[str] = frozenset({"public"})
    correct: bool = True
    now: datetime | None = None


@dataclass(frozen=True)
class Hit:
    """One result. `why` and `missing` name the parts of the question that it does and does not answer."""

    key: str
    score: float
    card: Mapping[str, Any]
    name_html: str = ""
    text_html: str = ""
    km: float | None = None
    position: tuple[float, float] | None = None
    open_now: bool | None = None
    opening: str = ""
    opening_tone: str = "quiet"
    why: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class FacetValue:
    """One value of a facet with how many strict results it would leave; `parent` is the need above a sub-need.

    Not frozen: some two hundred are made for each page, and that would take twice as long.
    """

    value: str
    label: str
    count: int
    selected: bool = False
    parent: str = ""


@dataclass(frozen=True)
class Suggestion:
    """What was probably meant; `applied` when the results already follow it."""

    text: str
    applied: bool


@dataclass(frozen=True)
class Chip:
    """One thing that was understood; `rest` is the question without it."""

    kind: str
    label: str
    rest: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understood:
    """How the question was read. `danger` names the kind of help line to show first; it is never stored."""

    chips: tuple[Chip, ...] = ()
    place: str = ""
    danger: str = ""


@dataclass(frozen=True)
class SearchPage:
    """One page. `total` and `facets` are of `level`; `related` is weaker and stands under a line.

    Level 0 fits the whole question. Above it nothing does: `total` then counts what comes close, which are no answers.
    `cut_facets` names the facets that have more values than are given.
    """

    total: int
    level: int
    hits: list[Hit]
    related: list[Hit]
    facets: dict[str, list[FacetValue]]
    suggestion: Suggestion | None
    understood: Understood
    missing: tuple[str, ...]
    engine: str
    generation: str
    degraded: bool
    took_ms: float
    page: int = 1
    pages: int = 1
    cut_facets: frozenset[str] = frozenset()
