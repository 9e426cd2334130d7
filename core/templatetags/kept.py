"""What is drawn only once: parts of a page that never differ."""

from django import template
from django.template import Context
from django.template.base import Node, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


class Kept(Node):
    """A part of a page that depends on nothing but the language."""

    def __init__(self, nodes: NodeList) -> None:
        self._nodes = nodes
        self._drawn: dict[str, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Draw it the first time in each language."""
        language = get_language() or ""
        if language not in self._drawn:
            self._drawn[language] = self._nodes.render(context)
        return self._drawn[language]


@register.tag
def kept(parser: Parser, _token: Token) -> Kept:
    """Keep what stands up to `endkept` once it is drawn: for words, icons and addresses that never differ."""
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodes)
