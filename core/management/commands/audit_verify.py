"""Walk the audit chain and print every line that is not what it was."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import audit
from core.models import AuditEvent


class Command(BaseCommand):
    help = "Check the audit chain; exit code 1 when a line was changed, is missing or was reordered."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(audit.verify())
        for fault in faults:
            self.stdout.write(f"line {fault.sequence}: {fault.what}")
        if faults:
            raise CommandError(f"{len(faults)} faults in the audit chain.")
        self.stdout.write(f"{AuditEvent.objects.count()} lines, all in order.")
