"""A backup holds no key, and what was destroyed after it stays unreadable when it is put back."""

from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core import backup, dumps
from core.errors import Refusal
from tests.doorverwijzing.own_installation import facts, installation, run

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def tell(django_db_setup, django_db_blocker, tmp_path_factory):
    """Run a story in an installation of its own, and give what it found out."""
    found = {}

    def told(story, **environment):
        if story not in found:
            with django_db_blocker.unblock(), installation(tmp_path_factory.mktemp(story), connection) as here:
                found[story] = facts(run({**here, **environment}, story))
        return found[story]

    return told


def test_an_older_backup_that_is_put_back_opens_nothing_that_was_taken_back(tell):
    story = tell("backup_and_restore")

    assert story.states == ["sent", "sent", "sent"]
    assert story.readable == [False, False, True]
    assert story.emptied == [True, True, False]
    assert "Pakketten die dicht blijven omdat hun sleutel vernietigd is: 2." in story.said[1]


def test_a_piece_that_was_taken_back_stays_unreadable_also_with_its_old_key_beside_an_older_backup(tell):
    story = tell("backup_and_restore")

    assert story.left == ["own_words", "tried"]
    assert story.readable[1] is False and story.emptied[1] is True
    assert story.old_key is False


def test_a_backup_holds_no_key_and_nothing_readable_of_a_client(tell):
    story = tell("backup_and_restore")

    assert story.leaks == []
    assert story.modes == ["0o600", "0o700", "0o600"]
    assert story.halves == []


def test_restore_replaces_a_database_only_when_told_to(tell):
    assert "--force toe" in tell("backup_and_restore").refused


def test_restore_brings_back_rows_and_uploads_as_they_were(tell):
    story = tell("backup_and_restore")

    assert not story.late
    assert (story.uploads, story.upload) == (["logo.svg"], "<svg/>")
    assert story.works


def test_restore_checks_the_audit_chain_and_writes_itself_into_it(tell):
    story = tell("backup_and_restore")

    assert "alles in orde" in story.said[1]
    assert story.last == "installation.restored"


def test_a_device_that_was_trusted_is_not_after_a_restore(tell):
    assert tell("backup_and_restore").trusted == 0


def test_a_newer_backup_closes_what_the_lost_list_knew(tell):
    story = tell("backup_and_restore")

    assert not story.readable_with_newer_list
    assert not story.back


def test_whoever_was_erased_does_not_come_back_with_an_older_backup_and_what_ended_stays_shut(tell):
    story = tell("erased_and_expired")

    nothing = {"card": False, "question": False, "erased_once": 1, "expired": False, "kept": True, "faults": 0}
    assert story.first == nothing
    assert story.second == nothing
    assert "opnieuw gewist" in story.told
    # Whether the first mail left, an older backup cannot know: the mail server sees that it is the same one.
    first, *again = story.mails
    assert len(first) == 1
    assert again == [first, first]


def test_a_new_machine_gets_everything_back_from_a_backup_and_the_copies_of_the_keys(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    with installation(old, connection) as here:
        facts(run(here, "sends_and_backs_up"))
    with installation(new, connection, empty=True) as here:
        (old / "key-copies").rename(new / "key-copies")

        restored = run(here, "manage", "restore", str(old / "whole.tar"))
        before, recovered, after = facts(run(here, "recovers")).said

    assert "alles in orde" in restored.stdout, restored.stderr
    assert "die ontbreken: 1" in before
    assert recovered == "Sleutels teruggelegd: 1.\n"
    assert "vernietigd: 1" in after
    assert "error" not in after


def test_a_backup_does_not_take_along_a_folder_with_keys(settings, tmp_path):
    settings.BACKUP_FOLDERS = {"media": tmp_path}
    settings.KEY_STORE = tmp_path / "keys"

    with pytest.raises(CommandError, match="Geef de sleutels een map apart"):
        call_command("backup", str(tmp_path / "a.tar"))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("cut", "is stuk"), ("empty", "is stuk"), ("text", "is stuk"), ("touched", "is stuk"),
        ("kind", "dezelfde soort"), ("newer", "nieuwere versie"), ("missing", "kan niet gelezen worden"),
        ("exists", "bestaat al"), ("no folder", "bestaat niet"), ("in the way", "Alles is zoals het was."),
    ],
)  # fmt: skip
def test_what_is_no_good_backup_is_refused_in_a_sentence(tell, wrong, sentence):
    story = tell("wrong_files")

    assert sentence in story.said[wrong]
    assert "Traceback" not in story.said[wrong]
    assert (story.readable, story.status, story.stands) == (True, "sent", True)


