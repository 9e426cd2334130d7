"""What the region lacks: need × place × day, and nothing about a person."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gebied.models import Municipality
from sociale_kaart.models.taxonomy import TaxonomyTerm


class GapOrigin(models.TextChoices):
    """Where it was noticed."""

    SEARCH = "search", _("nothing found")
    REFUSAL = "refusal", _("refused, nothing else exists")


class Gap(models.Model):
    """One time that help was looked for and does not exist. No free text, so that no one can be in it."""

    day = models.DateField(default=timezone.localdate)
    origin = models.CharField(max_length=10, choices=GapOrigin)
    need = models.ForeignKey(TaxonomyTerm, models.SET_NULL, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(Municipality, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-day", "pk"]

    def __str__(self) -> str:
        return f"{self.day} {self.get_origin_display()}"
