"""Get an embedded installation ready in one go, and skip what is already right."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from demo.fingerprint import is_ready, mark_ready


class Command(BaseCommand):
    help = _("Migrate, load the demo region, collect static files. Safe to repeat; quick when nothing changed.")
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        data_dir = Path(settings.DATA_DIR)
        if is_ready(data_dir):
            self.stdout.write(_("Nothing changed since the last start."))
            return
        self.stdout.write(_("Preparing %(folder)s") % {"folder": data_dir})
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("demo_load")
        self.stdout.write(_("Collecting static files"))
        call_command("collectstatic", verbosity=0, interactive=False)
        mark_ready(data_dir)
