"""Location: a place, with its addresses and how one gets in."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from core.rows_written import TellingQuerySet
from gebied.models import Municipality
from organisaties.models import Organization
from sociale_kaart.models.base import HsdsPart, HsdsRow

NORTH_POLE, DATE_LINE = 90, 180


class LocationType(models.TextChoices):
    """HSDS location_type."""

    PHYSICAL = "physical", _("physical")
    POSTAL = "postal", _("postal")
    VIRTUAL = "virtual", _("virtual")


class Location(HsdsRow, ClusterableModel):
    """HSDS location. A protected place (a refuge) never shows its address or position to anyone."""

    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="locations")
    location_type = models.CharField(max_length=10, choices=LocationType, default=LocationType.PHYSICAL)
    url = models.URLField(max_length=500, blank=True)
    name = models.CharField(_("name"), max_length=255, blank=True)
    alternate_name = models.CharField(max_length=255, blank=True)
    description = models.TextField(blank=True)
    transportation = models.TextField(_("how to get there"), blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    external_identifier = models.CharField(max_length=255, blank=True)
    external_identifier_type = models.CharField(max_length=255, blank=True)
    # Local layer
    protected = models.BooleanField(_("address is secret"), default=False)
    municipality = models.ForeignKey(Municipality, models.SET_NULL, null=True, blank=True, related_name="locations")

    objects = TellingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude=None) | models.Q(latitude__range=(-NORTH_POLE, NORTH_POLE)),
                name="a_latitude_is_between_the_poles",
            ),
            models.CheckConstraint(
                condition=models.Q(longitude=None) | models.Q(longitude__range=(-DATE_LINE, DATE_LINE)),
                name="a_longitude_is_on_the_globe",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.pk)

    def clean(self) -> None:
        """Say at the field what the database would refuse."""
        super().clean()
        problems = {}
        if self.latitude is not None and abs(self.latitude) > NORTH_POLE:
            problems["latitude"] = _("This is nowhere on earth. Example: 51.1545.")
        if self.longitude is not None and abs(self.longitude) > DATE_LINE:
            problems["longitude"] = _("This is nowhere on earth. Example: 3.2352.")
        if problems:
            raise ValidationError(problems)

    @property
    def position(self) -> tuple[float, float] | None:
        """Give (latitude, longitude) in degrees, or nothing when unknown or secret."""
        if self.protected or self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


class Address(HsdsPart):
    """HSDS address. state_province holds the province in Belgium."""

    location = ParentalKey(Location, on_delete=models.CASCADE, null=True, blank=True, related_name="addresses")
    attention = models.CharField(max_length=255, blank=True)
    address_1 = models.CharField(_("street and number"), max_length=255)
    address_2 = models.CharField(max_length=255, blank=True)
    city = models.CharField(_("place"), max_length=255)
    region = models.CharField(max_length=255, blank=True)
    state_province = models.CharField(max_length=255, blank=True)
    postal_code = models.CharField(_("postcode"), max_length=20)
    country = models.CharField(max_length=2, default="BE")
    address_type = models.CharField(max_length=10, choices=LocationType, default=LocationType.PHYSICAL)

    class Meta:
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return f"{self.address_1}, {self.postal_code} {self.city}"


class Accessibility(HsdsPart):
    """HSDS accessibility: one thing that helps people in."""

    location = ParentalKey(Location, on_delete=models.CASCADE, null=True, blank=True, related_name="accessibility")
    description = models.TextField(blank=True)
    details = models.TextField(blank=True)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name_plural = "accessibility"

    def __str__(self) -> str:
        return self.description
