"""Take away the second step of someone who lost it, when nobody of their team can."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit
from core.models import User
from organisaties.second_step import take_away


class Command(BaseCommand):
    help = _("Remove every second step of a person and log them out everywhere; they hear of it by mail.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help=_("Address with which the person logs in."))

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(_("Nobody has this address."))
        count = take_away(user, None, by=audit.SYSTEM)
        told = ngettext("%(count)d second step removed.", "%(count)d second steps removed.", count)
        self.stdout.write(told % {"count": count})
