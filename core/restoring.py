"""Putting a backup back: what was destroyed since then stays destroyed, and everyone logs in again."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.utils.translation import gettext as _

from core import audit, backup, destroyed_keys, doomed_keys, dumps
from core.errors import Refusal
from core.models import AuditEvent, AuditHead, TrustedDevice

# Tells in a few words what begins now.
Say = Callable[[str], None]
# Rooms above that erase again what was erased since the backup: given the numbers of what is gone, how many came back.
ERASE_AGAIN: list[Callable[[Collection[UUID]], int]] = []


@dataclass(frozen=True)
class Restored:
    """What came back, what stays closed, and whether the audit chain holds."""

    manifest: backup.Manifest
    uploads: int
    closed: int
    erased: int
    lines: int
    faults: int


def restore(source: Path, *, force: bool, lists: list[Path], watch: backup.Watch, say: Say) -> Restored:
    """Put a backup in the place of what there is. Raises Refusal; nothing is touched before the file is checked.

    `lists` are newer backups or lists, whose destroyed keys count as well. Killed half way, it may be run again.
    """
    if not force and not dumps.is_empty():
        raise Refusal(
            _("The database is not empty. Make a backup of it first, then add --force to replace everything.")
        )
    manifest = backup.check(source, watch)
    # First of all the list: whatever happens after this, no destroyed key opens again.
    for other in [source, *lists]:
        destroyed_keys.merge(destroyed_keys.parse(backup.listed(other)))
    with backup.uploads_laid_out(source, manifest, watch) as uploads:
        backup.load_database(source, watch)
    say(_("bringing the database up to this version"))
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    closed, erased = _gone_again(say)
    Session.objects.all().delete()
    # Trust that was taken back since then may not come back with the rest.
    TrustedDevice.objects.all().delete()
    cache.clear()
    say(_("checking the audit chain"))
    faults = list(audit.verify())
    lines = AuditEvent.objects.count()
    head, _new = AuditHead.objects.get_or_create(pk=1)
    audit.record("installation.restored", subject=head, by=audit.SYSTEM, made_at=manifest.made_at, closed=closed)
    return Restored(manifest, uploads, closed, erased, lines, len(faults))


def _gone_again(say: Say) -> tuple[int, int]:
    """Close and erase what was destroyed and erased since the backup; give how many packets, and how many files."""
    say(_("closing what was destroyed since then"))
    closed = doomed_keys.apply_list()
    say(_("erasing again what was erased since then"))
    erased = sum(erase(destroyed_keys.listed().keys()) for erase in ERASE_AGAIN)
    doomed_keys.destroy_doomed()
    return closed, erased
