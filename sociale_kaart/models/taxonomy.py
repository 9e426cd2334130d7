"""The words by which people look: taxonomies, terms, the life domains, and what is tagged with them."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from core.rows_written import TellingQuerySet
from sociale_kaart.models.base import HsdsRow
from sociale_kaart.models.service import Service


class Taxonomy(HsdsRow):
    """HSDS taxonomy. `vocabulary` names the network's own ones: "needs" and "target_groups"."""

    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    uri = models.URLField(max_length=500, blank=True)
    version = models.CharField(max_length=60, blank=True)
    vocabulary = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "taxonomies"

    def __str__(self) -> str:
        return self.name


class TaxonomyTermQuerySet(TellingQuerySet["TaxonomyTerm"]):
    """Which terms remain."""

    def needs(self) -> Self:
        """Keep the sixteen needs, in the order of the home page."""
        return self.filter(vocabulary="needs").order_by("position")

    def target_groups(self) -> Self:
        """Keep the groups of people, in their order."""
        return self.filter(vocabulary="target_groups").order_by("position")


class TaxonomyTerm(HsdsRow):
    """HSDS taxonomy_term. `name` is what the client reads; `icon` and `position` draw the home page."""

    taxonomy = models.ForeignKey(Taxonomy, models.CASCADE, null=True, blank=True, related_name="terms")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    code = models.CharField(_("code"), max_length=120, blank=True, db_index=True)
    name = models.CharField(_("name"), max_length=255)
    description = models.TextField(_("examples, in the words of people"), blank=True)
    language = models.CharField(max_length=20, blank=True)
    term_uri = models.URLField(max_length=500, blank=True)
    # Local layer
    vocabulary = models.CharField(max_length=40, blank=True, editable=False, db_index=True)
    icon = models.CharField(_("icon"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TaxonomyTermQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self) -> str:
        return self.name


class Attribute(HsdsRow):
    """HSDS attribute: ties a term to a row of any table. `service` is filled when the row is a service."""

    link_id = models.CharField(max_length=100, db_index=True, editable=False)
    link_entity = models.CharField(max_length=60, editable=False)
    link_type = models.CharField(max_length=120, blank=True)
    taxonomy_term = models.ForeignKey(TaxonomyTerm, models.CASCADE, related_name="attributes")
    value = models.TextField(blank=True)
    label = models.CharField(max_length=255, blank=True)
    service = ParentalKey(
        Service, on_delete=models.CASCADE, null=True, blank=True, editable=False, related_name="attributes"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.link_entity}: {self.taxonomy_term}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Let the link follow the service."""
        if self.service_id:
            self.link_id, self.link_entity = self.service_id, "service"
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class LifeDomain(models.Model):
    """One of the fifteen parts of a life that a conversation may touch; editable text of the CMS."""

    code = models.SlugField(_("code"), max_length=20, primary_key=True)
    name = models.CharField(_("name for the client"), max_length=80)
    questions = models.TextField(_("questions that help, one per line"), blank=True)
    icon = models.CharField(_("icon"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    needs = models.ManyToManyField(TaxonomyTerm, verbose_name=_("needs"), related_name="life_domains", blank=True)
    help_now = models.BooleanField(_("show the help lines"), default=False)

    class Meta:
        ordering = ["position"]
        verbose_name = _("life domain")
        verbose_name_plural = _("life domains")

    def __str__(self) -> str:
        return self.name
