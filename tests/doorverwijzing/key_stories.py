"""What happens to keys in an installation that commits: backups, restores, crashes. A program; prints facts as JSON."""

import base64
import json
import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 (Django first)
from django.core.management import CommandError, call_command  # noqa: E402 (Django first)
from django.db import connection, transaction  # noqa: E402 (Django first)
from django.utils import timezone  # noqa: E402 (Django first)

from clienten.models import ClientCard, Consent, Item, Mode  # noqa: E402 (Django first)
from clienten.rights_of_subject.erasing import erase  # noqa: E402 (Django first)
from core import audit, destroyed_keys, doomed_keys, dumps, keystore, sealed_files  # noqa: E402 (Django first)
from core.models import AuditEvent, DoomedKey, OutgoingMail, TrustedDevice  # noqa: E402 (Django first)
from doorverwijzing import actions, packet  # noqa: E402 (Django first)
from doorverwijzing.consent import renewing  # noqa: E402 (Django first)
from doorverwijzing.models import Packet, Referral  # noqa: E402 (Django first)
from doorverwijzing.workflow import AT_HOME, Status  # noqa: E402 (Django first)
from tests.doorverwijzing.own_installation import in_a_process, killed_at, steps_of  # noqa: E402 (Django first)
from tests.factories.doorverwijzing import Cast  # noqa: E402 (Django first)

HERE = Path(settings.DATA_DIR)
if connection.vendor == "sqlite":
    # As in an installation: a test database may forget what it likes, this one is killed.
    durably = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    connection.settings_dict["OPTIONS"] = {**connection.settings_dict["OPTIONS"], "init_command": durably}
CANARIES = ["Amina", "Ik slaap niet", "0470 00 00 62"]
UPLOAD = "images/logo.svg"


def again(referral):
    """Fetch a referral as it is now."""
    return Referral.objects.select_related("packet").get(pk=referral.pk)


def key_of(referral):
    return Packet.objects.get(referral=referral).key_id


def readable(referral):
    return packet.read(again(referral)) is not None


def command(*arguments, **options):
    """Run a command; give what it said, an error included."""
    out = StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=out, **options)
    except CommandError as error:
        out.write(f"error: {error}")
    return out.getvalue()


def content_of(file):
    """Give all bytes of a backup, a compressed dump unpacked."""
    raw = file.read_bytes()
    if connection.vendor == "postgresql":
        command = f"tar -xOf '{file}' database | '{dumps.program('pg_restore')}' -f -"
        raw += subprocess.run(["bash", "-c", command], capture_output=True, check=True).stdout
    return raw


def found_in(content, keys):
    """Name what lies readable in a backup and should not."""
    secrets = [*CANARIES, *keys, *settings.FIELD_ENCRYPTION_KEYS]
    raw = [base64.urlsafe_b64decode(key) for key in [*keys, *settings.FIELD_ENCRYPTION_KEYS]]
    wrapped = [path.read_bytes() for path in settings.KEY_STORE.glob("keys/*/*")]
    return [str(one) for one in [*(text.encode() for text in secrets), *raw, *wrapped] if one in content]


