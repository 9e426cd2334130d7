"""Print a new key for FIELD_ENCRYPTION_KEYS or AUDIT_KEY."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from core.keys import new_key


class Command(BaseCommand):
    help = _("Print a new random key. Put it first in FIELD_ENCRYPTION_KEYS and run reencrypt.")
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(new_key())
