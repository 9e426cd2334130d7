"""Service: one thing that an organization does for people."""

from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from core.rows_written import TellingQuerySet
from organisaties.models import Organization
from sociale_kaart.models.base import HsdsPart, HsdsRow
from sociale_kaart.models.location import Location

if TYPE_CHECKING:
    from sociale_kaart.models.contact import Phone

# Working days: whoever asks does not wait longer unseen, whatever a listing promises.
LONGEST_PROMISE = 20


class Program(HsdsRow):
    """HSDS program: a name under which several services run."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="programs")
    name = models.CharField(max_length=255)
    alternate_name = models.CharField(max_length=255, blank=True)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Status(models.TextChoices):
    """HSDS status of a service."""

    ACTIVE = "active", _("active")
    INACTIVE = "inactive", _("not active")
    DEFUNCT = "defunct", _("stopped")
    TEMPORARILY_CLOSED = "temporarily closed", _("closed for a while")


class ReferralWay(models.TextChoices):
    """How someone gets in."""

    SELF = "self", _("come or call yourself")
    PHONE_FIRST = "phone_first", _("call first")
    WORKER = "worker", _("through a worker")
    FORM = "form", _("with a form")


class CostKind(models.TextChoices):
    """What it costs, roughly; the words stand in `fees_description`."""

    FREE = "free", _("free")
    LOW = "low", _("small amount")
    INCOME = "income", _("according to income")
    PAID = "paid", _("paid")


class ServiceQuerySet(TellingQuerySet["Service"]):
    """Which services remain."""

    def public(self) -> Self:
        """Keep what everyone may find: published, running, and of a published organization."""
        running = [Status.ACTIVE, Status.TEMPORARILY_CLOSED]
        return self.filter(live=True, status__in=running, organization__live=True)

    def of(self, organization: Organization) -> Self:
        """Keep the services of one organization."""
        return self.filter(organization=organization)

    def taking_referrals(self) -> Self:
        """Keep services that a question can be handed to."""
        return self.public().filter(accepts_referrals=True)

    def with_a_page(self) -> Self:
        """Keep what has a public page: also a stopped one, that tells where to go instead."""
        return self.filter(live=True, organization__live=True)

    def alternatives_to(self, service: "Service") -> Self:
        """Order by how many needs and areas are shared with a service; keep those that share a need."""
        needs = [one.taxonomy_term_id for one in service.attributes.all() if one.taxonomy_term.vocabulary == "needs"]
        nodes = [area.node for area in service.service_areas.all() if area.node]
        return (
            self.public()
            .exclude(pk=service.pk)
            .filter(attributes__taxonomy_term__in=needs)
            .annotate(
                shared_needs=models.Count(
                    "attributes", filter=models.Q(attributes__taxonomy_term__in=needs), distinct=True
                ),
                shared_areas=models.Count(
                    "service_areas", filter=models.Q(service_areas__node__in=nodes), distinct=True
                ),
            )
            .order_by("-shared_needs", "-shared_areas", "name", "pk")
        )

    def for_card(self) -> Self:
        """Fetch what one result row or one page shows, in a fixed number of queries."""
        return self.select_related("organization", "program").prefetch_related(
            "phones",
            "schedules",
            "languages",
            "cost_options",
            "service_areas",
            "required_documents",
            "attributes__taxonomy_term",
            "service_at_locations__location__municipality",
            "service_at_locations__location__addresses",
            "service_at_locations__location__accessibility",
            "service_at_locations__location__schedules",
            "service_at_locations__schedules",
            "service_at_locations__phones",
            "service_at_locations__location__phones",
            "organization__phones",
        )

    for_page = for_card

    def for_index(self) -> Self:
        """Fetch its program; what else belongs to it, or it to, the search index reads by the thousand."""
        return self.select_related("program")


class Service(DraftStateMixin, RevisionMixin, PreviewableMixin, HsdsRow, ClusterableModel):
    """HSDS service, with the local layer that a partner keeps true."""

    # HSDS
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="services")
    program = models.ForeignKey(Program, models.SET_NULL, null=True, blank=True, related_name="services")
    name = models.CharField(_("name"), max_length=255)
    alternate_name = models.TextField(_("other names, one per line"), blank=True)
    description = models.TextField(_("description"), blank=True)
    url = models.URLField(_("web page"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.ACTIVE)
    interpretation_services = models.TextField(_("interpreter"), blank=True)
    application_process = models.TextField(_("how to begin, one step per line"), blank=True)
    fees_description = models.TextField(_("cost, in words"), blank=True)
    wait_time = models.TextField(_("waiting time, in words"), blank=True)
    fees = models.TextField(blank=True)
    accreditations = models.TextField(blank=True)
    licenses = models.TextField(blank=True)
    eligibility_description = models.TextField(_("for whom, one condition per line"), blank=True)
    minimum_age = models.FloatField(_("from age"), null=True, blank=True)
    maximum_age = models.FloatField(_("until age"), null=True, blank=True)
    assured_date = models.DateField(_("checked on"), null=True, blank=True)
    assurer_email = models.EmailField(max_length=254, blank=True)
    alert = models.TextField(_("what everyone must know now"), blank=True)
    # Local layer
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    client_text = models.TextField(_("text for the client"), blank=True)
    worker_text = models.TextField(_("text for workers"), blank=True)
    referral_way = models.CharField(_("way in"), max_length=20, choices=ReferralWay, blank=True)
    cost_kind = models.CharField(_("cost"), max_length=10, choices=CostKind, blank=True)
    accepts_referrals = models.BooleanField(_("takes warm referrals"), default=False)
    response_days = models.PositiveSmallIntegerField(
        _("answers within working days"), null=True, blank=True, validators=[MaxValueValidator(LONGEST_PROMISE)]
    )
    waiting_weeks = models.PositiveSmallIntegerField(_("weeks of waiting"), null=True, blank=True)
    takes_new_people = models.BooleanField(_("takes new people now"), default=True)
    home_visits = models.BooleanField(_("comes to your home"), default=False)
    outreach = models.BooleanField(_("goes to where people are"), default=False)
    walk_in = models.BooleanField(_("without appointment"), default=False)
    by_phone = models.BooleanField(_("by phone"), default=False)
    online = models.BooleanField(_("online"), default=False)
    undocumented_ok = models.BooleanField(_("no residence papers needed"), default=False)
    partner_tip = models.TextField(_("tip of colleagues"), blank=True)
    source = models.CharField(max_length=120, blank=True, editable=False)
    last_modified = models.DateTimeField(auto_now=True)

    objects = ServiceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give the public page."""
        return reverse("sociale_kaart:service", args=[self.pk])

    def get_preview_template(self, request: object, mode_name: str) -> str:
        """Name the template that Wagtail's preview draws."""
        return "sociale_kaart/service.html"

    def get_preview_context(self, request: object, mode_name: str) -> dict[str, object]:
        """Give what the public page shows, in the frame that a visitor sees."""
        frame = {"base_layout": "layouts/public.html", "preview": True}
        return {"service": self, "origin": None, "back": None, "alternatives": [], **frame}

    def places(self) -> list[Location]:
        """Give where it can be had, from prefetched rows."""
        return [offer.location for offer in self.service_at_locations.all()]

    def main_phone(self) -> "Phone | None":
        """Give the number to call: its own, else of where it is given, of the place, or of the organization."""
        offers = list(self.service_at_locations.all())
        there = [offer.phones for offer in offers] + [offer.location.phones for offer in offers]
        sources = [self.phones, *there, self.organization.phones]
        return next((phone for phones in sources for phone in phones.all()), None)

    def is_running(self) -> bool:
        """Tell whether people can go there, now or after a closed time."""
        return self.status in {Status.ACTIVE, Status.TEMPORARILY_CLOSED}

    def needs(self) -> list[str]:
        """Give the codes of the needs that this service answers, from prefetched attributes."""
        return self._codes("needs")

    def target_groups(self) -> list[str]:
        """Give the codes of the people that this service is for, from prefetched attributes."""
        return self._codes("target_groups")

    def life_domains(self) -> list[str]:
        """Give the codes of the life domains that this service touches, from prefetched attributes."""
        return self._codes("life_domains")

    def _codes(self, vocabulary: str) -> list[str]:
        terms = [attribute.taxonomy_term for attribute in self.attributes.all()]
        return [term.code for term in terms if term.vocabulary == vocabulary]


class ServiceAtLocation(HsdsPart):
    """HSDS service_at_location: where a service can be had."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="service_at_locations")
    location = models.ForeignKey(Location, models.CASCADE, related_name="service_at_locations")
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return f"{self.service} · {self.location}"
