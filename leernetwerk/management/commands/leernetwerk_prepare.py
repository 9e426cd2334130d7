"""Furnish the learning network under the home page of the site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from wagtail.models import Site

from leernetwerk.actions import prepare_library


class Command(BaseCommand):
    help = _("Make the library page, its workflow and the editors' rights on it. Safe to repeat.")

    def handle(self, *args: Any, **options: Any) -> None:
        site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
        if site is None:
            raise CommandError(_("There is no site yet. Run website_pages first."))
        library = prepare_library(site.root_page)
        self.stdout.write(_("The learning network lives at %(address)s.") % {"address": library.get_url()})
