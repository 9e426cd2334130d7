"""A number that stands for all that a record says: two records with the same number read the same."""

import hashlib
import json
from typing import Any

from search.records.doc import SearchDoc


def fingerprint(doc: SearchDoc) -> int:
    """Give 63 bits of what the record holds, alike in every process.

    The lists by which compounds are taken apart are left out: a changed list has its own way of renewing listings.
    """
    said = [
        [(passage.weight, passage.text) for passage in doc.passages],
        doc.name, doc.facets, doc.areas, doc.area_size, doc.at, doc.parts, doc.slots, doc.closed,
        doc.latitude, doc.longitude, doc.verified_day, doc.popularity, doc.visible_to, doc.card,
    ]  # fmt: skip
    written = json.dumps(said, default=_plain, sort_keys=True, separators=(",", ":"))
    return int.from_bytes(hashlib.blake2b(written.encode(), digest_size=8).digest()) >> 1


def _plain(value: Any) -> Any:
    """Give what JSON does not know: sets in a fixed order, other mappings as their items."""
    return sorted(value) if isinstance(value, (set, frozenset)) else dict(value)
