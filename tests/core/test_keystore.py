"""The key store: keys that are kept apart, wrapped, private, and gone when they are destroyed."""

import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core import destroyed_keys, durable, key_copies, keystore
from core.errors import Unreadable
from core.keys import new_key

MONDAY = date(2026, 11, 23)


def everything(folder):
    """Read all that lies in a folder."""
    return b"".join(path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file())


def modes(folder):
    """Give the rights on a folder and on everything below it."""
    below = [Path(folder), *sorted(Path(folder).rglob("*"))]
    return {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in below}


def damage(path):
    """Let a disk forget half a file."""
    path.write_bytes(path.read_bytes()[:20])


def test_a_key_that_was_made_can_be_taken():
    key_id, key = keystore.make()

    assert keystore.take(key_id) == key
    assert list(keystore.ids()) == [key_id]


def test_a_key_lies_wrapped_and_open_to_nobody_else(settings):
    _key_id, key = keystore.make()
    key_copies.copy()
    for folder in (settings.KEY_STORE, settings.KEY_STORE_COPIES):
        destroyed_keys.add(uuid4(), folder)

    for folder in (settings.KEY_STORE, settings.KEY_STORE_COPIES):
        assert key.encode() not in everything(folder)
        assert modes(folder) == {(True, 0o700), (False, 0o600)}


def test_a_key_opens_under_its_own_id_only():
    one, other = keystore.make()[0], keystore.make()[0]
    keystore.file_of(other).write_bytes(keystore.file_of(one).read_bytes())

    with pytest.raises(Unreadable):
        keystore.take(other)


def test_a_key_does_not_open_without_the_key_of_the_installation(settings):
    key_id, _key = keystore.make()
    settings.FIELD_ENCRYPTION_KEYS = [new_key()]

    with pytest.raises(Unreadable):
        keystore.take(key_id)


def test_a_store_with_keys_of_its_own_still_reads_what_the_fields_keys_wrapped(settings):
    older, key = keystore.make()
    settings.KEY_STORE_KEYS = [new_key()]
    newer, other = keystore.make()

    assert (keystore.take(older), keystore.take(newer)) == (key, other)
    settings.KEY_STORE_KEYS = []
    with pytest.raises(Unreadable):
        keystore.take(newer)


def test_a_destroyed_key_is_gone_from_the_store_and_from_every_copy(settings):
    key_id, _key = keystore.make()
    for day in range(3):
        key_copies.copy(MONDAY + timedelta(days=day))

    assert keystore.destroy(key_id)

    with pytest.raises(Unreadable, match="destroyed"):
        keystore.take(key_id)
    assert [list(keystore.ids(folder)) for folder in (*keystore.copies(), keystore.root())] == [[], [], [], []]
    assert key_id in destroyed_keys.listed()
    assert not keystore.destroy(key_id)


def test_a_destroyed_key_is_overwritten_before_it_goes():
    key_id, _key = keystore.make()
    path = keystore.file_of(key_id)
    with path.open("rb") as held:
        wrapped = held.read()
        keystore.destroy(key_id)
        held.seek(0)

        assert held.read() == bytes(len(wrapped))


def test_the_list_holds_ids_and_times_and_nothing_else(settings):
    key_id, key = keystore.make()
    token = keystore.stored(key_id)

    keystore.destroy(key_id)

    listed = (settings.KEY_STORE / "destroyed").read_text().split()
    assert listed[0] == str(key_id)
    assert datetime.fromisoformat(listed[1]) <= datetime.now(UTC)
    assert len(listed) == 2
    assert key not in " ".join(listed)
    assert token not in " ".join(listed)


def test_a_key_on_the_list_stays_closed_when_its_file_is_put_back():
    key_id, _key = keystore.make()
    token = keystore.file_of(key_id).read_bytes()
    keystore.destroy(key_id)

    durable.write(keystore.file_of(key_id), token)

    with pytest.raises(Unreadable):
        keystore.take(key_id)


@pytest.mark.parametrize("cut", range(1, 65))
def test_a_line_of_the_list_that_a_crash_cut_short_spoils_no_other(settings, cut):
    first, torn, last = uuid4(), uuid4(), uuid4()
    destroyed_keys.add(first, settings.KEY_STORE)
    with (settings.KEY_STORE / "destroyed").open("a") as listed:
        listed.write(f"\n{torn} 2026-11-28T10:00:00+00:00\n"[:cut])

    destroyed_keys.add(last, settings.KEY_STORE)

    assert {first, last} <= destroyed_keys.listed().keys() <= {first, torn, last}


