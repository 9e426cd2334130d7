"""Write every encrypted field, and every key of the key store, again under the key that writes now."""

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from core import keystore
from core.progress import progress
from core.reencryption import Rewritten, encrypted_models, reencrypt, rewrap
from core.second_factor import reseal

SHOWN = 100


class Command(BaseCommand):
    help = (
        "After adding a new first key to FIELD_ENCRYPTION_KEYS or KEY_STORE_KEYS: rewrite all fields and the key "
        "store, then drop the old key. Safe to stop and to repeat. What no key opens stays as it is and is named by "
        "model and id; the exit code is then 1."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        shut: list[str] = []
        for model, names in encrypted_models():
            total = model._base_manager.count()
            shut += self._walk(reencrypt(model, names), total, model._meta.label, "{} of {} rows rewritten")
        steps = Authenticator.objects.order_by("pk")
        shut += self._walk(reseal(steps), steps.count(), "second steps", "{} of {} rewritten")
        keys = list(keystore.ids())
        damaged = self._walk(rewrap(keys), len(keys), "key store", "{} of {} keys wrapped again")
        if shut or damaged:
            self._tell(shut, damaged)

    def _walk(self, rows: Iterable[Rewritten], total: int, what: str, words: str) -> list[str]:
        """Rewrite one kind, say how many, and give what no key opens."""
        done = list(progress(rows, total=total, what=what))
        shut = [one for row in done for one in row.shut]
        told = words.format(sum(row.changed for row in done), total)
        self.stdout.write(f"{what}: {told}{f', {len(shut)} do not open' if shut else ''}.")
        return shut

    def _tell(self, shut: list[str], damaged: list[str]) -> None:
        """Name what stays as it was, never what is in it."""
        every = [*shut, *damaged]
        for one in every[:SHOWN]:
            self.stderr.write(f"does not open: {one}")
        if len(every) > SHOWN:
            self.stderr.write(f"… and {len(every) - SHOWN} more.")
        fields = f"{len(shut)} fields do not open with any of FIELD_ENCRYPTION_KEYS. Add the key that wrote them. "
        keys = f"{len(damaged)} keys do not open. Try: manage.py keystore recover. "
        raise CommandError(
            f"{fields if shut else ''}{keys if damaged else ''}Everything else is done. Keep the old keys, then repeat."
        )
