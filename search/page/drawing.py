"""Draws what stands many times on a page of results: its rows and the ticks of its filters.

A template looks up some hundred names per page for these, which takes longer than finding what they show.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape as safe
from typing import NamedTuple
from urllib.parse import quote

from django.utils.formats import localize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.phones import dialled
from core.templatetags.dorpel import icon
from search.page.refine import Group, Option
from search.page.rows import Fact, Row

# Larger numbers have a sign between their thousands.
THOUSAND = 1000
TICK = (
    '<div class="tick{kind}"><input type="checkbox" name="{name}" value="{value}" id="{id}" form="zoek"{checked}>'
    '<label for="{id}"><span>{label}</span><span class="count-plain">{count}</span></label></div>'
)
ROW = """<li class="result" id="dienst-{number}">
<div class="result-what">
<h3 class="result-title"><a href="{url}"{ping}>{name}</a></h3>
<p class="result-where">{where}</p>
{text}<div class="result-facts">{opening}
{facts}</div>
{told}{match}</div>
<div class="result-actions">
{phone}
{choose}{note}<div class="tick result-compare"><input type="checkbox" name="dienst" value="{key}" id="vergelijk-{number}" form="vergelijk"><label for="vergelijk-{number}">{compare}<span class="visually-hidden"> {plain_name}</span></label></div>
</div>
</li>"""  # noqa: E501 (a space more inside the tick would show)
FOLD = """<details class="fold"{open}><summary>{icon}<span>{legend}</span></summary>
<div class="fold-body">{box}</div></details>"""
BOX = '<fieldset class="filters" id="filter-{name}"><legend>{legend}</legend><div>{ticks}</div>{more}</fieldset>'
MORE = '<a class="tap filters-all" href="{url}">{word}<span class="visually-hidden">: {legend}</span></a>'
BADGE = '<span class="badge badge-{tone}">{icon}<span>{word}</span></span>'
FACT = '<span class="fact">{icon}<span>{words}</span></span>'


class Words(NamedTuple):
    """What every row and filter says, in the language of the page."""

    fits: str
    lacks: str
    compare: str
    show_all: str
    show_fewer: str


def words() -> Words:
    """Give them; what is drawn many times asks once for all."""
    return _words(get_language())


@cache
def _words(_language: str | None) -> Words:
    return Words(
        fits=safe(pgettext("search", "Fits")),
        lacks=safe(pgettext("search", "not:")),
        compare=safe(_("Compare")),
        show_all=safe(pgettext("filters", "Show all")),
        show_fewer=safe(pgettext("filters", "Show fewer")),
    )


def folded(groups: Iterable[Group]) -> SafeString:
    """Draw filters that each wait behind a fold."""
    drawn = (
        FOLD.format(open=" open" if one.chosen else "", icon=icon("down"), legend=safe(one.legend), box=box(one))
        for one in groups
    )
    return mark_safe("\n".join(drawn))  # noqa: S308 (every part is escaped)


def box(group: Group) -> SafeString:
    """Draw one filter: component 7; parts of a need stand under it, and all values show when someone asks."""
    name, legend, more = safe(group.name), safe(group.legend), ""
    if url := group.all_url or group.fewer_url:
        word = words().show_all if group.all_url else words().show_fewer
        more = MORE.format(url=safe(url), word=word, legend=legend)
    drawn = "\n".join(_tick(name, option) for option in group.options)
    return mark_safe(BOX.format(name=name, legend=legend, ticks=drawn, more=more))  # noqa: S308 (escaped here)


def _tick(name: str, option: Option) -> str:
    count = str(option.count) if option.count < THOUSAND else localize(option.count)
    return TICK.format(
        kind=("" if option.count else " filter-none") + (" tick-part" if option.is_part else ""),
        name=name,
        value=safe(option.value),
        id=f"filter-{name}-{safe(option.key)}",
        checked=" checked" if option.checked else "",
        label=safe(option.label),
        count=count,
    )


def result(row: Row, said: Words, *, ping: str = "", told: str = "", choose: str = "", member: bool = False) -> str:
    """Draw one result as safe HTML: what it is, where, when, why it is shown, and what one can do.

    `ping` is told when it is opened. For a private room: `told`, a line about the service, and `choose`, a button.
    `member` may read the note for who works with us.
    """
    hit = row.hit
    number, key = str(row.number), safe(hit.key)
    return ROW.format(
        number=number,
        url=safe(row.url),
        ping=f' ping="{safe(ping)}&amp;nr={number}&amp;dienst={quote(hit.key)}"' if ping else "",
        name=hit.name_html,
        where=safe(row.where),
        text=f'<p class="result-text">{hit.text_html}</p>\n' if hit.card.get("summary") else "",
        opening=_badge(hit.opening, hit.opening_tone) if hit.opening else "",
        facts="".join(map(_fact, row.facts)),
        told=f'<p class="small result-told">{safe(told)}</p>\n' if told else "",
        match=_match(row, said),
        phone=_phone(str(hit.card.get("phone") or "")),
        choose=choose,
        note=f'<p class="small">{safe(row.note)}</p>\n' if row.note and member else "",
        key=key,
        compare=said.compare,
        plain_name=safe(str(hit.card.get("name", ""))),
    )


def match(row: Row) -> SafeString:
    """Say why a result is shown, and what of the question it does not answer."""
    return mark_safe(_match(row, words()))  # noqa: S308 (every part is escaped below)


def _match(row: Row, said: Words) -> str:
    if not row.why and not row.missing:
        return ""
    match = ""
    if row.why:
        parts = ", ".join(f"<strong>{safe(part)}</strong>" for part in row.why)
        match = f'<span class="result-why">{said.fits} {parts}</span>'
    if row.missing:
        missing = safe(", ".join(row.missing))
        match += f'\n<span class="result-not">{said.lacks} {missing}</span>'
    return f'<p class="result-match">{match}</p>'


@lru_cache(maxsize=1024)
def _badge(said: str, tone: str) -> str:
    return BADGE.format(tone=tone, icon=icon("clock"), word=safe(said))


@lru_cache(maxsize=1024)
def _fact(fact: Fact) -> str:
    return FACT.format(icon=icon(fact.icon), words=safe(fact.words))


@lru_cache(maxsize=1024)
def _phone(number: str) -> str:
    if not number:
        return ""
    return f'<a class="phone" href="tel:{dialled(number)}">{icon("phone")}<span>{safe(number)}</span></a>'
