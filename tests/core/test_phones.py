"""A number as people write it, and what the link under it dials."""

import pytest

from core.phones import is_callable
from core.templatetags.dorpel import dialled

WRITTEN = {
    "050 00 00 33": "050000033",
    "050/00.00.33": "050000033",
    "(050) 00 00 33": "050000033",
    "+32 50 00 00 33": "+3250000033",
    "+32 (0)50 00 00 33": "+3250000033",
    "0032 50 00 00 33": "+3250000033",
    "tel. 050 00 00 33": "050000033",
    "050 00 00 33 (9-12u)": "050000033",
    "050 00 00 33 toestel 12": "050000033",
    "050 00 00 33 ext. 12": "050000033",
    "050 00 00 33 / 0470 00 00 62": "050000033",
    "050 00 00 33 of 0470 00 00 62": "050000033",
    "0470/00.00.62": "0470000062",
    "+31 20 123 45 67": "+31201234567",
    "0800-HULP": "08004857",
    "112": "112",
    "1712 (gratis)": "1712",
    "1712 (9-17u)": "1712",
    "1712, van 9 tot 17 uur": "1712",
    "116 000": "116000",
}


@pytest.mark.parametrize(("written", "number"), WRITTEN.items())
def test_a_link_dials_one_number_that_exists(written, number):
    assert dialled(written) == number
    assert is_callable(written)


@pytest.mark.parametrize("written", ["", "n.v.t.", "geen", "-", "12"])
def test_what_holds_no_number_is_none(written):
    assert not is_callable(written)
