"""Tags of the pages of search: a row of results, why it is shown, and the filters."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from search.page import drawing
from search.page.rows import Row

register = template.Library()
register.simple_tag(drawing.box, name="filter_box")
register.simple_tag(drawing.folded, name="folded_filters")
register.simple_tag(drawing.match, name="match")


@register.simple_tag(takes_context=True)
def result(context: Context, row: Row) -> SafeString:
    """Component 19. Of the page it reads `heard`, `told` and `user`; from a private room also `for_name`.

    Search knows nothing of people: the room that does gives the address of the button and the name on it.
    """
    heard, told, user = context.get("heard"), context.get("told"), context.get("user")
    line = told.get(row.hit.key) if told and row.choose_url else None
    choose = ""
    if row.choose_url and context.template:
        choose = context.template.engine.get_template("search/_choose.html").render(context)
    return drawing.result(
        row,
        ping=heard.ping if heard else "",
        told=line.short if line else "",
        choose=choose,
        member=bool(row.note and user and user.is_authenticated),
    )
