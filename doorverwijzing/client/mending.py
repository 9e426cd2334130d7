"""What is not right yet in a form of the person's page, said in the helper language too."""

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
HEADING, ANYTHING_ELSE = "errors", "error.again"


def say_in(helper: Helper | None, form: BaseForm) -> None:
    """Put the helper language behind each thing that is not right; call it once, when the form is about to be shown."""
    if helper is None or not form.is_bound:
        return
    for name, found in form.errors.items():
        for error in found.as_data():
            dutch = error.message % error.params if error.params else error.message
            words = helper.mark(helper.say(KEYS.get((name, error.code or REFUSED), ANYTHING_ELSE)))
            error.message, error.params = format_html("{} {}", dutch, words), None