def backup_and_restore():
    """Send three, make a backup, take back one and part of another, then put the backup back."""
    taken_back, in_part, untouched = (Cast().sent() for _one in range(3))
    keys = [keystore.take(key_of(one)) for one in (taken_back, in_part, untouched)]
    upload = settings.MEDIA_ROOT / UPLOAD
    upload.parent.mkdir(parents=True)
    upload.write_text("<svg/>")
    sealed = sealed_files.path_of(sealed_files.keep(b"a letter"))
    TrustedDevice.objects.create(user=taken_back.sender_worker, fingerprint="a device", issued_at=1)
    file = HERE / "before.tar"
    said = [command("backup", str(file))]
    actions.withdraw(taken_back, by=taken_back.sender_worker)
    token = keystore.file_of(key_of(in_part)).read_bytes()
    old_key = key_of(in_part)
    actions.withdraw(in_part, by=in_part.sender_worker, items=[Item.CONTACT])
    left = sorted(packet.read(again(in_part)).pieces)
    # Somebody puts an old copy of the store back as well.
    keystore.durable.write(keystore.file_of(old_key), token)
    late = Cast().sent()
    upload.write_text("changed")
    (upload.parent / "later.svg").write_text("<svg/>")
    refused = command("restore", str(file))
    # As on a new machine.
    shutil.rmtree(settings.FILES_DIR)
    said.append(command("restore", str(file), force=True))
    return {
        "said": said,
        "refused": refused,
        "modes": [oct(path.stat().st_mode & 0o777) for path in (file, settings.FILES_DIR, sealed)],
        "leaks": found_in(content_of(file), keys),
        "states": [again(one).status for one in (taken_back, in_part, untouched)],
        "readable": [readable(one) for one in (taken_back, in_part, untouched)],
        "emptied": [Packet.objects.get(referral=one).content == "" for one in (taken_back, in_part, untouched)],
        "left": left,
        "old_key": keystore.file_of(old_key).exists(),
        "late": Referral.objects.filter(pk=late.pk).exists(),
        "uploads": sorted(path.name for path in settings.MEDIA_ROOT.rglob("*.svg")),
        "upload": upload.read_text(),
        "last": AuditEvent.objects.order_by("-sequence").values_list("action", flat=True)[0],
        "halves": sorted(path.name for path in HERE.glob("*.part")),
        "trusted": TrustedDevice.objects.count(),
        "works": works(),
        **lost_list(file, untouched),
    }


def erased_and_expired():
    """Erase one person and let the yes of another end; put back a backup of before, then again without our own list."""
    kept, expired = Cast().sent(), Cast().sent()
    gone = Cast().sent()
    card, file, newer = gone.client, HERE / "before.tar", HERE / "newer.tar"
    command("backup", str(file))
    erase(ClientCard.objects.get(pk=card.pk), by=audit.SYSTEM)
    mails = [told_of_erasing()]
    Consent.objects.filter(client=expired.client).update(valid_until=timezone.localdate() - timezone.timedelta(days=1))
    renewing.sweep(timezone.now())
    command("backup", str(newer))
    told = command("restore", str(file), force=True)
    first = what_came_back(card, gone, expired, kept)
    mails.append(told_of_erasing())
    for folder in (settings.KEY_STORE, settings.KEY_STORE_COPIES):
        (folder / "destroyed").unlink()
    command("restore", str(file), force=True, destroyed=[newer])
    mails.append(told_of_erasing())
    return {"told": told, "first": first, "second": what_came_back(card, gone, expired, kept), "mails": mails}


def told_of_erasing():
    """Give the Message-ID of each mail that tells of an erased question."""
    return [mail.message_id for mail in OutgoingMail.objects.all() if mail.subject == "Een vraag is gewist"]


def what_came_back(card, gone, expired, kept):
    """Say what can be read of someone who was erased, of one whose yes ended, and of one who is still helped."""
    return {
        "card": ClientCard.objects.filter(pk=card.pk).exists(),
        "question": Referral.objects.filter(pk=gone.pk).exists(),
        "erased_once": AuditEvent.objects.filter(action="client.erased", subject_id=str(card.pk)).count(),
        "expired": readable(expired),
        "kept": readable(kept),
        "faults": len(list(audit.verify())),
    }


def sends_and_backs_up():
    """Send one, take back another, make a backup."""
    Cast().sent()
    other = Cast().sent()
    actions.withdraw(other, by=other.sender_worker)
    return {"said": command("backup", str(HERE / "whole.tar"))}


def recovers():
    """Look at the store, put back what is missing, look again."""
    return {"said": [command("keystore", what) for what in ("status", "recover", "status")]}


def works():
    """Tell whether life goes on after a restore."""
    referral = Cast().sent()
    actions.withdraw(referral, by=referral.sender_worker)
    return not readable(referral) and not DoomedKey.objects.exists()


