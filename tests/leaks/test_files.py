"""A file, a print or a mail says nothing of whom it is not about, and of whom it is about not a word too many."""

import tempfile
from pathlib import Path

import pytest

from doorverwijzing import actions
from tests.leaks.files import AGREED, ALL, INDEXED, KINDS, Place, printed
from tests.leaks.test_addresses import of_clients, said
from tests.leaks.test_channels import FOR_THE_RECEIVER, every_line
from tests.leaks.world import ONE_ID, tell_of_a_neighbour

pytestmark = pytest.mark.django_db
# Written by the two sides to each other, the name of a service that one proposes, or the number of the question there:
# not the client's to give or to keep.
BETWEEN_THE_SIDES = {
    "doorverwijzing.Referral.colleague", "doorverwijzing.Message.text", "doorverwijzing.Decline.elsewhere",
    "doorverwijzing.Origin.value",
}  # fmt: skip
# The proof of the yes itself, on the sheet of the yes.
OF_THE_YES = {"clienten.Consent.signature"}
# Hashes, and the number that a question has in another system: nothing that anyone said.
FOUND_BY = {"doorverwijzing.Origin.value", "doorverwijzing.KeptAside.digest", "clienten.ConsentRequest.digest"}


@pytest.fixture(scope="module")
def neighbour(world, django_db_blocker):
    """Tell of someone else of the same team, helped by the same service."""
    with django_db_blocker.unblock():
        return tell_of_a_neighbour(world)


@pytest.fixture
def place(world, tmp_path, monkeypatch):
    """Give an empty folder for a file, and another one for what is left behind on the way."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "left"))
    for name in ("left", "made"):
        (tmp_path / name).mkdir()
    return Place(world, tmp_path / "made")


def test_the_neighbour_is_told_of_as_much(world, neighbour):
    homes = {home for home in neighbour.homes.values() if of_clients({home})}

    assert len(homes) > 20
    assert neighbour.heard(said(world.insiders["sender"].get(f"/clienten/{ONE_ID}/"))) == set()


@pytest.mark.parametrize("name", KINDS)
def test_a_file_tells_of_nobody_else_and_no_word_more(world, neighbour, place, name):
    kind = KINDS[name]
    with every_line() as lines:
        text = kind.make(place)

    heard, harmless = of_clients(world.aviary.heard(text)), FOUND_BY if kind.says == INDEXED else set()
    assert neighbour.heard(text) <= harmless
    assert world.aviary.heard("\n".join(lines)) | neighbour.heard("\n".join(lines)) == set()
    assert [path for path in left_behind() if world.aviary.heard(path.read_bytes())] == []
    if kind.says == ALL:
        assert len(heard) > 20
        assert world.aviary.heard(text) == heard, "A file of a person names no colleague."
    elif kind.says == AGREED:
        assert heard
        assert heard <= FOR_THE_RECEIVER | BETWEEN_THE_SIDES | OF_THE_YES
    else:
        assert heard <= harmless


def left_behind():
    """Give the files that were made on the way and not taken away."""
    return [path for path in Path(tempfile.tempdir).rglob("*") if path.is_file()]


def test_what_was_taken_back_is_in_no_file(world, neighbour, place):
    actions.withdraw(world.referral, by=world.sender)

    texts = [
        printed("fhir_export", str(ONE_ID))(place),
        said(world.insiders["receiver"].get(f"/doorverwijzing/{ONE_ID}/pakket-pdf/")).decode(),
    ]

    assert [of_clients(world.aviary.heard(text)) - BETWEEN_THE_SIDES for text in texts] == [set(), set()]
