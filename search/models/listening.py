"""What people look for and what the region lacks, as counts: no person, no session, no moment of the day."""

import hashlib
from datetime import date, timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sociale_kaart.models import TaxonomyTerm

KEPT = timedelta(days=180)
WORDS_KEPT = timedelta(days=365)
LONGEST_TEXT = 80
LONGEST_WORDS = 140
LONGEST_STEP = 60


def digest(*parts: object) -> str:
    """Name a row after what it counts: a number that rises would tell who asked after whom."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32]


class Correction(models.TextChoices):
    """What happened to the words that we thought were meant."""

    SHOWN = "shown", _("the results follow the correction")
    REJECTED = "rejected", _("searched for what was typed after all")


class AskedQuerySet(models.QuerySet["Asked"]):
    """Which counts remain."""

    def since(self, day: date) -> Self:
        """Keep what was asked on this day or later."""
        return self.filter(day__gte=day)

    def forgotten(self, today: date) -> Self:
        """Keep what is older than we want to know."""
        return self.filter(day__lt=today - KEPT)


class Asked(models.Model):
    """One question on one day, however many people asked it. What it counts stands above the line, counts below."""

    id = models.CharField(primary_key=True, max_length=32)
    day = models.DateField(db_index=True)
    text = models.CharField(max_length=LONGEST_TEXT)
    zone = models.CharField(max_length=80, blank=True)
    filters = models.CharField(max_length=120, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    found = models.BooleanField(default=True)
    correction = models.CharField(max_length=10, choices=Correction, blank=True)
    meant = models.CharField(max_length=LONGEST_TEXT, blank=True)
    # Counts. `narrowed` = the same question again with other filters; `low` = opened below the fifth place.
    times = models.PositiveIntegerField(default=0)
    narrowed = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    milliseconds = models.PositiveBigIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    low = models.PositiveIntegerField(default=0)
    rank_sum = models.PositiveIntegerField(default=0)

    objects = AskedQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "text", "id"]

    class Privacy:
        personal: list[str] = []
        retained = [
            "id", "day", "text", "zone", "filters", "level", "found", "correction", "meant", "times", "narrowed",
            "total", "milliseconds", "opened", "low", "rank_sum",
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.day} {self.text}"


class Opened(models.Model):
    """How often one service was opened from results on one day, whatever was asked."""

    id = models.CharField(primary_key=True, max_length=32)
    day = models.DateField(db_index=True)
    service_id = models.CharField(max_length=100, db_index=True)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "service_id"]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "day", "service_id", "times"]

    def __str__(self) -> str:
        return f"{self.day} {self.service_id}"


class Popularity(models.Model):
    """How much lift the openings of the last ninety days give a service, from 0 to 1; made at night."""

    service_id = models.CharField(primary_key=True, max_length=100)
    value = models.FloatField()

    class Meta:
        ordering = ["service_id"]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.value}"


class GapWords(models.Model):
    """What exactly is missing, in the words of who reported it; tied to a need and a month, not to a place or a day."""

    need = models.ForeignKey(TaxonomyTerm, models.CASCADE, related_name="+")
    month = models.DateField()
    words = models.CharField(max_length=LONGEST_WORDS)

    class Meta:
        ordering = ["words", "pk"]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "need", "month", "words"]

    def __str__(self) -> str:
        return self.words


class GapStep(models.Model):
    """What the network does about one need that is lacking: a few words, with the day they were written."""

    need = models.OneToOneField(TaxonomyTerm, models.CASCADE, related_name="+")
    text = models.CharField(_("What now?"), max_length=LONGEST_STEP)
    since = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["need"]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "need", "text", "since"]

    def __str__(self) -> str:
        return self.text
