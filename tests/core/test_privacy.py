"""The number that nobody may write down, in the many ways that people write it; and what only looks like it."""

import pytest

from core.privacy import holds_national_number

REFUSED = [
    "85.07.30-033.28",  # as it stands on the card, check digits right
    "85.07.30-033.61",  # for someone born from 2000 on
    "85.07.30-033.99",  # check digits wrong
    "85073003328",
    "85 07 30 033 28",
    "85-07-30-033-28",
    "85/07/30 033/28",
    "850730-03328",
    "850730 033 28",
    "85.07.30 033.28",
    "85.07.30 - 033.28",
    "85.07.30.033.28",
    "85.07.30-033-28",
    "850730.033.28",
    "00.01.01-001.05",
    "00000000097",  # day and month unknown
    "40.00.00-001.33",  # only the year is known
    "85.27.30-033.12",  # bis number, sex unknown: month + 20
    "85.47.30-033.12",  # bis number: month + 40
    "85473003312",
    "85.52.31-999.00",
    "rr 85.07.30-033.28",
    "Rijksregisternummer: 85.07.30-033.28.",
    "INSZ=85073003328",
    "insz85073003328",
    "Haar nummer is 85073003328, ze belt morgen.",
    "(85.07.30-033.28)",
    "eerste regel\n85.07.30-033.28\nderde regel",
    "85.07.30–033.28",  # en dash, as a word processor makes it
    "85.07.30‑033.28",  # hyphen that does not break
    "85.07.30\u00a0033.28",  # space that does not break
    "85\u202f07\u202f30\u202f033\u202f28",  # narrow space
    "85.07.30_033.28",
    "85.07.30 / 033.28",
    "8 5 0 7 3 0 0 3 3 2 8",
    "٨٥٠٧٣٠٠٣٣٢٨",  # Arabic digits
    "８５０７３００３３２８",  # wide digits
    "85.07.30,033.28",
    "85:07:30:033:28",
    "85073003328 en 0470 00 00 62",
    "85\u200b.07\u200b.30-033\u200b.28",  # signs without width, as a web page carries them
    "8507\u00ad3003328",  # a place to break a word
    "\u202a85.07.30\u202c-033.28",  # signs of direction, as a phone copies them along
]
KEPT = [
    "",
    "Ik slaap niet.",
    "0470 00 00 62",
    "+32 470 00 00 62",
    "+32470000062",
    "0032 470 00 00 62",
    "0032470000062",
    "+32 (0)470 00 00 62",
    "+31 6 12345678",
    "+33 6 12 34 56 78",
    "0033 6 12 34 56 78",
    "050 00 00 14 of 0470 00 00 62",
    "050 00 00 14, 0470 00 00 62",
    "0800 00 000",
    "1712 en 1813",
    "0123.456.789",  # enterprise number
    "BE 0123.456.789",
    "BE0123456789",
    "BE68 5390 0754 7034",
    "BE68539007547034",
    "BE 68 5390 0754 7034",
    "NL91 ABNA 0417 1643 00",
    "30/07/1985",
    "30.07.1985 om 14.30 u.",
    "1985-07-30",
    "van 30/07/2026 tot 15/08/2026",
    "2026-11-28 13:20:45",
    "1.450,00 euro en 2.340,50 euro",
    "EAN 541448820000000000",  # connection number of electricity, 18 digits
    "dossier 2026/000123",
    "99.99.99-999.99",  # no month has this number
    "85.13.30-033.28",  # month 13
    "85.07.32-033.28",  # day 32
    "123456789012",  # twelve digits
    "1234567890",  # ten digits
    "51.1424, 3.1368",
    "https://dorpel.example/doorverwijzing/6f1c2d3e-0bad-4abc-9def-a85073003328/",  # one link in a thousand
]


@pytest.mark.parametrize("text", REFUSED)
def test_a_national_number_is_seen(text):
    assert holds_national_number(text)


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_like_one_is_kept(text):
    assert not holds_national_number(text)
