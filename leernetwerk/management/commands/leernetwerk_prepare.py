"""Furnish the learning network under the home page of the site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Site

from leernetwerk.actions import prepare_library


class Command(BaseCommand):
    help = "Make the library page, its workflow and the editors' rights on it. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
        if site is None:
            raise CommandError("There is no site yet: make a home page first.")
        library = prepare_library(site.root_page)
        self.stdout.write(f"The learning network lives at {library.get_url()}.")
