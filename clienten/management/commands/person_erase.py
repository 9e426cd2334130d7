"""Erases everything of one person."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from clienten.models import ClientCard
from clienten.rights_of_subject.erasing import erase, reasons_to_keep
from core import audit
from core.errors import Refusal


class Command(BaseCommand):
    """`manage.py person_erase CARD --yes`."""

    help = _(
        "Erase everything of one person: keys first, then rows. Without --yes it only tells what stands in the way."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number of the card, and a yes."""
        parser.add_argument("card", type=UUID, help=_("Number of the client card, as its address shows it."))
        parser.add_argument("--yes", action="store_true", help=_("Really erase."))

    def handle(self, *args: Any, card: UUID, yes: bool, **options: Any) -> None:
        """Erase, or say why not."""
        found = ClientCard.objects.filter(pk=card).select_related("organization").first()
        if found is None:
            raise CommandError(_("No card has this number."))
        if not yes:
            self.stdout.write("\n".join(reasons_to_keep(found)) or _("Nothing stands in the way. Add --yes to erase."))
            return
        try:
            went = erase(found, by=audit.SYSTEM)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _("Erased: %(rows)d rows of %(kinds)d kinds.") % {"rows": sum(went.values()), "kinds": len(went)}
        )
