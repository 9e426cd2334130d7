"""What is drawn only once: parts of a page that never differ, or only with what they name."""

from collections.abc import Sequence

from django import template
from django.template import Context
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
# Drawings that are kept of one part.
MOST = 50


class Kept(Node):
    """A part of a page that depends on nothing but the language and the values that it names."""

    def __init__(self, nodes: NodeList, named: Sequence[FilterExpression]) -> None:
        self._nodes = nodes
        self._named = named
        self._drawn: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Draw it the first time for each language and these values."""
        told = get_language(), *(one.resolve(context, ignore_failures=True) for one in self._named)
        drawn = self._drawn.get(told)
        if drawn is None:
            if len(self._drawn) >= MOST:
                self._drawn.clear()
            drawn = self._drawn[told] = self._nodes.render(context)
        return drawn


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """Keep what stands up to `endkept` once it is drawn: for words, icons and addresses that never differ.

    What it does depend on is named, as in `{% kept site_name public_nav %}`: settings and lists that few pages differ
    in, never anything of one person.
    """
    _tag, *named = token.split_contents()
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodes, [parser.compile_filter(one) for one in named])
