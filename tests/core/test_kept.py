"""Parts of a page that are drawn once."""

import pytest
from django.template import Context, Template
from django.utils import translation

KEPT = Template("{% load kept %}{% kept name %}{{ name }} {{ other }}{% endkept %}")


def test_what_is_kept_is_drawn_once():
    first = KEPT.render(Context({"name": "Dorpel", "other": 1}))

    assert KEPT.render(Context({"name": "Dorpel", "other": 2})) == first == "Dorpel 1"


@pytest.mark.parametrize("named", ["Kompas", "<b>"])
def test_what_it_names_draws_it_anew(named):
    KEPT.render(Context({"name": "Dorpel", "other": 1}))

    drawn = KEPT.render(Context({"name": named, "other": 2}))

    assert drawn == f"{named.replace('<', '&lt;').replace('>', '&gt;')} 2"


def test_another_language_draws_it_anew():
    date = Template(
        "{% load kept i18n %}{% kept %}{% get_current_language as LANGUAGE_CODE %}{{ LANGUAGE_CODE }}{% endkept %}"
    )

    with translation.override("nl"):
        assert date.render(Context()) == "nl"
    with translation.override("fr"):
        assert date.render(Context()) == "fr"


def test_without_what_it_names_it_is_drawn_as_well():
    part = Template("{% load kept %}{% kept name %}{% if name %}{{ name }}{% else %}nobody{% endif %}{% endkept %}")

    assert (part.render(Context()), part.render(Context({"name": "Dorpel"}))) == ("nobody", "Dorpel")
