"""Tags of the pages of search: rows of results, why one is shown, and the filters."""

from collections.abc import Iterable

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from search.page import drawing
from search.page.rows import Row

register = template.Library()
register.simple_tag(drawing.box, name="filter_box")
register.simple_tag(drawing.folded, name="folded_filters")
register.simple_tag(drawing.match, name="match")


@register.simple_tag(takes_context=True)
def results(context: Context, rows: Iterable[Row]) -> SafeString:
    """Component 19, for each row. Of the page it reads `heard`, `told` and `user`; from a private room also `for_name`.

    Search knows nothing of people: the room that does gives the address of the button and the name on it.
    """
    heard, told, user = context.get("heard"), context.get("told") or {}, context.get("user")
    ping, words = heard.ping if heard else "", drawing.words()
    is_member = bool(user and user.is_authenticated)
    drawn = []
    for row in rows:
        line = told.get(row.hit.key) if row.choose_url else None
        choose = _choose(context, row) if row.choose_url else ""
        drawn.append(
            drawing.result(row, words, ping=ping, told=line.short if line else "", choose=choose, member=is_member)
        )
    return mark_safe("".join(drawn))  # noqa: S308 (drawn escaped)


def _choose(context: Context, row: Row) -> str:
    """Draw the button that chooses a service for someone."""
    with context.push(row=row):
        return context.template.engine.get_template("search/_choose.html").render(context) if context.template else ""
