"""What one import remembers from batch to batch."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from sociale_kaart.hsds.lineage import Lineage
from sociale_kaart.hsds.nested import Record
from sociale_kaart.hsds.places import Gazetteer
from sociale_kaart.hsds.report import Report
from sociale_kaart.hsds.rows import Shaper
from sociale_kaart.hsds.tables import Table
from sociale_kaart.hsds.telling import Touched

Key = tuple[str, str]


class Loose(NamedTuple):
    """A link to an object that was not there yet."""

    table: Table
    id: str
    column: str
    target: str
    number: int

    @property
    def goal(self) -> Key:
        """Give the key of the object that this should lead to."""
        return self.table.links[self.column], self.target


@dataclass
class Run:
    """State of one import.

    `own` holds the objects that have a record of their own in this source, `done` those of them that had their turn,
    `spoken` those that other records told about; all as hashes, to stay small.
    """

    source: str
    report: Report = field(default_factory=Report)
    shaper: Shaper = field(default_factory=Shaper)
    lineage: Lineage = field(default_factory=Lineage)
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    touched: Touched = field(default_factory=Touched)
    now: datetime = field(default_factory=timezone.now)
    own: set[int] = field(default_factory=set)
    done: set[int] = field(default_factory=set)
    spoken: set[int] = field(default_factory=set)
    loose: list[Loose] = field(default_factory=list)
    waiting: list[Record] = field(default_factory=list)
