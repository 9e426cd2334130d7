"""Write every encrypted field, and every key of the key store, again under the key that writes now."""

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core import keystore
from core.progress import progress
from core.reencryption import Rewritten, encrypted_models, reencrypt, rewrap
from core.second_factor import reseal

SHOWN = 100


class Command(BaseCommand):
    help = _(
        "After adding a new first key to FIELD_ENCRYPTION_KEYS or KEY_STORE_KEYS: rewrite all fields and the key "
        "store, then drop the old key. Safe to stop and to repeat. What no key opens stays as it is and is named by "
        "model and id; the exit code is then 1."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        shut: list[str] = []
        for model, names in encrypted_models():
            total = model._base_manager.count()
            shut += self._walk(
                reencrypt(model, names), total, model._meta.label, _("%(changed)d of %(total)d rows rewritten")
            )
        steps = Authenticator.objects.order_by("pk")
        shut += self._walk(reseal(steps), steps.count(), _("second steps"), _("%(changed)d of %(total)d rewritten"))
        keys = list(keystore.ids())
        damaged = self._walk(rewrap(keys), len(keys), _("key store"), _("%(changed)d of %(total)d keys wrapped again"))
        if shut or damaged:
            self._tell(shut, damaged)

    def _walk(self, rows: Iterable[Rewritten], total: int, what: str, words: str) -> list[str]:
        """Rewrite one kind, say how many, and give what no key opens."""
        done = list(progress(rows, total=total, what=what))
        shut = [one for row in done for one in row.shut]
        told = words % {"changed": sum(row.changed for row in done), "total": total}
        but = _(", %(count)d do not open") % {"count": len(shut)} if shut else ""
        self.stdout.write(f"{what}: {told}{but}.")
        return shut

    def _tell(self, shut: list[str], damaged: list[str]) -> None:
        """Name what stays as it was, never what is in it."""
        every = [*shut, *damaged]
        for one in every[:SHOWN]:
            self.stderr.write(_("does not open: %(what)s") % {"what": one})
        if len(every) > SHOWN:
            self.stderr.write(_("… and %(count)d more.") % {"count": len(every) - SHOWN})
        fields = _("%(count)d fields do not open with any of FIELD_ENCRYPTION_KEYS. Add the key that wrote them.")
        keys = _("%(count)d keys do not open. Try: keystore recover.")
        told = [words % {"count": len(ones)} for words, ones in ((fields, shut), (keys, damaged)) if ones]
        raise CommandError(" ".join([*told, _("Everything else is done. Keep the old keys, then repeat.")]))
