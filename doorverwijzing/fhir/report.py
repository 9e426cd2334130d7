"""What an import tells afterwards: each resource had exactly one of three outcomes, and each oddity is one sentence."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doorverwijzing.fhir.reading import Fault, Found
from doorverwijzing.fhir.reasons import WHY

TAKEN, KEPT, REJECTED = "taken", "kept_aside", "rejected"


@dataclass
class Report:
    """Counts and problems of a run; names of resources and rules, never what is in them."""

    counts: Counter[str] = field(default_factory=Counter)
    new: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    referrals: list[dict[str, Any]] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Every resource that was looked at."""
        return sum(self.counts[outcome] for outcome in (TAKEN, KEPT, REJECTED))

    def taken(self, found: Found) -> None:
        """Count a resource that is part of a referral now, or was before."""
        self.counts[TAKEN] += 1

    def kept(self, found: Found, why: str, *, new: bool) -> None:
        """Count a resource that was kept aside."""
        self.counts[KEPT] += 1
        self.new += new
        self.tell(found, why, outcome=KEPT)

    def rejected(self, found: Found, why: str) -> None:
        """Count a resource of which nothing was kept."""
        self.counts[REJECTED] += 1
        self.tell(found, why, outcome=REJECTED)

    def tell(self, found: Found, why: str, *, outcome: str = "", where: str = "") -> None:
        """Say something about a resource."""
        said = {"file": found.file, "entry": found.entry, "resource": found.kind, "field": where, "outcome": outcome}
        self.problems.append({**said, "why": why, "reason": str(WHY[why])})

    def fault(self, fault: Fault) -> None:
        """Count something that could not be read."""
        self.counts[REJECTED] += 1
        said = {"file": fault.file, "line": fault.line, "entry": fault.entry, "resource": fault.kind}
        self.problems.append({**said, "outcome": REJECTED, "why": "unreadable", "reason": fault.reason})

    def unreadable(self, reason: str) -> None:
        """Say that nothing could be read."""
        self.problems.append({"outcome": "", "why": "unreadable", "reason": reason})

    def as_json(self) -> dict[str, Any]:
        """Give everything, for machines."""
        counts = {name: self.counts[name] for name in (TAKEN, KEPT, REJECTED)}
        return {"read": self.read, **counts, "new": self.new, "referrals": self.referrals, "problems": self.problems}

    def write(self, path: Path) -> None:
        """Write the report."""
        path.write_text(json.dumps(self.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
