"""Phone, contact and language: how people reach a service and in which words."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from core.phones import is_callable
from organisaties.models import Organization
from sociale_kaart.models.base import HsdsPart, HsdsRow
from sociale_kaart.models.location import Location
from sociale_kaart.models.service import Service, ServiceAtLocation
from sociale_kaart.spoken import name_of


class Contact(HsdsRow):
    """HSDS contact: a desk or a function; the network asks for no names of persons."""

    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="contacts")
    service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True, related_name="contacts")
    service_at_location = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, null=True, blank=True, related_name="contacts"
    )
    location = models.ForeignKey(Location, models.CASCADE, null=True, blank=True, related_name="contacts")
    name = models.CharField(max_length=255, blank=True)
    title = models.CharField(_("function"), max_length=255, blank=True)
    department = models.CharField(max_length=255, blank=True)
    email = models.EmailField(max_length=254, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title or self.name or self.department


class Phone(HsdsPart):
    """HSDS phone."""

    organization = ParentalKey(Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="phones")
    service = ParentalKey(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="phones")
    service_at_location = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, null=True, blank=True, related_name="phones"
    )
    location = ParentalKey(Location, on_delete=models.CASCADE, null=True, blank=True, related_name="phones")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="phones")
    number = models.CharField(_("number"), max_length=60)
    extension = models.CharField(max_length=20, blank=True)
    type = models.CharField(max_length=20, blank=True)
    description = models.TextField(_("when or for what"), blank=True)

    class Meta:
        ordering = ["sort_order", "pk"]

    def clean(self) -> None:
        """Ask for a number that can be called."""
        if not is_callable(self.number):
            raise ValidationError({"number": _("This is no number to call. Write it like: 050 00 00 00.")})

    def __str__(self) -> str:
        return self.number


class Language(HsdsPart):
    """HSDS language: spoken at a service, a location or a phone."""

    service = ParentalKey(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="languages")
    location = models.ForeignKey(Location, models.CASCADE, null=True, blank=True, related_name="languages")
    phone = models.ForeignKey(Phone, models.CASCADE, null=True, blank=True, related_name="languages")
    name = models.CharField(_("language"), max_length=120, blank=True)
    code = models.CharField(_("code"), max_length=10, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name or self.code

    def save(self, *args: object, **kwargs: object) -> None:
        """Name the language when only its code was chosen."""
        self.name = self.name or name_of(self.code)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
