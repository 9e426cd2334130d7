"""A yes, or a no with its reason."""

import pytest
from django.utils.translation import gettext_lazy as _

from core.errors import NotAllowed, Refusal, Unreadable
from core.verdict import ALLOWED, Verdict


def test_a_verdict_without_reason_is_a_yes():
    assert ALLOWED
    assert Verdict()


def test_a_verdict_with_a_reason_is_a_no():
    assert not Verdict("Alleen zij kunnen dit.")


def test_a_yes_lets_the_action_go_on():
    ALLOWED.require()


def test_a_no_stops_the_action_with_its_reason():
    with pytest.raises(NotAllowed, match="Alleen zij kunnen dit"):
        Verdict("Alleen zij kunnen dit.").require()


def test_who_may_not_is_refused_too():
    assert issubclass(NotAllowed, Refusal)
    assert not issubclass(Unreadable, Refusal)


def test_a_refusal_says_its_sentence_in_the_language_of_the_moment():
    assert str(Refusal(_("Choose a password."))) == "Kies een wachtwoord."
