"""What has changed and waits to be indexed. Each index remembers for itself how far it has read."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

KEPT = timedelta(days=14)


class ChangeQuerySet(models.QuerySet["Change"]):
    """Which changes remain."""

    def after(self, position: int) -> Self:
        """Keep what an index that has read up to `position` has not seen."""
        return self.filter(pk__gt=position).order_by("pk")

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
