"""When the indexes were compared with the catalogue, what was found, and up to which day the calendar was followed."""

import socket
from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

KEPT = timedelta(days=180)
LONGEST_NAME = 100


def this_node() -> str:
    """Give the name of the machine: each has an index of its own."""
    return socket.gethostname()[:LONGEST_NAME]


class CheckQuerySet(models.QuerySet["Check"]):
    """Which checks remain."""

    def here(self) -> Self:
        """Keep those made on this machine."""
        return self.filter(node=this_node())

    def forgotten(self) -> Self:
        """Keep what nobody looks at any more."""
        return self.filter(at__lt=timezone.now() - KEPT)


class Check(models.Model):
    """One comparison of one index. `index` is the name of its engine; no ids, they stand in the log of the command."""

    index = models.CharField(max_length=20)
    node = models.CharField(max_length=LONGEST_NAME, default=this_node)
    at = models.DateTimeField(default=timezone.now)
    records = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    stale = models.PositiveIntegerField()
    orphaned = models.PositiveIntegerField()
    repaired = models.BooleanField(default=False)
    milliseconds = models.PositiveBigIntegerField(default=0)

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.index} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.missing or self.stale or self.orphaned)


class Rolled(models.Model):
    """A day on which services were noted that read differently because of the calendar alone."""

    day = models.DateField(unique=True)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return str(self.day)
