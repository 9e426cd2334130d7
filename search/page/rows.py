"""One result row, ready to draw: where, what is good to know, why it is shown, and what one can do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from search.address import Address
from search.facets import FIXED
from search.query import Hit, SearchPage

MOST_FACTS = 4
DUTCH = "Nederlands"


class Fact(NamedTuple):
    """An icon and a few words."""

    icon: str
    words: str


@dataclass(frozen=True)
class Row:
    """One result row. `choose_url` chooses it for someone, `pick_url` shows it beside the map."""

    hit: Hit
    number: int
    url: str
    where: str
    facts: list[Fact]
    why: list[str]
    missing: list[str]
    pick_url: str
    note: str = ""
    chosen: bool = False
    choose_url: str = ""


@dataclass(frozen=True)
class Reader:
    """For whom the rows are drawn: their own organizations, and how a service is chosen (`sign` stands for its id)."""

    own: frozenset[str] = frozenset()
    choose_url: str = ""
    sign: str = ""


NOBODY = Reader()


def carried(page: SearchPage) -> str:
    """Give what the page of a service is told of the results: how many fit, and from which place one looked."""
    query = {"n": "" if page.level else str(page.total), "van": page.understood.place}
    return urlencode({name: value for name, value in query.items() if value})


def make_rows(hits: Sequence[Hit], first: int, address: Address, told: str, reader: Reader) -> list[Row]:
    """Make the rows of a page, numbered from the first; `told` goes with each to the page of the service."""
    facts = _known_facts(get_language())
    return [_row(hit, number, address, told, reader, facts) for number, hit in enumerate(hits, first)]


def _row(hit: Hit, number: int, address: Address, told: str, reader: Reader, facts: Mapping[str, Fact]) -> Row:
    return Row(
        hit=hit,
        number=number,
        url=f"{hit.card['url']}?{told}",
        where=_where(hit),
        facts=list(islice(_facts(hit, facts), MOST_FACTS)),
        why=list(hit.why),
        missing=list(hit.missing),
        pick_url=address.link(page=address.page, chosen=str(number)) if address.on_map else "",
        note=_note(hit, reader),
        chosen=str(number) == address.chosen,
        choose_url=_choose_url(hit, reader),
    )


def _choose_url(hit: Hit, reader: Reader) -> str:
    """Give the address that chooses this service; empty for one's own organization and for who takes no questions."""
    own = hit.card.get("organization_id") in reader.own
    if not reader.sign or own or not hit.card.get("accepts_referrals"):
        return ""
    return reader.choose_url.replace(reader.sign, hit.key)


def _where(hit: Hit) -> str:
    """Say 'Het Open Boek · Zedelgem, 0,8 km'."""
    place = str(hit.card.get("place", ""))
    if hit.km is not None:
        distance = _("%(km)s km") % {"km": number_format(hit.km, 1)}
        place = f"{place}, {distance}" if place else distance
    return " · ".join(filter(None, [str(hit.card["organization"]), place]))


@cache
def _known_facts(_language: str | None) -> dict[str, Fact]:
    """Give the facts that many rows share, in the language of the page."""
    return {
        "full": Fact("warning", _("takes nobody now")),
        "home_visits": Fact("person", _("comes to your home")),
        "walk_in": Fact("calendar", _("without appointment")),
        "by_phone": Fact("phone", _("also by phone")),
        **{cost: Fact("euro", str(label).lower()) for cost, label in FIXED["cost"].items()},
    }


def _facts(hit: Hit, facts: Mapping[str, Fact]) -> Iterator[Fact]:
    card = hit.card
    if not card.get("takes_new", True):
        yield facts["full"]
    elif card.get("waiting"):
        yield Fact("warning", _("waiting time: %(time)s") % {"time": card["waiting"]})
    if card.get("cost"):
        price = card.get("cost_text")
        yield Fact("euro", str(price).lower()) if price else facts.get(card["cost"], Fact("euro", ""))
    how = card.get("how", ())
    if "home_visits" in how:
        yield facts["home_visits"]
    if "walk_in" in how:
        yield facts["walk_in"]
    if len(card.get("languages", ())) > 1:
        yield Fact("language", _languages(hit))
    if "by_phone" in how:
        yield facts["by_phone"]


def _languages(hit: Hit) -> str:
    """Name three languages: Dutch, the one that was asked for, then others."""
    spoken = list(hit.card["languages"])
    first = [name for name in spoken if name == DUTCH or name in hit.why]
    return ", ".join([*first, *(name for name in spoken if name not in first)][:3])


def _note(hit: Hit, reader: Reader) -> str:
    if hit.card.get("organization_id") in reader.own:
        return _("Own organization")
    if reader.sign and not hit.card.get("accepts_referrals"):
        return _("Takes no questions this way: call them.")
    days = hit.card.get("response_days")
    if hit.card.get("accepts_referrals") and days:
        return ngettext("Answers within %(days)s working day", "Answers within %(days)s working days", days) % {
            "days": days
        }
    return ""
