"""What stands around each of the person's own pages: the languages, and which one was chosen."""

from django.forms import BaseForm
from django.http import HttpRequest

from doorverwijzing.client import mending
from doorverwijzing.client.languages import DUTCH, Helper, helper_of, helpers

LANGUAGE_KEY = "helper"


def chosen_helper(request: HttpRequest) -> Helper | None:
    """Give the helper language that was chosen; a link to another one changes it."""
    asked = request.GET.get("taal", "")
    if asked == DUTCH or asked in helpers():
        request.session[LANGUAGE_KEY] = asked
    return helper_of(request.session.get(LANGUAGE_KEY, ""))


def frame(request: HttpRequest, *forms: BaseForm) -> dict[str, object]:
    """Give what every page here shows: the languages. What is not right in a form is said in both."""
    helper = chosen_helper(request)
    for form in forms:
        mending.say_in(helper, form)
    return {"helper": helper, "languages": list(helpers().values())}
