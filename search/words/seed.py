"""Plants the rules that come with the product, and brings them up to date without touching what editors did."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.apps.registry import Apps
from django.utils import timezone

from search.language.lexicon import COMPOUND_RULES, DATA, read_rules
from search.rules import solr
from search.rules.draft import PART, WHOLE, Draft, in_one_line
from search.rules.synonyms import SEEDS


def shipped_rules() -> Iterator[Draft]:
    """Read the lists in `search/language/data`."""
    for name in SEEDS:
        found = solr.read((DATA / name).read_text(encoding="utf-8"))
        yield from (line.draft for line in found if isinstance(line, solr.Line))
    parts, whole = read_rules((DATA / COMPOUND_RULES).read_text(encoding="utf-8"))
    yield from (Draft(PART, (word,)) for word in sorted(parts))
    yield from (Draft(WHOLE, (word,)) for word in sorted(whole))


def plant(apps: Apps, *, using: str) -> bool:
    """Add shipped rules that were never here and take out those that are no longer shipped; tell whether any moved.

    A rule that an editor changed or switched off stays as it is. `apps` are the models as far as they are migrated.
    """
    try:
        rules = apps.get_model("search", "SynonymRule").objects.using(using)
    except LookupError:
        return False
    shipped = {draft.signature(): draft for draft in shipped_rules()}
    here = list(rules.order_by("pk").values("pk", "signature", "origin", "active"))
    known = {row["signature"] for row in here} | {row["origin"] for row in here}
    moment = timezone.now()
    fresh = [_row(rules.model, draft, name, moment) for name, draft in shipped.items() if name not in known]
    rules.bulk_create(fresh)
    gone, _per_model = rules.filter(pk__in=list(_no_longer_shipped(here, shipped))).delete()
    return bool(fresh or gone)


def _no_longer_shipped(here: Iterable[Mapping[str, Any]], shipped: dict[str, Draft]) -> Iterator[int]:
    """Give the rules that came with an earlier version and that nobody touched."""
    for row in here:
        untouched = row["active"] and row["origin"] == row["signature"]
        if untouched and row["origin"] not in shipped:
            yield row["pk"]


def _row(model: Any, draft: Draft, name: str, moment: datetime) -> Any:
    return model(
        kind=draft.kind, left=in_one_line(draft.left), right=in_one_line(draft.right), note=draft.note,
        source="product", signature=name, origin=name, created_at=moment, changed_at=moment,
    )  # fmt: skip
