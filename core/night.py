"""The work of the night on the ground floor: is the audit chain whole, are the keys in order, what may be forgotten."""

from collections.abc import Mapping

from django.core.management import call_command
from django.utils.translation import gettext as _

from core import audit, destroyed_keys, doomed_keys, jobs, key_copies, keystore, outbox, trusted_devices
from core.jobs import JobFailedError
from core.models import AuditEvent


def verify_audit() -> Mapping[str, int]:
    """Walk the audit chain. Raises JobFailedError with the first line that is not what it was."""
    faults = list(audit.verify())
    if faults:
        told = _("%(count)d faults; the first: %(fault)s")
        raise JobFailedError(told % {"count": len(faults), "fault": faults[0]})
    return {"lines": AuditEvent.objects.count()}


def tidy_keys(watch: key_copies.Watch = key_copies.unwatched) -> Mapping[str, int]:
    """Finish what a crash left undone in the key store, sweep and copy it. Raises JobFailedError on a damaged key."""
    destroyed = doomed_keys.destroy_doomed()
    destroyed_keys.merge({})
    closed = doomed_keys.apply_list(watch)
    swept = doomed_keys.sweep_orphans()
    doomed_keys.sweep_halves([keystore.root(), *keystore.copies()])
    new, damaged = key_copies.copy(watch=watch)
    if damaged:
        raise JobFailedError(
            _("%(count)s keys do not open and were not copied. Try: keystore recover.") % {"count": damaged}
        )
    return {"destroyed": destroyed, "closed": closed, "swept": swept, "copied": new}


def publish_scheduled() -> Mapping[str, int]:
    """Let pages and listings come and go on the hour that an editor chose."""
    call_command("publish_scheduled", verbosity=0)
    return {}


def forget() -> Mapping[str, int]:
    """Remove old mails, tasks that ended, sessions that are over, and devices that were trusted long enough."""
    call_command("clearsessions", verbosity=0)
    trusted_devices.forget_old()
    return {"mails": outbox.forget_old(), "tasks": jobs.forget_done()}
