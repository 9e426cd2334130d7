"""What pages of other rooms need to name rights."""

from collections.abc import Iterable
from typing import Any

from django import template

from rechtenverkenning.models import Right

register = template.Library()


@register.simple_tag
def named_rights(blocks: Iterable[Any]) -> list[tuple[str, str]]:
    """Give code and name of the rights that a page names; no code for one without a page of its own."""
    rows = [(str(block.value["code"]), str(block.value["name"])) for block in blocks]
    published = Right.objects.published().filter(code__in=[code for code, _name in rows])
    open_ones = set(published.values_list("code", flat=True))
    return [(code if code in open_ones else "", name) for code, name in rows]