def test_a_restore_that_is_killed_leaves_the_old_database_and_can_be_run_again(tell):
    story = tell("killed_restore")

    assert story.killed
    assert story.stands
    assert "alles in orde" in story.said
    assert (story.readable, story.later) == (True, False)


def test_a_sending_that_is_killed_is_sent_whole_or_not_at_all(tell):
    story = tell("crashes_while_sending")

    assert story.wrong == []
    assert story.killed >= 5


def test_keys_without_a_row_are_swept_after_a_week(tell):
    found, swept, left = tell("crashes_while_sending").orphans

    assert found == swept
    assert left == 0


def test_a_withdrawal_that_is_killed_destroys_no_key_too_early_and_each_one_in_the_end(tell):
    story = tell("crashes_while_withdrawing")

    assert story.wrong == []
    assert story.killed >= 5


def test_a_withdrawal_that_rolls_back_has_destroyed_nothing(tell):
    story = tell("rolls_back")

    assert (story.readable, story.doomed) == (True, 0)


def test_processes_that_work_on_the_store_at_once_lose_nothing_and_bring_nothing_back(tell):
    story = tell("at_once")

    assert story.failed == [0] * 5
    assert (story.kept, story.there) == (20, 40)
    assert story.back == []
    assert story.listed


def test_rotation_goes_on_where_it_was_killed_and_changes_nothing_the_second_time(tell):
    story = tell("rotation")

    assert story.killed
    assert "van 2 opnieuw verpakt" in story.said[0]
    assert "sleutelkluis: 0 van 2 opnieuw verpakt" in story.said[1]
    assert (story.readable, story.name) == ([True, True], "Amina")
    assert story.told == []


@pytest.mark.parametrize("content", ["Beste collega,\n\nde lijst zit bij de andere mail.\n", "\n", "7d4c\n"])
def test_a_file_that_is_no_list_of_destroyed_keys_is_not_taken_for_one(tmp_path, content):
    """Who gives the wrong file would believe that what it names stays closed."""
    other = tmp_path / "destroyed"
    other.write_text(content)

    with pytest.raises(Refusal, match="geen lijst van vernietigde sleutels"):
        backup.listed(other)


def test_a_list_with_a_line_that_was_cut_short_and_an_empty_one_are_read(tmp_path):
    known = tmp_path / "destroyed"
    known.write_text(f"{uuid4()} 2026-11-30T10:00:00+00:00\n{str(uuid4())[:20]}")
    none = tmp_path / "none"
    none.touch()

    assert len(backup.listed(known)) == 2
    assert backup.listed(none) == []


def test_a_place_that_the_machine_refuses_is_not_called_a_fault_of_the_keys(tmp_path):
    with pytest.raises(CommandError, match=r"^De back-up kan niet geschreven worden: die naam is te lang\.$"):
        call_command("backup", str(tmp_path / f"{'a' * 300}.tar"))


def test_a_full_disk_leaves_nothing_of_a_backup_behind(tmp_path, monkeypatch):
    def full(target, _count):
        target.with_name(f"{target.name}-journal").write_bytes(b"half a page")
        raise Refusal("The database cannot be copied: database or disk is full.")

    monkeypatch.setattr(dumps, "dump", full)
    with pytest.raises(CommandError, match="disk is full"):
        call_command("backup", str(tmp_path / "a.tar"))

    assert list(tmp_path.iterdir()) == []
