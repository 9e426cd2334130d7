"""Load places, zones and boundaries."""

from typing import Any

from django.core.management.base import BaseCommand

from gebied.loading import load


class Command(BaseCommand):
    help = "Load municipalities, places, zones, regions and boundaries; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in load().items():
            self.stdout.write(f"{name}: {count}")
