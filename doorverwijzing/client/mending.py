"""What is not right yet in a form of the person's page, said in the helper language too."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm
from django.utils.html import format_html

from doorverwijzing.client.languages import Helper

REFUSED, UNKNOWN, CLOSED = "refused", "unknown", "closed"
# Which field, and what is the matter there; a rule that said no left no code.
KEYS = {
    ("answer", "required"): "error.answer",
    ("answer", "invalid_choice"): "error.answer",
    ("text", "required"): "error.text",
    ("text", "max_length"): "error.long",
    ("text", "national_number"): "error.number",
    ("text", REFUSED): "write.many",
    (NON_FIELD_ERRORS, CLOSED): "error.closed",
    ("code", "required"): "code.label",
    ("code", "max_length"): "code.unknown",
    ("code", UNKNOWN): "code.unknown",
}
OWN_CODE = {
    ("code", "required"): "own.label",
    ("code", "max_length"): "own.unknown",
    ("code", UNKNOWN): "own.unknown",
}
OWN_NAME = {
    ("name", "required"): "yes.name_missing",
    ("name", "max_length"): "error.long",
    ("name", "national_number"): "error.number",
    (NON_FIELD_ERRORS, REFUSED): "yes.over",
}
HEADING, ANYTHING_ELSE = "errors", "error.again"
Keys = Mapping[tuple[str, str], str]


def own_choice(items: Iterable[str]) -> Keys:
    """Say what can be the matter on the page of the yes: a piece without an answer, or the name."""
    return {**OWN_NAME, **{(item, code): "yes.missing" for item in items for code in ("required", "invalid_choice")}}


def say_in(
    helper: Helper | None, form: BaseForm, keys: Keys = KEYS, names: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Put the helper language behind each thing that is not right; call it once, when the form is about to be shown.

    `names` gives fields a name in that language, which goes before it in the summary: two of them never read the same.
    """
    if helper is None or not form.is_bound:
        return
    for name, found in form.errors.items():
        for error in found.as_data():
            dutch = error.message % error.params if error.params else error.message
            words = helper.say(keys.get((name, error.code or REFUSED), ANYTHING_ELSE))
            if name in names:
                words = format_html('<span class="helper-name">{}: </span>{}', names[name], words)
            error.message, error.params = helper.beside(dutch, words), None
