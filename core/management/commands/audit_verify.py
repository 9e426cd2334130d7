"""Walk the audit chain and print every line that is not what it was."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit
from core.models import AuditEvent


class Command(BaseCommand):
    help = _("Check the audit chain; exit code 1 when a line was changed, is missing or was reordered.")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(audit.verify())
        for fault in faults:
            self.stdout.write(str(fault))
        if faults:
            told = ngettext("%(count)d fault in the audit chain.", "%(count)d faults in the audit chain.", len(faults))
            raise CommandError(told % {"count": len(faults)})
        self.stdout.write(_("%(count)d lines, all in order.") % {"count": AuditEvent.objects.count()})
