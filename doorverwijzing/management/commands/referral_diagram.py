"""Print the state diagram of a referral."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from doorverwijzing.workflow import mermaid


class Command(BaseCommand):
    help = _("Print MOVES as a Mermaid diagram; docs/referral-states.md is made with it.")
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(mermaid(), ending="")
