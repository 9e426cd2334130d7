"""Remind, escalate and give back what nobody answered; run it every quarter of an hour."""

from typing import Any

from django.core.management.base import BaseCommand

from doorverwijzing import clock


class Command(BaseCommand):
    help = "Do what is due: reminders, escalation, expiry, ended consent. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        done = clock.run()
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in done.items()))
