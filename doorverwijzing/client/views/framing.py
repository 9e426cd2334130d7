"""What stands around each of the person's own pages: the languages, and which one was chosen."""

from django.forms import BaseForm
from django.http import HttpRequest

from doorverwijzing.client import mending
from doorverwijzing.client.languages import DUTCH, Helper, helper_of, helpers

LANGUAGE_KEY = "helper"
# Pressed inside a form: the page comes back in another language, with what was chosen.
READ_IN = "lees_in"


def asked_language(request: HttpRequest) -> str:
    """Give the language that this very request asks for: by a link, or with a form; empty when it asks none."""
    asked = request.POST.get(READ_IN) or request.POST.get("taal") or request.GET.get("taal") or ""
    return asked if asked == DUTCH or asked in helpers() else ""


def chosen_helper(request: HttpRequest) -> Helper | None:
    """Give the helper language that was chosen; a link to another one changes it."""
    if asked := asked_language(request):
        request.session[LANGUAGE_KEY] = asked
    return helper_of(request.session.get(LANGUAGE_KEY, ""))


def frame(request: HttpRequest, *forms: BaseForm, keys: mending.Keys = mending.KEYS) -> dict[str, object]:
    """Give what every page here shows: the languages. What is not right in a form is said in both."""
    helper = chosen_helper(request)
    for form in forms:
        mending.say_in(helper, form, keys)
    return {"helper": helper, "languages": list(helpers().values())}
