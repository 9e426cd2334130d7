"""Write every encrypted field, and every key of the key store, again under the key that writes now."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from core import keystore
from core.progress import progress
from core.reencryption import encrypted_models, reencrypt, rewrap
from core.second_factor import reseal


class Command(BaseCommand):
    help = (
        "After adding a new first key to FIELD_ENCRYPTION_KEYS or KEY_STORE_KEYS: rewrite all fields and the key "
        "store, then drop the old key. Safe to stop and to repeat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for model, names in encrypted_models():
            total = model._base_manager.count()
            changed = sum(progress(reencrypt(model, names), total=total, what=model._meta.label))
            self.stdout.write(f"{model._meta.label}: {changed} of {total} rows rewritten.")
        steps = Authenticator.objects.order_by("pk")
        changed = sum(progress(reseal(steps), total=steps.count(), what="second steps"))
        self.stdout.write(f"second steps: {changed} of {steps.count()} rewritten.")
        keys = list(keystore.ids())
        states = list(progress(rewrap(keys), total=len(keys), what="key store"))
        self.stdout.write(f"key store: {states.count('changed')} of {len(keys)} keys wrapped again.")
        if damaged := states.count("damaged"):
            raise CommandError(f"{damaged} keys do not open. Keep the old key; try: manage.py keystore recover.")
