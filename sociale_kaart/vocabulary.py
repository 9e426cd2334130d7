"""The network's own words, read from one file: the sixteen needs and their parts, target groups, life domains."""

import tomllib
import uuid
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from sociale_kaart.models import LifeDomain, Taxonomy, TaxonomyTerm

FILE = Path(__file__).parent / "data" / "vocabularies.toml"
NEEDS, NEED_PARTS, TARGET_GROUPS, LIFE_DOMAINS = "needs", "need_parts", "target_groups", "life_domains"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://dorpel.example/sociale-kaart/")


def fixed_id(*parts: str) -> str:
    """Give the id that the same parts always get, on every installation."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(parts)))


def term_id(vocabulary: str, code: str) -> str:
    """Give the id of one of our own terms."""
    return fixed_id("term", vocabulary, code)


@cache
def read() -> dict[str, dict[str, Any]]:
    """Read the file: per vocabulary its `name` and its `terms`, in order."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@transaction.atomic
def load() -> dict[str, int]:
    """Add what is not there yet; a row that exists is an editor's and stays as it is. Return how many were added."""
    vocabularies = read()
    added = {name: _load_terms(name, content) for name, content in vocabularies.items()}
    added["domains"] = _load_domains(vocabularies[LIFE_DOMAINS]["terms"])
    return added


def _load_terms(vocabulary: str, content: dict[str, Any]) -> int:
    taxonomy, _new = Taxonomy.objects.get_or_create(
        pk=fixed_id("taxonomy", vocabulary), defaults={"name": content["name"], "vocabulary": vocabulary}
    )
    known = set(TaxonomyTerm.objects.filter(vocabulary=vocabulary).values_list("pk", flat=True))
    terms = [
        TaxonomyTerm(
            pk=term_id(vocabulary, row["code"]),
            taxonomy=taxonomy,
            vocabulary=vocabulary,
            code=row["code"],
            name=row["name"],
            description=row.get("hint", ""),
            language="nl",
            icon=row.get("icon", ""),
            position=position,
            parent_id=term_id(NEEDS, row["of"]) if "of" in row else None,
        )
        for position, row in enumerate(content["terms"], start=1)
    ]
    missing = [term for term in terms if term.pk not in known]
    TaxonomyTerm.objects.bulk_create(missing)
    return len(missing)


def _load_domains(rows: list[dict[str, Any]]) -> int:
    known = set(LifeDomain.objects.values_list("pk", flat=True))
    missing = {
        row["code"]: LifeDomain(
            code=row["code"],
            name=row["name"],
            icon=row["icon"],
            questions=row["questions"].strip(),
            position=position,
            help_now=row.get("help_now", False),
        )
        for position, row in enumerate(rows, start=1)
        if row["code"] not in known
    }
    LifeDomain.objects.bulk_create(missing.values())
    needs = dict(TaxonomyTerm.objects.filter(vocabulary=NEEDS).values_list("code", "pk"))
    tie = LifeDomain.needs.through
    tie.objects.bulk_create(
        tie(lifedomain_id=row["code"], taxonomyterm_id=needs[code])
        for row in rows
        if row["code"] in missing
        for code in row["needs"]
    )
    return len(missing)
