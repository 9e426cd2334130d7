"""Load the needs, the target groups and the life domains."""

from typing import Any

from django.core.management.base import BaseCommand

from sociale_kaart import vocabulary


class Command(BaseCommand):
    help = "Add the needs, target groups and life domains that are not there yet; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in vocabulary.load().items():
            self.stdout.write(f"{name}: {count} added")
