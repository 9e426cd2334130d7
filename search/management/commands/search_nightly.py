"""Forget old counts of search and weigh what people opened; run it once a night."""

from typing import Any

from django.core.management.base import BaseCommand

from search import nightly


class Command(BaseCommand):
    help = "Forget counts of more than 180 days ago, and let what people open lift a service. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        done = nightly.run()
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in done.items()))
