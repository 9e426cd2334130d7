"""What has changed and waits to be indexed. Each index remembers for itself how far it has read."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from search.models.numbers import Numbers

KEPT = timedelta(days=14)
# A database does not take a condition of any length; what is left out of it is only read twice.
MOST_RANGES = 300


class ChangeQuerySet(models.QuerySet["Change"]):
    """Which changes remain."""

    def after(self, position: int) -> Self:
        """Keep what an index that has read up to `position` has not seen."""
        return self.filter(pk__gt=position).order_by("pk")

    def outside(self, read: Numbers) -> Self:
        """Keep those whose number is none of these."""
        within = models.Q()
        for pair in read.ranges[:MOST_RANGES]:
            within |= models.Q(pk__range=pair)
        return self.exclude(within) if within else self

    def forgotten(self) -> Self:
        """Keep what is so old that every index that lives has read it."""
        return self.filter(at__lt=timezone.now() - KEPT)


class Change(models.Model):
    """One service whose record may differ now; written in the transaction of the change itself."""

    service_id = models.CharField(max_length=100)
    at = models.DateTimeField(default=timezone.now)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.service_id}"
