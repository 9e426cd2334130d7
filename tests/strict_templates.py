"""Makes an unknown variable that one of our own templates prints fail; `{% if %}` and `|default` may ask."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.template import Context, Template, engines
from django.template.base import VariableNode
from django.templatetags.i18n import BlockTranslateNode

OURS = str(Path(__file__).resolve().parent.parent / "templates")
FORGIVING = {"default", "default_if_none"}


class UnknownVariable(AssertionError):
    """A template prints something that nobody gave it."""


class Loud(str):
    """What Django prints for a variable that it cannot find: it raises instead."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise UnknownVariable(f"{{{{ {name} }}}} is not in the context")


LOUD = Loud("%s")


def is_ours(node: Any) -> bool:
    """Tell whether a node stands in a template of this project, and not of Django, Wagtail or allauth."""
    origin = getattr(node, "origin", None)
    return bool(origin) and str(origin.name).startswith(OURS)


def forgives(node: Any) -> bool:
    """Tell whether the template says itself what to print instead."""
    expression = getattr(node, "filter_expression", None)
    return expression is not None and any(call.__name__ in FORGIVING for call, _args in expression.filters)


def printed_for(node: Any) -> str:
    """Give what this node prints for what it cannot find; found once, as a page has thousands of nodes."""
    try:
        return node.__dict__["printed_for_unknown"]
    except KeyError:
        node.printed_for_unknown = LOUD if is_ours(node) and not forgives(node) else ""
        return node.printed_for_unknown


def strict(render: Callable[[Any, Context], str]) -> Callable[[Any, Context], str]:
    """Wrap the render of a node that prints."""

    def rendered(node: Any, context: Context, *args: Any, **kwargs: Any) -> str:
        engine = context.template.engine
        before, engine.string_if_invalid = engine.string_if_invalid, printed_for(node)
        try:
            return render(node, context, *args, **kwargs)
        except UnknownVariable as error:
            if not hasattr(error, "where"):
                error.where = f"{node.origin.name}, line {node.token.lineno}"  # type: ignore[attr-defined]
                error.add_note(error.where)  # type: ignore[attr-defined]
            raise
        finally:
            engine.string_if_invalid = before

    return rendered


@contextmanager
def fail_on_unknown_variables() -> Iterator[None]:
    """Be strict for the length of a session."""
    kept = VariableNode.render, BlockTranslateNode.render, Template.render
    whole = Template.render

    def quiet_at_the_edge(self: Template, context: Any) -> str:
        before, self.engine.string_if_invalid = self.engine.string_if_invalid, ""
        try:
            return whole(self, context)
        finally:
            self.engine.string_if_invalid = before

    VariableNode.render = strict(kept[0])
    BlockTranslateNode.render = strict(kept[1])
    Template.render = quiet_at_the_edge
    engines["django"]  # a typo in the settings should fail here, not in a test
    try:
        yield
    finally:
        VariableNode.render, BlockTranslateNode.render, Template.render = kept
