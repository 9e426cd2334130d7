"""What surrounds a service: area, cost, documents, money behind it, capacity and web pages."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from organisaties.models import Organization
from sociale_kaart.areas import node_of
from sociale_kaart.models.base import HsdsPart, HsdsRow
from sociale_kaart.models.service import Service, ServiceAtLocation


class ServiceArea(HsdsPart):
    """HSDS service_area. `node` is our own key of the area: see `sociale_kaart.areas`."""

    service = ParentalKey(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="service_areas")
    service_at_location = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, null=True, blank=True, related_name="service_areas"
    )
    name = models.CharField(_("municipality, zone or region"), max_length=255, blank=True)
    description = models.TextField(blank=True)
    extent = models.TextField(blank=True)
    extent_type = models.CharField(max_length=20, blank=True)
    uri = models.URLField(max_length=500, blank=True)
    node = models.CharField(max_length=80, blank=True, db_index=True, editable=False)

    class Meta:
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an area that we do not know: nobody would find the service there."""
        if self.name and not node_of(self.name):
            message = _("We do not know “%(name)s”. Write a municipality, a postcode, a zone like WE40, or Vlaanderen.")
            raise ValidationError({"name": message % {"name": self.name}})

    def save(self, *args: object, **kwargs: object) -> None:
        """Let the node follow the name."""
        self.node = node_of(self.name) or self.node
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class CostOption(HsdsPart):
    """HSDS cost_option: one price."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="cost_options")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    option = models.CharField(_("for whom"), max_length=255, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    amount = models.DecimalField(_("amount in euro"), max_digits=12, decimal_places=2, null=True, blank=True)
    amount_description = models.TextField(_("in words"), blank=True)

    class Meta:
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.amount_description or self.option


class RequiredDocument(HsdsPart):
    """HSDS required_document: what to bring along."""

    service = ParentalKey(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="required_documents")
    document = models.TextField(_("what to bring"), blank=True)
    uri = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.document


class Funding(HsdsRow):
    """HSDS funding: where the money comes from."""

    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="funding")
    service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True, related_name="funding")
    source = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "funding"

    def __str__(self) -> str:
        return self.source


class Unit(HsdsRow):
    """HSDS unit: what a capacity counts, such as beds."""

    name = models.CharField(max_length=255)
    scheme = models.CharField(max_length=255, blank=True)
    identifier = models.CharField(max_length=255, blank=True)
    uri = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ServiceCapacity(HsdsRow):
    """HSDS service_capacity: how much room there is, and when that was written down."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="capacities")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="capacities")
    available = models.FloatField(_("free"))
    maximum = models.FloatField(_("in all"), null=True, blank=True)
    description = models.TextField(blank=True)
    updated = models.DateTimeField()

    class Meta:
        ordering = ["-updated", "pk"]
        verbose_name_plural = "service capacities"

    def __str__(self) -> str:
        return f"{self.available:g} {self.unit}"


class Url(HsdsRow):
    """HSDS url: one more web page of an organization or a service."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="additional_websites"
    )
    service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True, related_name="additional_urls")
    label = models.CharField(max_length=255, blank=True)
    url = models.URLField(max_length=500)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label or self.url
