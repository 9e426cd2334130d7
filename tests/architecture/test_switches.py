"""The switches under every test work: closed network, warnings, missing variables, no order, no emptying."""

import socket
import warnings

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Context, Engine, Origin, engines
from django.template.loader import render_to_string
from pytest_socket import SocketConnectBlockedError

from gebied.models import Place
from tests.strict_templates import OURS, UnknownVariable

NOWHERE = "192.0.2.1"


def test_the_network_is_closed():
    with socket.socket() as sock, pytest.raises((SocketConnectBlockedError, UserWarning)):
        sock.connect((NOWHERE, 80))


def test_a_warning_is_a_fault():
    with pytest.raises(UserWarning, match="look out"):
        warnings.warn("look out", stacklevel=1)


def test_a_component_that_misses_what_it_needs_fails():
    with pytest.raises(UnknownVariable, match="fact"):
        render_to_string("components/empty.html", {})


def test_the_fault_names_the_template():
    with pytest.raises(UnknownVariable) as caught:
        render_to_string("components/empty.html", {})

    assert "templates/components/empty.html, line" in caught.value.__notes__[0]


def test_a_component_with_what_it_needs_is_drawn():
    assert "Niemand wacht." in render_to_string("components/empty.html", {"fact": "Niemand wacht."})


def ours(source):
    """Read a template as if it lay in our own folder."""
    engine = engines["django"].engine
    template = type(engine.from_string(""))(source, Origin(f"{OURS}/made/up.html"), "up.html", engine)
    return template.render(Context({"name": "Amina", "nothing": None}))


@pytest.mark.parametrize(
    "source",
    [
        "{{ absent }}",
        "{{ name.absent }}",
        "{{ nothing.absent }}",
        "{{ absent|upper }}",
        "{% if name %}{{ absent }}{% endif %}",
        "{% load i18n %}{% blocktranslate %}Dear {{ absent }}{% endblocktranslate %}",
    ],
)
def test_printing_what_is_absent_fails(source):
    with pytest.raises(UnknownVariable, match="absent"):
        ours(source)


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ("{{ name }}", "Amina"),
        ("{{ nothing }}", "None"),
        ("{% if absent %}yes{% else %}no{% endif %}", "no"),
        ("{% for one in absent %}x{% endfor %}", ""),
        ('{% firstof absent "else" %}', "else"),
        ('{{ absent|default:"else" }}', "else"),
        ('{{ absent|default_if_none:"else" }}', ""),
        ("{% with other=absent %}{% if other %}x{% endif %}{% endwith %}", ""),
        ("{% load i18n %}{% blocktranslate %}Dear {{ name }}{% endblocktranslate %}", "Dear Amina"),
    ],
)
def test_asking_whether_something_is_there_does_not_fail(source, drawn):
    assert ours(source) == drawn


def test_templates_of_others_are_left_alone():
    engine: Engine = engines["django"].engine

    assert engine.from_string("[{{ absent }}]").render(Context()) == "[]"


@pytest.mark.django_db
def test_rows_without_an_order_come_backwards(places):
    if connection.vendor != "sqlite":
        return
    ordered = list(Place.objects.order_by("pk").values_list("pk", flat=True)[:5])

    assert list(Place.objects.order_by().values_list("pk", flat=True)[:5]) != ordered


def test_the_cache_is_clean_at_the_start_first():
    assert cache.get("left-behind") is None
    cache.set("left-behind", "something")


def test_the_cache_is_clean_at_the_start_second():
    assert cache.get("left-behind") is None


@pytest.mark.django_db
def test_the_places_are_there_for_who_does_not_ask():
    assert Place.objects.filter(postcode="8210").count() == 3
