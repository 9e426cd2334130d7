"""Make the home page and the pages about the site."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from website.content import ensure_pages


class Command(BaseCommand):
    help = _("Make the home page, about, privacy and accessibility when they are not there yet; safe to repeat.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("%(count)d pages made") % {"count": ensure_pages()})
