"""Read a file of rules of words in, or write all of them out, in Solr's format."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.errors import Refusal, reason
from core.progress import progress
from search.words import actions, exchange

STANDARD = "-"
MOST_NAMED = 20
T = TypeVar("T")


class Command(BaseCommand):
    help = _("Read rules of words in from a file in Solr's format, or write all rules out.")

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, parser_class=argparse.ArgumentParser)
        taking = verbs.add_parser("import", help=_("Read a file in; nothing is kept when one line is wrong."))
        taking.add_argument("file", help=_("Path of the file, or - for the standard input."))
        taking.add_argument("--check", action="store_true", help=_("Only say what is wrong; keep nothing."))
        giving = verbs.add_parser("export", help=_("Write all rules, also those that are switched off."))
        giving.add_argument(
            "file", nargs="?", default=STANDARD, help=_("Path of the file; the standard output when left out.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "export":
            self._export(options["file"])
        else:
            self._import(options["file"], only_check=options["check"])

    def _export(self, name: str) -> None:
        text = exchange.write()
        if name == STANDARD:
            self.stdout.write(text, ending="")
            return
        try:
            Path(name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(_("Cannot write %(file)s: %(why)s.") % {"file": name, "why": reason(error)}) from error

    def _import(self, name: str, *, only_check: bool) -> None:
        reading = exchange.read(_text_of(name), partial(self._with_progress, _("rules read")))
        if reading.unknown:
            named = ", ".join([*reading.unknown[:MOST_NAMED], *(["…"] if len(reading.unknown) > MOST_NAMED else [])])
            self.stderr.write(_("Note: these stand in no listing yet: %(words)s") % {"words": named})
        if reading.wrong:
            for wrong in reading.wrong:
                self.stderr.write(str(wrong))
            raise CommandError(_("Nothing was read in."))
        if only_check:
            self.stdout.write(_("Nothing is wrong. %(count)s rules are new.") % {"count": reading.fresh})
            return
        try:
            keeping = partial(self._with_progress, _("rules kept"))
            added, changed = actions.take_in(reading.drafts, by=None, watch=keeping)
        except Refusal as no:
            raise CommandError(str(no)) from no
        self.stdout.write(exchange.summary(added, changed))

    def _with_progress(self, what: str, things: Sequence[T]) -> Iterable[T]:
        return progress(things, total=len(things), what=what, out=self.stderr)  # type: ignore[arg-type]


def _text_of(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == STANDARD else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise CommandError(_("Cannot read %(file)s: %(why)s.") % {"file": name, "why": reason(error)}) from error
    except UnicodeDecodeError as error:
        raise CommandError(_("The file is not in UTF-8.")) from error
