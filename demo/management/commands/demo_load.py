"""Load the demo region: places, words, pages, listings, rights, guides, people."""

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from wagtail.models import Site

import gebied.loading
from core.progress import progress
from demo import catalogue_loader, corrections, guides_loader, people_loader, saved_searches, searches
from leernetwerk.actions import prepare_library
from sociale_kaart import vocabulary
from website.content import ensure_pages

GUIDES = Path(guides_loader.__file__).parent / "guides"


class Command(BaseCommand):
    help = _("Load the demo region; safe to repeat, never over what someone changed.")

    def handle(self, *args: Any, **options: Any) -> None:
        steps: list[tuple[str, Callable[[], object]]] = [
            (_("places"), gebied.loading.load),
            (_("words"), vocabulary.load),
            (_("pages"), ensure_pages),
            (_("listings"), self._listings),
            (_("rights"), lambda: call_command("rights_load", stdout=self.stdout, stderr=self.stderr)),
            (_("guides"), self._guides),
            (_("people"), lambda: people_loader.load(catalogue_loader.organization_id)),
            (_("corrections"), corrections.load),
            (_("searches"), searches.load),
            (_("search"), lambda: call_command("search_reindex", stdout=self.stdout, stderr=self.stderr)),
            (_("saved searches"), saved_searches.load),
        ]
        for name, step in progress(steps, total=len(steps), what="demo"):
            start = time.monotonic()
            step()
            self.stdout.write(f"{name}: {time.monotonic() - start:.1f} s")

    def _listings(self) -> None:
        def watch(files: Sequence[Path]) -> Iterable[Path]:
            return progress(files, total=len(files), what=_("listings"))

        count = catalogue_loader.load(watch=watch)
        self.stdout.write(_("%(count)d organizations new or changed") % {"count": count})

    def _guides(self) -> None:
        library = prepare_library(Site.objects.get(is_default_site=True).root_page)
        guides_loader.load_guides(GUIDES, library)
