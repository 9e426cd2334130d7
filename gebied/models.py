"""Places, with their codes of before and after the mergers of 2025."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrimaryCareZone(models.Model):
    """Eerstelijnszone: the area of one care council, such as WE40."""

    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ReferenceRegion(models.Model):
    """Referentieregio: one of the fifteen Flemish regions for cooperation between municipalities."""

    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Which municipalities remain."""

    def coded(self, code: str) -> Self:
        """Keep the municipality with this NIS code, of 2025 or of before."""
        return self.filter(models.Q(nis=code) | self._once(nis=code))

    def named(self, name: str) -> Self:
        """Keep the municipality of this name, upper or lower case, of today or of before the mergers."""
        return self.filter(models.Q(name__iexact=name) | self._once(name__iexact=name))

    def _once(self, **former: str) -> models.Q:
        """Mean what a municipality of before the mergers is part of now."""
        return models.Q(pk__in=FormerMunicipality.objects.filter(**former).values("municipality"))


class Municipality(models.Model):
    """A Belgian municipality as it is since 2025."""

    nis = models.CharField(_("NIS code"), max_length=5, primary_key=True)
    name = models.CharField(max_length=80)
    name_fr = models.CharField(max_length=80, blank=True)
    province = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=60, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    population = models.PositiveIntegerField(null=True)
    zones = models.ManyToManyField(PrimaryCareZone, related_name="municipalities", blank=True)
    reference_regions = models.ManyToManyField(ReferenceRegion, related_name="municipalities", blank=True)
    boundary = models.JSONField(null=True, help_text="GeoJSON geometry, WGS84, 4 decimals; Flanders and Brussels only.")

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        return self.name


class FormerMunicipality(models.Model):
    """A code of 2019 and the municipality that it belongs to since 2025."""

    nis = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=80)
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="former")

    class Meta:
        ordering = ["nis"]

    def __str__(self) -> str:
        return self.name


class PlaceQuerySet(models.QuerySet["Place"]):
    """Which places remain."""

    def matching(self, text: str) -> Self:
        """Keep the places that a person means by a postcode, a name, or both ("8210 Zedelgem")."""
        words = text.replace(",", " ").split()
        postcodes = [word for word in words if word.isdigit()]
        name = " ".join(word for word in words if not word.isdigit())
        found = self
        if postcodes:
            found = found.filter(postcode__in=postcodes)
        if name:
            found = found.filter(models.Q(name__iexact=name) | models.Q(municipality__name__iexact=name))
        return found if words else self.none()


class Place(models.Model):
    """A sub-municipality (deelgemeente) or village under one postcode."""

    postcode = models.CharField(max_length=4, db_index=True)
    name = models.CharField(max_length=120, db_index=True)
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="places")
    latitude = models.FloatField()
    longitude = models.FloatField()

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["postcode", "name"]
        constraints = [
            models.UniqueConstraint(fields=["postcode", "name"], name="a_place_is_named_once_under_a_postcode"),
        ]

    def __str__(self) -> str:
        return f"{self.postcode} {self.name}"
