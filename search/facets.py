"""The filters beside the results: their names, their values, and what a chosen value asks of the engine."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from search.engines.base import Condition, Filters
from search.language.analyser import fold
from search.query import FacetValue
from search.understanding.moments import slot_of
from search.understanding.places import Places
from search.understanding.wishes import LANGUAGE_NAMES, LANGUAGES
from sociale_kaart.models import TaxonomyTerm

# How many results a value of a group has.
CountOf = Callable[[str], int]
MOST_VALUES = 12
TOWN = "municipality:"
OPEN_NOW = "open_now"
# Values of these groups narrow each on its own; those of the others widen within their group.
NARROWING = ("access", "how", "accessibility")
FIELDS = {"municipality": "areas"}
ALIASES = {"need": "category", "area": "municipality", "open": "access", "place": "municipality"}
LEGENDS = {
    "access": gettext_lazy("Reachable now"),
    "category": pgettext_lazy("search", "About"),
    "municipality": gettext_lazy("Works in"),
    "target": gettext_lazy("For whom"),
    "language": pgettext_lazy("search", "Language"),
    "cost": pgettext_lazy("search", "Cost"),
    "referral": pgettext_lazy("search", "Way in"),
    "how": pgettext_lazy("search", "How"),
    "accessibility": gettext_lazy("Easy to get in"),
}
FIXED = {
    "access": {OPEN_NOW: gettext_lazy("Open now"), "takes_new": gettext_lazy("Takes new people")},
    "cost": {
        "free": gettext_lazy("Free of charge"), "low": gettext_lazy("Small amount"),
        "income": gettext_lazy("According to income"), "paid": pgettext_lazy("search", "Paid"),
    },
    "referral": {
        "self": gettext_lazy("Come or call yourself"), "phone_first": gettext_lazy("Call first"),
        "worker": gettext_lazy("Through a worker"), "form": gettext_lazy("With a form"),
    },
    "how": {
        "home_visits": gettext_lazy("Comes to your home"), "walk_in": gettext_lazy("Without appointment"),
        "by_phone": pgettext_lazy("search", "By phone"), "online": pgettext_lazy("search", "Online"),
        "undocumented_ok": gettext_lazy("No residence papers needed"),
    },
    "accessibility": {
        "step_free": gettext_lazy("Without steps"), "toilet": gettext_lazy("Adapted toilet"),
        "lift": gettext_lazy("Lift"), "parking": gettext_lazy("Parking with a permit"),
        "hearing": gettext_lazy("For who hears little"), "sight": gettext_lazy("For who sees little"),
        "quiet": gettext_lazy("Quiet room"),
    },
}  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """Names of needs and target groups, by code, in their own order; `above` leads from a part to its need."""

    category: Mapping[str, str]
    target: Mapping[str, str]
    above: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()

    def line(self, code: str) -> Iterator[str]:
        """Give what stands above a need, the nearest first."""
        seen = {code}
        while (code := self.above.get(code, "")) and code not in seen:
            seen.add(code)
            yield code


def load_terms() -> Terms:
    """Read the names once per page: an editor may have changed them a moment ago."""
    sql, values = _asking_terms()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return _terms_of(tuple(cursor.fetchall()))


@cache
def _asking_terms() -> tuple[str, tuple[Any, ...]]:
    """Give the question to the database as it is sent: every page asks it."""
    rows = TaxonomyTerm.objects.exclude(vocabulary="life_domains").order_by("position", "name")
    return rows.values_list("vocabulary", "code", "name", "parent__code", "parent__name").query.sql_with_params()


@lru_cache(maxsize=2)
def _terms_of(listed: tuple[tuple[str, str, str, str, str], ...]) -> Terms:
    groups = {code: name for vocabulary, code, name, *_above in listed if vocabulary == "target_groups"}
    needs = {code: name for vocabulary, code, name, *_above in listed if vocabulary == "needs"}
    others = {code or name: name for vocabulary, code, name, *_above in listed if vocabulary in {"", "need_parts"}}
    above = {
        code or name: over or over_name for _vocabulary, code, name, over, over_name in listed if over or over_name
    }
    return Terms(needs | others, groups, above, tuple(code for code in needs if code not in above))


def narrowest(filters: Mapping[str, frozenset[str]], terms: Terms) -> dict[str, frozenset[str]]:
    """Let the chosen part of a need narrow the need itself, when both are chosen."""
    chosen = filters.get("category", frozenset())
    wide = {over for code in chosen for over in terms.line(code)}
    return {**filters, "category": chosen - wide} if wide & chosen else dict(filters)


def clean_filters(chosen: Mapping[str, Iterable[str]], terms: Terms, known: Places) -> dict[str, frozenset[str]]:
    """Chosen values by the keys and codes that the index uses; labels and other spellings are understood."""
    cleaned: dict[str, set[str]] = {}
    for key, values in chosen.items():
        group = ALIASES.get(key, key)
        if group in LEGENDS:
            cleaned.setdefault(group, set()).update(_code(group, value, terms, known) for value in values if value)
    return {group: frozenset(values) for group, values in cleaned.items() if values}


def _code(group: str, value: str, terms: Terms, known: Places) -> str:
    if group == "municipality":
        spot = known.gazetteer.named(value)
        return spot.municipality if spot else value
    if group == "language":
        return LANGUAGES.get(fold(value), value.lower())
    if group == "access" and value in {"now", "nu", "1", "true"}:
        return OPEN_NOW
    return _by_label(value, labels_of(group, terms))


def _by_label(value: str, labels: Mapping[str, Any]) -> str:
    if value in labels:
        return value
    wanted = fold(value)
    return next((code for code, label in labels.items() if fold(str(label)) == wanted or fold(code) == wanted), value)


def labels_of(group: str, terms: Terms) -> Mapping[str, Any]:
    """Code → name of all values of a group that has a fixed list."""
    if group in FIXED:
        return FIXED[group]
    return {"category": terms.category, "target": terms.target, "language": LANGUAGE_NAMES}.get(group, {})


def _spoken(group: str, terms: Terms) -> Mapping[str, Any]:
    """Give the names of a group in the language of the page."""
    return _fixed_in(group, get_language() or "") if group in FIXED else labels_of(group, terms)


@cache
def _fixed_in(group: str, _language: str) -> Mapping[str, str]:
    return {code: str(name) for code, name in FIXED[group].items()}


def conditions_of(filters: Mapping[str, frozenset[str]], known: Places, now: datetime) -> Filters:
    """Tell what chosen filters ask of the engine, by group; each value of a narrowing group is a group of its own."""
    asked: dict[str, tuple[Condition, ...]] = {}
    for group, values in filters.items():
        if group in NARROWING:
            for value in sorted(values):
                asked[f"{group}:{value}"] = (_narrowing(group, value, now),)
        elif group == "municipality":
            asked[FIELDS[group]] = (Condition("areas", _nodes(values, known)),)
        else:
            asked[group] = (Condition(group, tuple(sorted(values))),)
    return asked


def _narrowing(group: str, value: str, now: datetime) -> Condition:
    if value == OPEN_NOW:
        return Condition("slot", (str(slot_of(now)),))
    return Condition(group, (value,))


def _nodes(codes: Iterable[str], known: Places) -> tuple[str, ...]:
    nodes = {node for code in codes for node in nodes_of(code, known)}
    return tuple(sorted(nodes)) or ("nowhere",)


def nodes_of(code: str, known: Places) -> tuple[str, ...]:
    """Give the nodes that cover a municipality; of an unknown one, none."""
    return known.nodes.get(code) or (f"{TOWN}{code}",)


def values_of(
    group: str, counts: Mapping[str, int], chosen: frozenset[str], terms: Terms, known: Places, *, whole: bool
) -> tuple[list[FacetValue], bool]:
    """Give the values of one group with their counts, and whether others that have results were left out.

    A fixed list stands in its order, others the most frequent first. `whole` gives all of them; else only what shows
    before someone asks for all is made, of some hundreds.
    """
    if group == "municipality":
        names: Mapping[str, Any] = known.names
        codes, count_of = _municipalities(counts, chosen, known)
    else:
        names = _spoken(group, terms)
        codes, count_of = _listed(group, names, counts, terms.needs), lambda code: counts.get(code, 0)
    codes += sorted(chosen - {*codes})
    shown = codes if whole else _first(group, codes, count_of, chosen, terms)
    above = terms.above if group == "category" else {}
    values = [
        FacetValue(code, str(names.get(code, code)), count_of(code), code in chosen, above.get(code, ""))
        for code in shown
    ]
    kept = {*shown}
    return values, any(code not in kept and count_of(code) for code in codes)


def _first(group: str, codes: list[str], count_of: CountOf, chosen: frozenset[str], terms: Terms) -> list[str]:
    """Keep what shows before someone asks for all: the first of the list, and what was chosen."""
    if group == "category":
        near = {*chosen, *(terms.above.get(code, "") for code in chosen)}
        kept = {*terms.needs, *chosen}
        return [code for code in codes if code in kept or (count_of(code) and terms.above.get(code, "") in near)]
    most = codes if group == "municipality" else sorted(codes, key=lambda code: -count_of(code))
    kept = {*most[:MOST_VALUES], *chosen}
    return [code for code in codes if code in kept]


def _listed(group: str, names: Mapping[str, Any], counts: Mapping[str, int], needs: tuple[str, ...]) -> list[str]:
    """Give the codes of a group in order: fixed lists as they are, needs with their parts, languages by use."""
    if group == "language":
        return sorted(counts, key=lambda code: (-counts[code], str(names.get(code, code))))
    if group == "category":
        return [*needs, *sorted((code for code in counts if code not in needs), key=lambda code: (-counts[code], code))]
    return [*names]


def _municipalities(counts: Mapping[str, int], chosen: frozenset[str], known: Places) -> tuple[list[str], CountOf]:
    """Give the municipalities that are named by a record; each is counted with all that covers it."""
    own = dict.fromkeys((*chosen, *at_home(known)), 0)
    own |= {node[len(TOWN) :]: count for node, count in counts.items() if node.startswith(TOWN)}
    names = {code: known.names.get(code, code) for code in own}
    codes = sorted(own, key=names.__getitem__)
    codes.sort(key=own.__getitem__, reverse=True)
    # Its own node comes first; what covers it covers many others.
    return codes, lambda code: own[code] + sum(counts.get(node, 0) for node in nodes_of(code, known)[1:])


def at_home(known: Places) -> set[str]:
    """Give the municipalities of the installation's own zone: they always show, also with nothing."""
    home = known.gazetteer.named(settings.HOME_MUNICIPALITY)
    around = [members for members in known.members.values() if home and home.municipality in members]
    return set(sorted(around, key=len)[0]) if around else set()


def legend(group: str) -> str:
    """Give the heading of a group."""
    return str(LEGENDS.get(group, _("Other")))
