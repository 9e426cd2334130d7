"""Measure the relevance of search on files of judged questions."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.errors import reason
from search.engines.base import EngineDownError
from search.find import search
from search.query import SearchQuery
from search.scoring import Judged, Known, judge, read, summed

WEAK = 0.8


class Command(BaseCommand):
    help = _("Print nDCG@10, success@3 and questions without a result per class, for files of judged questions.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, help=_("TOML files, see tests/search/judged."))
        parser.add_argument("--weak", action="store_true", help=_("Also list the questions that went badly."))

    def handle(self, *args: Any, **options: Any) -> None:
        questions = [question for file in options["files"] for question in _questions(file)]
        try:
            outcomes = judge(questions, answer)
        except EngineDownError as error:
            told = _("The index cannot be read (%(reason)s). Run search_reindex.")
            raise CommandError(told % {"reason": error.told}) from error
        for score in summed(outcomes):
            self.stdout.write(
                f"{score.kind:22s} {score.count:4d}  nDCG@10 {score.ndcg:.3f}  success@3 {score.success:.3f}"
                f"  without {score.without}"
            )
        if options["weak"]:
            for outcome in sorted(outcomes, key=lambda one: one.ndcg):
                if outcome.ndcg < WEAK:
                    first = "; ".join(name for name, _organization in outcome.found[:5])
                    self.stdout.write(f"{outcome.ndcg:.2f}  {outcome.judged.text}  →  {first}")


def _questions(file: Path) -> list[Judged]:
    """Read one file. Raises CommandError with what is wrong with it."""
    try:
        return read(file)
    except OSError as error:
        raise CommandError(_("Cannot read %(file)s: %(why)s.") % {"file": file, "why": reason(error)}) from error
    except (ValueError, KeyError, TypeError) as error:
        told = _("%(file)s holds no judged questions. See tests/search/judged for their form.")
        raise CommandError(told % {"file": file}) from error


def answer(question: Judged) -> list[Known]:
    """Ask one judged question of the live index."""
    page = search(SearchQuery(question.text, area=question.municipality or None, now=question.now, facets=()))
    return [(hit.card["name"], hit.card["organization"]) for hit in (*page.hits, *page.related)]
