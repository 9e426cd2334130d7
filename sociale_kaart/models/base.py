"""What every HSDS row has: its own id, and a place for what the standard does not know."""

from django.db import models

from core.rows_written import TellingQuerySet
from organisaties.models import new_id


class HsdsRow(models.Model):
    """`extra` keeps fields of an import that HSDS does not name, so that nothing is lost."""

    id = models.CharField(primary_key=True, max_length=100, default=new_id, editable=False)
    extra = models.JSONField(default=dict, blank=True, editable=False)

    objects = TellingQuerySet["HsdsRow"].as_manager()

    class Meta:
        abstract = True


class HsdsPart(HsdsRow):
    """A row that belongs to another one, in an order that an editor chooses: the first phone is the one to call."""

    sort_order = models.IntegerField(default=0, editable=False)
    sort_order_field = "sort_order"

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]
