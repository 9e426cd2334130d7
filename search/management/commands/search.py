"""Ask the search from the command line: one question, or a file of them."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.errors import reason
from search.api.as_json import BadQueryError, answer, page_as_json
from search.engines.base import EngineDownError
from search.find import warm
from search.query import SORTS, SearchPage
from search.understanding.places import unknown_place


class Command(BaseCommand):
    help = _("Search the public catalogue. Exit code 0, also when nothing is found.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("q", nargs="?", default="", help=_("The question, in plain words."))
        parser.add_argument(
            "--municipality", default="", help=_("Where the client lives: a name or NIS code; preferred.")
        )
        parser.add_argument("--now", default="", metavar="ISO-TIME", help=_("The moment of asking, else the clock."))
        parser.add_argument("--open-at", default="", metavar="ISO-TIME", help=_("Only what is open then."))
        parser.add_argument("--within-km", default="", metavar="KM", help=_("Only what lies so near to that place."))
        parser.add_argument("--near", default="", metavar="LAT,LON", help=_("From where distances count."))
        parser.add_argument(
            "--filter", action="append", default=[], metavar="KEY=VALUE", dest="filters",
            help=_("Repeatable: category, municipality, target, language, cost, referral, how, access, accessibility."),
        )  # fmt: skip
        parser.add_argument("--sort", choices=SORTS, default="relevance", help=_("Order of the hits."))
        parser.add_argument("--page", type=int, default=1, help=_("Which page."))
        parser.add_argument("--size", type=int, default=20, help=_("How many on a page."))
        parser.add_argument("--no-correct", action="store_false", dest="correct", help=_("Take every word as typed."))
        parser.add_argument("--json", action="store_true", dest="as_json", help=_("Print the page as one JSON object."))
        parser.add_argument("--batch", metavar="FILE", help=_("One JSON object with q, municipality, now … per line."))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["batch"]:
                for one in self._answers(Path(options["batch"])):
                    self.stdout.write(json.dumps(one, ensure_ascii=False))
                return
            page = answer({**options, "filters": _pairs(options["filters"])})
        except BadQueryError as error:
            raise CommandError(str(error)) from error
        except EngineDownError as error:
            told = _("The index cannot be read (%(reason)s). Run search_reindex.")
            raise CommandError(told % {"reason": error.told}) from error
        if told := unknown_place(options["municipality"]):
            self.stderr.write(told)
        if options["as_json"]:
            self.stdout.write(json.dumps(page_as_json(page), ensure_ascii=False))
        else:
            self._print(page)

    def _answers(self, file: Path) -> Iterator[dict[str, Any]]:
        """Answer line by line; a line that cannot be read gets an object with `error` in its place."""
        warm()
        try:
            lines = file.open("rb")
        except OSError as error:
            raise CommandError(_("Cannot read %(file)s: %(why)s.") % {"file": file, "why": reason(error)}) from error
        with lines:
            yield from _answered(lines)

    def _print(self, page: SearchPage) -> None:
        close = f" · {_('Nothing fits entirely.')}" if page.level and page.total else ""
        self.stdout.write(f"{page.total}{close} ({page.engine}, {page.took_ms} ms)")
        for chip in page.understood.chips:
            self.stdout.write(f"  {chip.kind}: {chip.label}")
        for mark, hits in (("", page.hits), ("~ ", page.related)):
            for hit in hits:
                card = hit.card
                self.stdout.write(f"{mark}{hit.score:8.2f}  {card['name']} · {card['organization']} · {card['place']}")


def _answered(lines: BinaryIO) -> Iterator[dict[str, Any]]:
    for line in lines:
        if not line.strip():
            continue
        try:
            yield page_as_json(answer(_read(line)))
        except ValueError as error:
            yield {"error": str(error), "total": 0, "hits": [], "related": []}


def _read(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadQueryError(_("this line is no JSON in UTF-8")) from error


def _pairs(given: list[str]) -> dict[str, list[str]]:
    """Read KEY=VALUE pairs; a key may come more than once."""
    found: dict[str, list[str]] = defaultdict(list)
    for pair in given:
        key, sign, value = pair.partition("=")
        if not sign:
            raise CommandError(_("--filter %(pair)s: write it as KEY=VALUE.") % {"pair": pair})
        found[key.strip()].append(value.strip())
    return found
