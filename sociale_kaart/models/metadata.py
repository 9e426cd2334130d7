"""Metadata: what happened to a row, as HSDS tells it."""

from django.db import models

from sociale_kaart.models.base import HsdsRow


class Metadata(HsdsRow):
    """HSDS metadata. A first creation has an empty previous value."""

    resource_id = models.CharField(max_length=100, db_index=True)
    resource_type = models.CharField(max_length=60)
    last_action_date = models.DateField()
    last_action_type = models.CharField(max_length=60)
    field_name = models.CharField(max_length=120)
    previous_value = models.TextField(blank=True)
    replacement_value = models.TextField(blank=True)
    updated_by = models.CharField(max_length=255)

    class Meta:
        ordering = ["-last_action_date", "pk"]
        verbose_name_plural = "metadata"

    def __str__(self) -> str:
        return f"{self.resource_type} {self.last_action_type}"
