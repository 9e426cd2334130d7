"""When a key goes: after the commit that wants it gone, and whatever a crash left is found again."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core import destroyed_keys, doomed_keys, durable, keystore
from core.models import DoomedKey
from doorverwijzing import packet
from doorverwijzing.models import Packet, Referral
from tests.factories.doorverwijzing import Cast

pytestmark = pytest.mark.django_db
LONG_AGO = (0, 0)


def tidy():
    """Run the nightly command and give what it said."""
    out = StringIO()
    call_command("keystore", "tidy", stdout=out)
    return out.getvalue()


def again(referral):
    return Referral.objects.select_related("packet").get(pk=referral.pk)


def test_a_key_goes_only_after_the_commit(django_capture_on_commit_callbacks):
    key_id, _key = keystore.make()

    with django_capture_on_commit_callbacks() as waiting:
        doomed_keys.doom(key_id)

    assert keystore.file_of(key_id).exists()
    for callback in waiting:
        callback()
    assert not keystore.file_of(key_id).exists()
    assert not DoomedKey.objects.exists()


def test_a_key_that_was_doomed_twice_goes_once():
    key_id, _key = keystore.make()

    doomed_keys.doom(key_id)
    doomed_keys.doom(key_id)

    assert doomed_keys.destroy_doomed() == 1
    assert doomed_keys.destroy_doomed() == 0


def test_the_night_destroys_what_a_crash_left():
    key_id, _key = keystore.make()
    DoomedKey.objects.create(key_id=key_id)

    assert tidy().startswith("Sleutels vernietigd: 1,")

    assert destroyed_keys.holds(key_id)


def test_the_night_closes_a_packet_whose_key_stands_on_the_list():
    referral, other = Cast().sent(), Cast().sent()
    key_id = again(referral).packet.key_id
    token = keystore.file_of(key_id).read_bytes()
    keystore.destroy(key_id)
    durable.write(keystore.file_of(key_id), token)

    assert "rijen gesloten: 1" in tidy()

    closed = Packet.objects.get(referral=referral)
    assert (closed.key_id, closed.content) == (None, "")
    assert closed.destroyed_at == destroyed_keys.listed()[key_id]
    assert not keystore.file_of(key_id).exists()
    assert packet.read(again(other)) is not None


def test_a_key_without_a_row_is_swept_after_a_week_and_not_before(settings):
    key_id, _key = keystore.make()
    tidy()
    tidy()
    assert keystore.file_of(key_id).exists()

    os.utime(settings.KEY_STORE / "orphans" / str(key_id), LONG_AGO)

    assert "weessleutels opgeruimd: 1" in tidy()
    assert not keystore.file_of(key_id).exists()


def test_a_key_that_got_its_row_after_all_is_no_orphan(settings):
    referral = Cast().sent()
    key_id = again(referral).packet.key_id
    Packet.objects.update(key_id=None)
    tidy()
    Packet.objects.update(key_id=key_id)

    tidy()

    assert not (settings.KEY_STORE / "orphans" / str(key_id)).exists()


def test_what_a_killed_process_left_half_written_is_cleared_away():
    key_id, _key = keystore.make()
    half = keystore.file_of(key_id).with_name(f".{key_id}.abcd")
    half.write_text("half")
    tidy()
    assert half.exists()

    os.utime(half, LONG_AGO)
    tidy()

    assert not half.exists()
    assert keystore.take(key_id)


def test_a_damaged_key_is_told_without_naming_a_secret():
    referral = Cast().sent()
    path = keystore.file_of(again(referral).packet.key_id)
    path.write_bytes(path.read_bytes()[:30])

    for what in ("tidy", "status"):
        with pytest.raises(CommandError, match=r"Sleutels die niet opengaan[^:]*: 1[,.]") as told:
            call_command("keystore", what, stdout=StringIO())
        assert "v1:" not in str(told.value)
    assert packet.read(again(referral)) is None


def test_a_store_that_cannot_be_reached_is_told_in_a_sentence(settings, tmp_path):
    settings.KEY_STORE_COPIES = tmp_path / "file"
    settings.KEY_STORE_COPIES.write_text("no folder")
    keystore.make()

    with pytest.raises(CommandError, match="niet te bereiken"):
        call_command("keystore", "tidy", stdout=StringIO())
