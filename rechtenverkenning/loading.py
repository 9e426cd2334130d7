"""Brings the rights, questions and ceilings of the code into the database, and never over an editor's work."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Refusal
from organisaties.groups import COORDINATORS
from rechtenverkenning import seed
from rechtenverkenning.models import Question, Right, ThresholdValue, lines
from rechtenverkenning.stored_conditions import to_blocks
from sociale_kaart.models import LifeDomain, TaxonomyTerm

PLAIN_FIELDS = (
    "name", "summary", "client_text", "worker_text", "tip", "authority", "level", "executing_body", "automatic",
    "deadline", "amount_note", "amount_yearly", "sureness", "source_url", "legal_basis",
)  # fmt: skip
DATE_FIELDS = ("amount_on", "checked_on", "valid_from", "valid_to")
LINE_FIELDS = ("apply_channels", "documents")
CONDITION_FIELDS = ("conditions", "already", "hint_when")
MODELS = (Right, Question, ThresholdValue)


@dataclass
class Report:
    """What happened: counts, and the codes that were left alone because an editor changed them."""

    counts: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)


def _watch(rows: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    return rows


@transaction.atomic
def load(*, force: bool = False, watch: Callable[[list[dict[str, Any]]], Iterable[dict[str, Any]]] = _watch) -> Report:
    """Add what is new and renew what nobody changed here; `force` overwrites changes too.

    Safe to repeat. `watch` may draw progress. Raises Refusal when the needs or life domains are not there.
    """
    _require_vocabulary()
    report = Report()
    report.counts["questions"] = _load_questions()
    report.counts["ceilings"] = _load_thresholds()
    rows = seed.right_rows()
    outcomes = {row["code"]: _load_right(row, force=force) for row in rows}
    report.counts.update(outcomes.values())
    report.kept += [code for code, outcome in outcomes.items() if outcome == "kept"]
    fresh = [row for row in rows if outcomes[row["code"]] in ("created", "changed")]
    _publish(watch(fresh))
    _open_to_coordinators()
    return report


def _require_vocabulary() -> None:
    if not LifeDomain.objects.exists() or not TaxonomyTerm.objects.needs().exists():
        raise Refusal(_("Load the needs and life domains first: manage.py vocabulary_load."))


def _load_questions() -> int:
    """Add questions that are not there yet; existing words are the editors'."""
    known = set(Question.objects.values_list("fact", flat=True))
    missing = [row for row in seed.question_rows() if row["fact"] not in known]
    for row in missing:
        options = [{"type": "option", "value": option} for option in row.get("options", ())]
        phrases = [
            {"type": "phrase", "value": {"key": key, "text": text}} for key, text in row.get("phrases", {}).items()
        ]
        Question.objects.create(**{**row, "options": options, "phrases": phrases})
    return len(missing)


def _load_thresholds() -> int:
    """Add amounts that are not there yet; an amount is never changed, a newer one gets its own row."""
    known = set(ThresholdValue.objects.values_list("key", "household", "valid_from"))
    missing = [
        ThresholdValue(**row)
        for row in seed.threshold_rows()
        if (row["key"], row["household"], row["valid_from"]) not in known
    ]
    ThresholdValue.objects.bulk_create(missing)
    return len(missing)


def _fields_of(row: dict[str, Any]) -> dict[str, Any]:
    """Write a row of the seed as the fields of a Right."""
    fields: dict[str, Any] = {name: row.get(name, "") for name in PLAIN_FIELDS}
    fields["amount_yearly"] = bool(row.get("amount_yearly"))
    fields |= {name: row.get(name) for name in DATE_FIELDS}
    fields |= {name: "\n".join(row[name]) for name in LINE_FIELDS}
    return fields | {name: to_blocks(row[name]) for name in CONDITION_FIELDS}


def _digest_of(fields: dict[str, Any], themes: Iterable[str], domains: Iterable[str]) -> str:
    """Give one short text that changes when an editor changes anything that the seed writes."""
    content = {**fields, "themes": sorted(themes), "life_domains": sorted(domains)}
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def digest_of(right: Right) -> str:
    """Give the digest of what is in the database now."""
    fields: dict[str, Any] = {name: getattr(right, name) for name in (*PLAIN_FIELDS, *DATE_FIELDS)}
    fields |= {name: "\n".join(lines(getattr(right, name))) for name in LINE_FIELDS}
    for name in CONDITION_FIELDS:
        raw = getattr(right, name).raw_data
        fields[name] = [_without_ids(block) for block in raw]
    themes = right.themes.values_list("code", flat=True)
    return _digest_of(fields, themes, right.life_domains.values_list("code", flat=True))


def _without_ids(block: Any) -> Any:
    """Drop the ids that Wagtail gives to blocks: they say nothing about the content."""
    value = dict(block["value"])
    if "parts" in value:
        value["parts"] = [_without_ids(part) for part in value["parts"]]
    return {"type": block["type"], "value": value}


def _load_right(row: dict[str, Any], *, force: bool) -> str:
    """Add or renew one right. Returns created, changed, unchanged or kept."""
    fields = _fields_of(row)
    digest = _digest_of(fields, row["themes"], row["life_domains"])
    right = Right.objects.filter(code=row["code"]).first()
    if right is not None:
        edited = right.has_unpublished_changes or digest_of(right) != right.seed_digest
        if edited and not force:
            return "kept"
        if right.seed_digest == digest and not edited:
            return "unchanged"
    outcome = "changed" if right else "created"
    right = right or Right(code=row["code"])
    for name, value in fields.items():
        setattr(right, name, value)
    right.seed_digest = digest
    right.themes = TaxonomyTerm.objects.needs().filter(code__in=row["themes"])
    right.life_domains = LifeDomain.objects.filter(code__in=row["life_domains"])
    right.save()
    return outcome


def _publish(rows: Iterable[dict[str, Any]]) -> None:
    """Tie rights to each other now that they all exist, and publish them; ties that an editor made stay."""
    rights = {right.code: right for right in Right.objects.prefetch_related("related")}
    for row in rows:
        right = rights[row["code"]]
        if not right.related.exists():
            right.related = [rights[code] for code in row["related"] if code in rights]
        right.save_revision().publish()


def _open_to_coordinators() -> None:
    """Let the network coordinators edit and publish what the checklist says."""
    group, _new = Group.objects.get_or_create(name=COORDINATORS)
    names = [model._meta.model_name for model in MODELS]
    may = Permission.objects.filter(content_type__app_label="rechtenverkenning", content_type__model__in=names)
    admin = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    group.permissions.add(*may, *admin)