def test_the_list_survives_when_the_store_is_put_back_from_before(settings):
    key_id, _key = keystore.make()
    keystore.destroy(key_id)
    (settings.KEY_STORE / "destroyed").unlink()

    assert destroyed_keys.holds(key_id)
    assert destroyed_keys.merge({}) == 0
    assert str(key_id) in (settings.KEY_STORE / "destroyed").read_text()


def test_a_disk_with_copies_that_is_away_keeps_no_key_alive(settings):
    key_id, _key = keystore.make()
    settings.KEY_STORE_COPIES.write_text("no folder")

    with pytest.raises(OSError, match="key-copies"):
        keystore.destroy(key_id)

    assert not keystore.file_of(key_id).exists()
    settings.KEY_STORE_COPIES.unlink()
    assert not keystore.destroy(key_id)


def test_another_list_adds_what_we_did_not_know(settings):
    mine, theirs = uuid4(), uuid4()
    destroyed_keys.add(mine, settings.KEY_STORE)
    text = f"{mine} 2026-01-01T00:00:00+00:00\n{theirs} 2026-01-02T00:00:00\nnonsense\n"

    assert destroyed_keys.merge(destroyed_keys.parse(text.splitlines())) == 1

    assert destroyed_keys.listed().keys() == {mine, theirs}
    assert destroyed_keys.parse(destroyed_keys.as_text().splitlines()) == destroyed_keys.listed()


def test_copies_are_kept_for_seven_days(settings):
    keystore.make()

    for day in range(10):
        key_copies.copy(MONDAY + timedelta(days=day))

    assert [folder.name for folder in keystore.copies()] == [f"2026-{day}" for day in (
        "11-26", "11-27", "11-28", "11-29", "11-30", "12-01", "12-02",
    )]  # fmt: skip


def test_what_did_not_change_is_kept_once_for_the_whole_week():
    key_id, _key = keystore.make()

    assert key_copies.copy(MONDAY) == (1, 0)
    assert key_copies.copy(MONDAY + timedelta(days=1)) == (0, 0)

    assert {keystore.file_of(key_id, folder).stat().st_nlink for folder in keystore.copies()} == {2}


def test_a_damaged_key_is_told_and_never_copied_over_a_good_one():
    key_id, key = keystore.make()
    key_copies.copy(MONDAY)
    damage(keystore.file_of(key_id))

    assert key_copies.copy(MONDAY + timedelta(days=1)) == (0, 1)
    assert key_copies.recover() == 1

    assert keystore.take(key_id) == key


def test_a_lost_store_comes_back_from_its_copies_without_what_was_destroyed(settings):
    kept, gone = keystore.make(), keystore.make()
    key_copies.copy(MONDAY)
    put_away = keystore.file_of(gone[0], keystore.copies()[0]).read_bytes()
    keystore.destroy(gone[0])
    durable.write(keystore.file_of(gone[0], keystore.copies()[0]), put_away)
    for path in sorted(settings.KEY_STORE.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()

    assert key_copies.recover() == 1

    assert keystore.take(kept[0]) == kept[1]
    with pytest.raises(Unreadable):
        keystore.take(gone[0])


def test_a_key_is_wrapped_again_under_the_new_key_and_once_only(settings):
    old, new = settings.FIELD_ENCRYPTION_KEYS[0], new_key()
    key_id, key = keystore.make()
    settings.FIELD_ENCRYPTION_KEYS = [new, old]

    assert keystore.rewrap(key_id)
    assert not keystore.rewrap(key_id)

    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert keystore.take(key_id) == key


def test_a_key_that_was_destroyed_meanwhile_does_not_come_back_by_wrapping():
    key_id, _key = keystore.make()
    keystore.destroy(key_id)

    assert not keystore.rewrap(key_id)
    assert list(keystore.ids()) == []


def test_what_is_not_a_key_is_passed_over(settings):
    key_id, _key = keystore.make()
    (keystore.file_of(key_id).parent / "notes.txt").write_text("left behind")

    assert list(keystore.ids()) == [key_id]


def test_a_key_that_never_existed_does_not_open():
    with pytest.raises(Unreadable, match="not there"):
        keystore.take(UUID(int=1))


def test_a_write_that_fails_leaves_nothing_half_behind(tmp_path):
    taken = tmp_path / "taken"
    taken.mkdir()

    with pytest.raises(OSError, match="directory"):
        durable.write(taken, b"a key")

    assert list(tmp_path.iterdir()) == [taken]