def lost_list(file, referral):
    """Take one back, make a newer backup, put back an old copy of the store, restore the older backup."""
    key_id = key_of(referral)
    token = keystore.file_of(key_id).read_bytes()
    actions.withdraw(referral, by=referral.sender_worker)
    newer = HERE / "newer.tar"
    command("backup", str(newer))
    for folder in (settings.KEY_STORE, settings.KEY_STORE_COPIES):
        (folder / "destroyed").unlink()
    keystore.durable.write(keystore.file_of(key_id), token)
    command("restore", str(file), force=True, destroyed=[newer])
    return {"readable_with_newer_list": readable(referral), "back": keystore.file_of(key_id).exists()}


def wrong_files():
    """Offer restore what it must refuse; the database must stay as it is."""
    referral = Cast().sent()
    file = HERE / "whole.tar"
    command("backup", str(file))
    whole = file.read_bytes()
    # As long as the real one: a tar knows the length of each part.
    other = "x" * len(connection.vendor)
    wrong = {
        "cut": whole[: len(whole) // 2],
        "empty": b"",
        "text": b"not a backup at all " * 100,
        "touched": whole[:5000] + b"x" + whole[5001:],
        "kind": whole.replace(f'"database": "{connection.vendor}"'.encode(), f'"database": "{other}"'.encode()),
        "newer": whole.replace(b'"core.0001_initial"', b'"core.9001_initial"'),
    }
    said = {"missing": command("restore", str(HERE / "nowhere.tar"), force=True)}
    for name, content in wrong.items():
        bad = HERE / f"{name}.tar"
        bad.write_bytes(content)
        said[name] = command("restore", str(bad), force=True)
    # Where the uploads must be laid out lies something else: like a full disk, it is met after the file was checked.
    (HERE / "files.coming").write_text("in the way")
    Cast().sent()
    said["in the way"] = command("restore", str(file), force=True)
    stands = Referral.objects.count() == 2
    said["exists"] = command("backup", str(file))
    said["no folder"] = command("backup", str(HERE / "none" / "a.tar"))
    return {"said": said, "readable": readable(referral), "status": again(referral).status, "stands": stands}


def shortened(steps):
    """Keep every so many steps: all of them takes minutes."""
    return steps[:: int(os.environ.get("EVERY_STEP", "10"))]


def crashes_while_sending():
    """Kill a sending before each step; then it was sent whole or not at all, and sending it again works."""

    def send(referral):
        actions.send(again_plain(referral), mode=Mode.SCREEN, signature="Amina", by=referral.sender_worker)

    wrong, killed = [], 0
    first = Cast().presented()
    for step in shortened(steps_of(lambda: send(first), HERE)):
        referral = Cast().presented()
        killed += killed_at(step, lambda one=referral: send(one))
        now = again_plain(referral)
        sent = now.state is Status.SENT
        if sent != Packet.objects.filter(referral=referral).exists() or (sent and not readable(referral)):
            wrong.append(step)
        if not sent:
            send(referral)
            wrong += [] if readable(referral) else [f"again {step}"]
    return {"wrong": wrong, "killed": killed, "orphans": sweep()}


def again_plain(referral):
    return Referral.objects.get(pk=referral.pk)


def sweep():
    """Count orphans, wait a week in one moment, and count what is left."""
    orphans = len(set(keystore.ids()) - doomed_keys.referred())
    doomed_keys.sweep_orphans()
    for mark in (settings.KEY_STORE / "orphans").glob("*"):
        os.utime(mark, (0, 0))
    swept = doomed_keys.sweep_orphans()
    return [orphans, swept, len(set(keystore.ids()) - doomed_keys.referred())]


def crashes_while_withdrawing():
    """Kill a withdrawal before each step; a key is gone only when the commit stands, and then always."""

    def withdraw(referral):
        actions.withdraw(again_plain(referral), by=referral.sender_worker)

    wrong, killed = [], 0
    first = Cast().sent()
    for step in shortened(steps_of(lambda: withdraw(first), HERE)):
        referral = Cast().sent()
        key_id = key_of(referral)
        killed += killed_at(step, lambda one=referral: withdraw(one))
        withdrawn = again_plain(referral).state is Status.WITHDRAWN
        if not withdrawn and not readable(referral):
            wrong.append(f"too early {step}")
        doomed_keys.destroy_doomed()
        gone = not keystore.file_of(key_id).exists() and destroyed_keys.holds(key_id)
        if withdrawn != gone or DoomedKey.objects.exists():
            wrong.append(f"not caught up {step}")
        if not withdrawn:
            withdraw(referral)
            wrong += [f"again {step}"] if keystore.file_of(key_id).exists() else []
    return {"wrong": wrong, "killed": killed}


def rolls_back():
    """Let a transaction that takes back fail at its end."""
    referral = Cast().sent()
    try:
        with transaction.atomic():
            actions.withdraw(referral, by=referral.sender_worker)
            raise RuntimeError
    except RuntimeError:
        pass
    return {"readable": readable(referral), "doomed": DoomedKey.objects.count()}


def at_once():
    """Let four processes make, wrap, copy and destroy keys at the same time."""
    kept, gone = [keystore.make() for _one in range(20)], [keystore.make() for _one in range(20)]
    settings.FIELD_ENCRYPTION_KEYS = [keystore.new_key(), *settings.FIELD_ENCRYPTION_KEYS]
    work = [
        lambda: [keystore.destroy(key_id) for key_id, _key in gone],
        lambda: [keystore.destroy(key_id) for key_id, _key in reversed(gone)],
        lambda: [keystore.rewrap(key_id) for key_id, _key in [*gone, *kept]],
        lambda: command("keystore", "tidy"),
        lambda: [keystore.make() for _one in range(20)],
    ]
    children = []
    for act in work:
        child = os.fork()
        if child == 0:
            connection.close()
            status = 1
            try:
                act()
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    failed = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    folders = [keystore.root(), *keystore.copies()]
    return {
        "failed": failed,
        "kept": [keystore.take(key_id) == key for key_id, key in kept].count(True),
        "back": [
            str(key_id) for folder in folders for key_id, _key in gone if keystore.file_of(key_id, folder).exists()
        ],
        "listed": all(destroyed_keys.holds(key_id) for key_id, _key in gone),
        "there": len(list(keystore.ids())),
    }


def rotation():
    """Replace the key of the installation; the first attempt is killed half way."""
    referrals = [Cast().sent() for _one in range(2)]
    old, new = settings.FIELD_ENCRYPTION_KEYS[0], keystore.new_key()
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    killed = killed_at(steps_of_rewrap(), lambda: command("reencrypt"))
    said = [command("reencrypt"), command("reencrypt")]
    settings.FIELD_ENCRYPTION_KEYS = [new]
    keys = [keystore.take(key_of(one)) for one in referrals]
    told = [key for key in [old, new, *keys] if any(key in text for text in said)]
    return {
        "killed": killed, "said": said, "readable": [readable(one) for one in referrals], "told": told,
        "name": again_plain(referrals[0]).client.first_name,
    }  # fmt: skip


def steps_of_rewrap():
    """Name the moment at which the first key was written aside and not yet renamed."""
    lines = Path("core/durable.py").read_text().splitlines()
    return f"core/durable.py:{next(number for number, line in enumerate(lines, 1) if 'aside.replace' in line)}"


def killed_restore():
    """Kill a restore while the database is written; the old one must stand, and a second try must work."""
    referral = Cast().sent()
    file = HERE / "early.tar"
    command("backup", str(file))
    later = Cast().sent()
    dumps.PAGES, dumps.CHUNK = 20, 4096

    def restore_and_die():
        counted = 0
        real = dumps.load

        def load(source, count):
            def fatal(size):
                nonlocal counted
                counted += size
                if counted > 200_000:
                    os.kill(os.getpid(), 9)
                count(size)

            real(source, fatal)

        dumps.load = load
        command("restore", str(file), force=True)

    killed = in_a_process(restore_and_die)
    stands = Referral.objects.filter(pk=later.pk).exists() and readable(referral)
    said = command("restore", str(file), force=True)
    return {
        "killed": killed, "stands": stands, "said": said, "readable": readable(referral),
        "later": Referral.objects.filter(pk=later.pk).exists(), "home": [status.value for status in AT_HOME],
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]]()))
