"""Make the home page and the pages about the site."""

from typing import Any

from django.core.management.base import BaseCommand

from website.content import ensure_pages


class Command(BaseCommand):
    help = "Make the home page, about, privacy and accessibility when they are not there yet; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{ensure_pages()} pages made")
