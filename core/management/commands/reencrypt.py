"""Write every encrypted field again under the first key."""

from typing import Any

from django.core.management.base import BaseCommand

from core.progress import progress
from core.reencryption import encrypted_models, reencrypt


class Command(BaseCommand):
    help = "After adding a new first key to FIELD_ENCRYPTION_KEYS: rewrite all fields, then drop the old key."

    def handle(self, *args: Any, **options: Any) -> None:
        for model, names in encrypted_models():
            total = model._base_manager.count()
            changed = sum(progress(reencrypt(model, names), total=total, what=model._meta.label))
            self.stdout.write(f"{model._meta.label}: {changed} of {total} rows rewritten.")
