"""Remind, escalate and give back what nobody answered; the worker runs it every five minutes."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from doorverwijzing.clock import ticking


class Command(BaseCommand):
    help = "Do what is due: reminders, escalation, expiry, ended consent. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now", nargs="+", help="Act as if it were this moment, such as 2026-12-03T10:00; several one by one."
        )
        parser.add_argument("--only", type=UUID, help="Take the steps of this one referral only (to try it out).")

    def handle(self, *args: Any, **options: Any) -> None:
        moments = [_moment(text) for text in options["now"]] if options["now"] else [None]
        for moment in moments:
            done = ticking.run(moment, only=options["only"])
            self.stdout.write(", ".join(f"{name}: {count}" for name, count in done.items()))


def _moment(text: str) -> datetime:
    """Read a moment, of Brussels when it names no zone."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"{text} is no moment. Write it like 2026-12-03T10:00.")
    return found if timezone.is_aware(found) else timezone.make_aware(found)
