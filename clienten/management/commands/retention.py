"""Announces and erases the files of which the time is over; the nightly work does the same."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from clienten import retention
from clienten.models import ClientCard
from core.job_words import in_words
from organisaties.models import Organization


class Command(BaseCommand):
    """`manage.py retention [--preview]`."""

    help = _("Announce and erase files whose time is over. --preview only tells what the next nights will do.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a wish to look only."""
        parser.add_argument("--preview", action="store_true", help=_("Change nothing."))

    def handle(self, *args: Any, preview: bool, **options: Any) -> None:
        """Print counts; never a name."""
        if not preview:
            self.stdout.write(in_words(retention.run()))
            return
        for organization in Organization.objects.filter(pk__in=ClientCard.objects.values("organization")):
            seen = retention.preview(organization)
            words = _("%(organization)s: %(months)d months; to announce %(due)d, announced %(planned)d, held %(held)d")
            counts = {name: len(getattr(seen, name)) for name in ("due", "planned", "held")}
            self.stdout.write(words % {"organization": organization, "months": seen.months, **counts})
