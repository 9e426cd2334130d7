"""Remind, escalate and give back what nobody answered; the worker runs it every five minutes."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core.job_words import in_words
from doorverwijzing.clock import ticking


class Command(BaseCommand):
    help = _("Do what is due: reminders, escalation, expiry, ended consent. Safe to repeat.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now", nargs="+", help=_("Act as if it were this moment, such as 2026-12-03T10:00; several one by one.")
        )
        parser.add_argument("--only", type=UUID, help=_("Take the steps of this one referral only (to try it out)."))

    def handle(self, *args: Any, **options: Any) -> None:
        moments = [_moment(text) for text in options["now"]] if options["now"] else [None]
        for moment in moments:
            done = ticking.run(moment, only=options["only"])
            self.stdout.write(in_words(done))


def _moment(text: str) -> datetime:
    """Read a moment, of Brussels when it names no zone."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(_("%(text)s is no moment. Write it like 2026-12-03T10:00.") % {"text": text})
    return found if timezone.is_aware(found) else timezone.make_aware(found)
