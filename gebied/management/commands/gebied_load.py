"""Load places, zones and boundaries."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gebied.loading import load

WORDS = {
    "Municipality": _("municipalities"),
    "FormerMunicipality": _("former municipalities"),
    "Place": _("places"),
    "PrimaryCareZone": _("primary care zones"),
    "ReferenceRegion": _("reference regions"),
}


class Command(BaseCommand):
    help = _("Load municipalities, places, zones, regions and boundaries; safe to repeat.")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in load().items():
            self.stdout.write(f"{WORDS[name]}: {count}")
