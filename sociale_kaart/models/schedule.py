"""Schedule: when something is open, in the parts of an RRULE."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from sociale_kaart.models.base import HsdsPart
from sociale_kaart.models.location import Location
from sociale_kaart.models.service import Service, ServiceAtLocation


class Frequency(models.TextChoices):
    """HSDS freq."""

    WEEKLY = "WEEKLY", _("weekly")
    MONTHLY = "MONTHLY", _("monthly")


class Schedule(HsdsPart):
    """HSDS schedule. A row without opening times but with dates and notes is a closure or an exception."""

    service = ParentalKey(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="schedules")
    location = ParentalKey(Location, on_delete=models.CASCADE, null=True, blank=True, related_name="schedules")
    service_at_location = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, null=True, blank=True, related_name="schedules"
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    dtstart = models.DateField(null=True, blank=True)
    timezone = models.FloatField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
    wkst = models.CharField(max_length=2, blank=True)
    freq = models.CharField(_("rhythm"), max_length=10, choices=Frequency, blank=True, default=Frequency.WEEKLY)
    interval = models.PositiveIntegerField(null=True, blank=True)
    byday = models.CharField(_("days (MO,TU,WE,TH,FR,SA,SU)"), max_length=60, blank=True)
    byweekno = models.CharField(max_length=120, blank=True)
    bymonthday = models.CharField(max_length=120, blank=True)
    byyearday = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)
    schedule_link = models.URLField(max_length=500, blank=True)
    attending_type = models.TextField(blank=True)
    notes = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["sort_order", "pk"]

    def clean(self) -> None:
        """Ask for both times, or for the days of a closure."""
        if (self.opens_at is None) != (self.closes_at is None):
            raise ValidationError({"closes_at": _("Fill in both times: from when and until when.")})
        if self.opens_at is None and not (self.valid_from or self.valid_to or self.notes):
            raise ValidationError({"opens_at": _("Fill in the hours. For a closure: fill in from when until when.")})
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The last day comes before the first. Turn them around.")})

    def __str__(self) -> str:
        return f"{self.byday} {self.opens_at}-{self.closes_at}"
