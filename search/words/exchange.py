"""Files of rules: checked line by line before anything is kept, and written so that nothing is lost."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.engines import index
from search.engines.base import EngineDownError
from search.models import SynonymRule
from search.rules import solr
from search.rules.check import Objection, Rules, circles, faults_in_a_file, unknown
from search.rules.draft import Draft

LARGEST_FILE = 2_000_000
MOST_RULES = 10_000


# Passes lines on, and may show how far it is.
Watch = Callable[[Sequence[solr.Line | solr.Fault]], Iterable[solr.Line | solr.Fault]]


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one line of a file."""

    line: int
    text: str

    def __str__(self) -> str:
        return _("Line %(line)s: %(text)s") % {"line": self.line, "text": self.text}


@dataclass(frozen=True)
class Reading:
    """A file that was looked at: its rules, how many are new, how many are here, and what is wrong.

    Of those that are here, `changed` get another note, or begin or stop to work.
    """

    drafts: tuple[Draft, ...]
    fresh: int
    changed: int
    known: int
    wrong: tuple[Wrong, ...]
    unknown: tuple[str, ...] = ()


def read(text: str, watch: Watch = iter) -> Reading:
    """Check every line against the rules that are here and against the lines above it."""
    reader = _Reader([rule.draft for rule in SynonymRule.objects.order_by("pk")])
    for line in watch(list(solr.read(text))):
        reader.take(line)
    wrong = reader.wrong
    if not (reader.drafts or reader.said or wrong):
        wrong.append(Wrong(1, _("There is no rule in this file.")))
    if len(reader.drafts) > MOST_RULES:
        wrong.append(Wrong(1, _("A file holds at most %(count)s rules.") % {"count": MOST_RULES}))
    fresh = [draft for draft in reader.drafts if draft.signature() not in reader.here]
    here = [(reader.here[draft.signature()], draft) for draft in reader.drafts if draft.signature() in reader.here]
    changed = sum(differs(earlier, draft) for earlier, draft in here)
    known = len(here) - changed + reader.said
    return Reading(tuple(reader.drafts), len(fresh), changed, known, tuple(wrong), tuple(_unknown(fresh)))


def differs(here: Draft, draft: Draft) -> bool:
    """Tell whether reading this in changes the rule that is here; a file without a note leaves the note."""
    return (here.active, here.note) != (draft.active, draft.note or here.note)


class _Reader:
    """One file being read; `said` counts lines that repeat one above and are skipped."""

    def __init__(self, here: list[Draft]) -> None:
        self.here = {draft.signature(): draft for draft in here}
        self.drafts: list[Draft] = []
        self.wrong: list[Wrong] = []
        self.said = 0
        self._rules = Rules(here)

    def take(self, line: solr.Line | solr.Fault) -> None:
        """Keep a line, skip it, or say what is wrong with it."""
        if isinstance(line, solr.Fault):
            self.wrong.append(Wrong(line.number, _fault(line)))
            return
        draft, earlier = line.draft, self.here.get(line.draft.signature())
        if earlier is None and self._rules.has(draft):
            self.said += 1
            return
        found = self._faults(draft, earlier)
        self.wrong.extend(Wrong(line.number, what.text) for what in found)
        if not found:
            self._rules.add(draft)
            self.drafts.append(draft)

    def _faults(self, draft: Draft, earlier: Draft | None) -> list[Objection]:
        """Say what is wrong; a rule that is here fits, unless it begins to work again and closes a circle."""
        if earlier is None:
            return faults_in_a_file(draft, self._rules)
        return list(circles(draft, self._rules)) if draft.active and not earlier.active else []


def _fault(line: solr.Fault) -> str:
    if line.why == "arrows":
        return _("there is more than one arrow (=>). A rule has one at most.")
    return _("“%(name)s” is no kind of rule that we know.") % {"name": line.text}


def _unknown(drafts: list[Draft]) -> Iterator[str]:
    """Give the sides that stand in no listing, each once."""
    try:
        vocabulary = index.engine().vocabulary()
    except EngineDownError:
        return
    sides = (side for draft in drafts for side in unknown(draft, lambda stem: vocabulary.count(stem) > 0))
    yield from dict.fromkeys(sides)


def write() -> str:
    """Give all rules as one text: those of the region first, then those of the product, each with its note."""
    rules = SynonymRule.objects.order_by("-source", "kind", "left", "pk")
    today = date_format(timezone.localdate(), "j F Y")
    heading = (
        _("Words of %(site)s, %(day)s") % {"site": settings.SITE_NAME, "day": today},
        _("Solr and Elasticsearch read the synonyms; lines with #: are only for this program."),
    )
    return "\n".join([*solr.write((rule.draft for rule in rules), heading), ""])


def summary(added: int, changed: int) -> str:
    """Say what was read in."""
    if not (added or changed):
        return _("All rules were here already. Nothing changed.")
    fresh = ngettext("%(count)s rule was added", "%(count)s rules were added", added) % {"count": added}
    other = ngettext("%(count)s was changed", "%(count)s were changed", changed) % {"count": changed}
    return f"{fresh}, {other}."
