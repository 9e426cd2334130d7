"""Load the needs, the target groups and the life domains."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from sociale_kaart import vocabulary

WORDS = {
    "needs": _("needs"),
    "need_parts": _("parts of needs"),
    "target_groups": _("target groups"),
    "life_domains": _("words of life domains"),
    "domains": _("life domains"),
}


class Command(BaseCommand):
    help = _("Add the needs, target groups and life domains that are not there yet; safe to repeat.")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in vocabulary.load().items():
            self.stdout.write(_("%(name)s: %(count)d added") % {"name": WORDS[name], "count": count})
