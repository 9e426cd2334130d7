"""What could not be taken: sealed, with why, for thirty days; the same thing once. Nobody reads it on a screen.

What came along with a question that was taken, and points at that person alone, stands in their file and goes with it.
"""

import json
from collections.abc import Iterable

from django.utils import timezone

from core import audit
from core.short_codes import keyed_hash
from doorverwijzing.fhir.codes import Json
from doorverwijzing.models import KeptAside, Referral

BATCH = 500


def _written(resource: Json) -> tuple[str, str]:
    """Give a resource as text in one fixed form, and its keyed hash."""
    raw = json.dumps(resource, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return raw, keyed_hash(raw)


def keep_aside(resource: Json, *, why: str, source: str, whose: Referral | None = None) -> bool:
    """Keep one resource, already clean of national numbers. Tell whether it is new here."""
    raw, digest = _written(resource)
    kept, new = KeptAside.objects.get_or_create(
        digest=digest,
        defaults={"kind": resource["resourceType"], "why": why, "raw": raw, "source": source, "referral": whose},
    )
    if whose and kept.referral_id is None:
        KeptAside.objects.filter(pk=kept.pk, referral=None).update(referral=whose)
    if new:
        audit.record("fhir.kept_aside", subject=kept, by=audit.SYSTEM, kind=kept.kind, why=why)
    return new


def forget(resources: Iterable[Json]) -> None:
    """Drop what was kept aside, now that it was taken after all."""
    digests = [_written(resource)[1] for resource in resources]
    for first in range(0, len(digests), BATCH):
        KeptAside.objects.filter(digest__in=digests[first : first + BATCH]).delete()


def forget_old() -> int:
    """Destroy what was kept aside longer than it may; safe to run at any time."""
    deleted, _per_model = KeptAside.objects.filter(keep_until__lt=timezone.localdate()).delete()
    return deleted
