"""How long a search takes: the same questions, with facets, on whatever catalogue is loaded."""

import time

from search.find import search
from search.query import SearchQuery

QUESTIONS = [
    "schulden", "ik kan mijn huur niet betalen", "poetshulp", "voedselpakket", "dokter zonder papieren",
    "ocmw zedelgem", "budgetbegeleiding", "budget begeleiding", "psycholoog", "tolk arabisch",
    "kinderopvang oostkamp", "thuisverpleging", "slaapplaats vannacht", "schuldbemidelling", "rolstoel lenen",
    "advocaat gratis", "werk zoeken", "nederlands leren", "eenzaam", "drinken", "vervoer naar ziekenhuis",
    "energiefactuur", "open zaterdag", "geen internet", "sociale woning", "hulp bij opvoeding", "mantelzorg",
    "uit huis gezet", "O.C.M.W.", "food bank",
]  # fmt: skip
ROUNDS = 5


def report() -> None:
    """Print p50 and p95 of all questions together, without and with one filter."""
    for name, more in (("all facets", {}), ("one filter, all facets", {"filters": {"cost": frozenset({"free"})}})):
        took = []
        zero = 0
        for _round in range(ROUNDS):
            for text in QUESTIONS:
                start = time.perf_counter()
                page = search(SearchQuery(text=text, **more))  # type: ignore[arg-type]
                took.append((time.perf_counter() - start) * 1000)
                zero += _round == 0 and not page.hits and not page.related
        took.sort()
        print(
            f"search, {name:<24} p50 {took[len(took) // 2]:6.1f} ms   p95 {took[int(len(took) * 0.95)]:6.1f} ms"
            f"   without a result {zero} of {len(QUESTIONS)}"
        )
