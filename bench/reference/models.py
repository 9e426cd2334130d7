"""One table with what Wagtail's search can take: a title, a text, and single values to filter and count by."""

from django.db import models
from wagtail.search import index

FACETS = ("category", "area", "target", "language", "cost", "referral")


class Listing(index.Indexed, models.Model):
    """One record of the invented catalogue; of several values only the first, more is not offered there."""

    title = models.CharField(max_length=200)
    body = models.TextField()
    category = models.CharField(max_length=200, blank=True, db_index=True)
    area = models.CharField(max_length=200, blank=True, db_index=True)
    target = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, blank=True)
    cost = models.CharField(max_length=20, blank=True)
    referral = models.CharField(max_length=20, blank=True)

    search_fields = (
        index.SearchField("title", boost=5),
        index.SearchField("body"),
        *(index.FilterField(name) for name in FACETS),
    )

    class Meta:
        app_label = "bench_reference"

    def __str__(self) -> str:
        return self.title
