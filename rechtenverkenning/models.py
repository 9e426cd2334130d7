"""Rights, the questions behind them, and the dated ceilings: all of it written by editors."""

from datetime import date
from typing import Any, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from gebied.models import Municipality
from rechtenverkenning import thresholds, wording
from rechtenverkenning.conditions import AllOf
from rechtenverkenning.fields import ConditionsField, OptionsField, PhrasesField
from rechtenverkenning.household import FACTS
from rechtenverkenning.rules import Rule, Sureness, is_stale
from rechtenverkenning.stored_conditions import from_blocks
from sociale_kaart.models import LifeDomain, TaxonomyTerm

MOST_WORDS = 14


class Level(models.TextChoices):
    """Which government is behind a right."""

    EUROPEAN = "european", _("European")
    FEDERAL = "federal", _("federal")
    FLEMISH = "flemish", _("Flemish")
    PROVINCIAL = "provincial", _("provincial")
    LOCAL = "local", _("local")
    THIRD = "third", _("other organisation")


class Automatic(models.TextChoices):
    """Whether a right comes by itself."""

    YES = "yes", _("comes by itself")
    PARTLY = "partly", _("sometimes comes by itself")
    NO = "no", _("has to be asked")


class Certainty(models.TextChoices):
    """How sure the owner of a right is of its description."""

    HIGH = Sureness.HIGH.value, _("sure")
    MEDIUM = Sureness.MEDIUM.value, _("rather sure")
    LOW = Sureness.LOW.value, _("not sure: never more than maybe")


def lines(text: str) -> list[str]:
    """Split a field with one thing per line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class RightQuerySet(models.QuerySet["Right"]):
    """Which rights remain."""

    def published(self) -> Self:
        """Keep what everyone may read."""
        return self.filter(live=True)

    def for_check(self) -> Self:
        """Keep what the checklist weighs, with what a row shows, in one query."""
        return self.published().order_by("code")

    def about(self, domain_code: str) -> Self:
        """Keep the published rights of one life domain; first those that most others of it lead to."""
        links = Right.related.through.objects.filter(to_right=OuterRef("pk"), from_right__live=True)
        here = links.filter(from_right__life_domains=domain_code).order_by().values("to_right")
        led_to = Coalesce(Subquery(here.annotate(number=Count("pk")).values("number")), 0)
        return self.published().filter(life_domains=domain_code).order_by(-led_to, "code")


class Right(PreviewableMixin, DraftStateMixin, RevisionMixin, ClusterableModel):
    """One right: what it is for a client, what a worker must know, and its conditions as data."""

    code = models.CharField(
        _("code"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9-]+$", _("Use capitals and figures. Example: R44."))],
        help_text=_("Stays the same for ever: outcomes that were kept point to it. Example: R44."),
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("As people say it. Example: Social housing."))
    summary = models.CharField(
        _("in one sentence"), max_length=140, help_text=_("At most 20 plain words. Example: For heating oil only.")
    )
    client_text = models.TextField(
        _("text for the client"),
        help_text=_("Two to four short sentences to ‘you’. Example: Do you heat with oil? The OCMW pays a part."),
    )
    worker_text = models.TextField(
        _("text for the worker"), help_text=_("What a colleague must know. Example: ask within 60 days of delivery.")
    )
    tip = models.CharField(
        _("first step"), max_length=160, blank=True, help_text=_("One thing to do. Example: Keep the invoice ready.")
    )
    authority = models.CharField(_("who makes the rules"), max_length=120)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    executing_body = models.CharField(_("who decides"), max_length=160)
    municipality = models.ForeignKey(
        Municipality,
        models.SET_NULL,
        verbose_name=_("only in this municipality"),
        null=True,
        blank=True,
        related_name="+",
    )
    apply_channels = models.TextField(_("how to ask, one way per line"))
    documents = models.TextField(_("bring along, one thing per line"), blank=True)
    automatic = models.CharField(_("does it come by itself?"), max_length=8, choices=Automatic.choices)
    deadline = models.CharField(
        _("deadline"), max_length=160, blank=True, help_text=_("Example: within 60 days after the delivery.")
    )
    amount_note = models.CharField(
        _("amount in words"), max_length=200, blank=True, help_text=_("Say ‘about’. Example: about 35 euros a year.")
    )
    amount_on = models.DateField(
        _("date of the amount"), null=True, blank=True, help_text=_("After a year the amount is shown as old.")
    )
    amount_yearly = models.BooleanField(_("the amount changes every year"), default=False)

    conditions = ConditionsField(verbose_name=_("conditions: all of these"), min_num=1)
    already = ConditionsField(
        verbose_name=_("has it already when one of these is true"),
        blank=True,
    )
    hint_when = ConditionsField(
        verbose_name=_("look at this too when one of these is true"),
        blank=True,
    )
    sureness = models.CharField(
        _("how sure are we?"), max_length=8, choices=Certainty.choices, default=Certainty.MEDIUM
    )

    valid_from = models.DateField(_("starts on"), null=True, blank=True)
    valid_to = models.DateField(_("stopped on"), null=True, blank=True)
    source_url = models.URLField(_("official source"), max_length=300)
    legal_basis = models.CharField(_("legal basis"), max_length=200)
    checked_on = models.DateField(
        _("checked on"), default=timezone.localdate, help_text=_("After a year every outcome becomes ‘maybe’.")
    )
    checked_by = models.CharField(
        _("checked by"), max_length=120, blank=True, help_text=_("A role, no private person.")
    )

    themes = ParentalManyToManyField(
        TaxonomyTerm,
        verbose_name=_("needs"),
        related_name="+",
        blank=True,
        limit_choices_to={"vocabulary": "needs"},
    )
    life_domains = ParentalManyToManyField(LifeDomain, verbose_name=_("life domains"), related_name="+", blank=True)
    related = ParentalManyToManyField("self", verbose_name=_("see also"), symmetrical=False, blank=True)

    seed_digest = models.CharField(max_length=64, blank=True, editable=False)
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="right")

    objects = RightQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = pgettext_lazy("entitlement", "right")
        verbose_name_plural = pgettext_lazy("entitlement", "rights")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="a_right_does_not_stop_before_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(amount_note="") | Q(amount_on__isnull=False), name="an_amount_carries_its_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def clean(self) -> None:
        """Say at the field what the database would refuse."""
        super().clean()
        problems = {}
        if self.amount_note and self.amount_on is None:
            problems["amount_on"] = _("From which day is this amount? An amount without a date is soon wrong.")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            problems["valid_to"] = _("The last day comes before the first. Turn them around.")
        if problems:
            raise ValidationError(problems)

    @property
    def revisions(self) -> Any:
        """Give its versions, as Wagtail asks."""
        return self._revisions

    def get_absolute_url(self) -> str:
        """Give its own page."""
        return reverse("rechten:right", args=[self.code])

    def rule(self) -> Rule:
        """Give what the engine needs, without a query."""
        return Rule(
            self.code,
            AllOf(from_blocks(self.conditions.raw_data)),
            already=from_blocks(self.already.raw_data),
            hint_when=from_blocks(self.hint_when.raw_data),
            checked_on=self.checked_on,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            sureness=Sureness(self.sureness),
        )

    def channel_list(self) -> list[str]:
        """Give the ways to ask."""
        return lines(self.apply_channels)

    def document_list(self) -> list[str]:
        """Give what to bring along."""
        return lines(self.documents)

    def bring_along(self) -> str:
        """Say what to bring along in one line: "loonbrief en huurcontract"."""
        return wording.listed(self.document_list())

    def is_stale(self, on: date | None = None) -> bool:
        """Tell whether nobody checked it for a year."""
        return is_stale(self.checked_on, on or timezone.localdate())

    def has_ended(self, on: date | None = None) -> bool:
        """Tell whether it stopped."""
        return self.valid_to is not None and self.valid_to < (on or timezone.localdate())

    def amount_is_current(self, on: date | None = None) -> bool:
        """Tell whether the amount may be shown as the one of today."""
        return bool(self.amount_on) and not is_stale(self.amount_on, on or timezone.localdate())

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show the page of the right."""
        return "rechtenverkenning/right.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Show it as a visitor sees it."""
        from rechtenverkenning.pages import right_context  # noqa: PLC0415 (the page's context needs the models)

        return {**super().get_preview_context(request, mode_name), **right_context(self, drafts=True)}


class ThresholdValue(RevisionMixin, models.Model):
    """One amount of a ceiling, for one kind of household, from one day on."""

    class Household(models.TextChoices):
        """For whom an amount holds."""

        ANY = thresholds.For.ANY.value, _("everyone")
        SINGLE = thresholds.For.SINGLE.value, _("someone alone")
        COHABITING = thresholds.For.COHABITING.value, _("someone who lives with others")
        COUPLE = thresholds.For.COUPLE.value, _("a couple together")
        FAMILY = thresholds.For.FAMILY.value, _("a family with children")
        EXTRA_PERSON = thresholds.For.EXTRA_PERSON.value, _("added per extra person")
        EXTRA_CHILD = thresholds.For.EXTRA_CHILD.value, _("added per child")

    class Unit(models.TextChoices):
        """What an amount counts."""

        MONTH_NET = thresholds.Unit.MONTH_NET.value, _("euros net per month")
        YEAR_TAXABLE = thresholds.Unit.YEAR_TAXABLE.value, _("euros taxable per year")

    key = models.SlugField(
        _("key of the ceiling"), max_length=40, help_text=_("Conditions point to it. Example: leefloon.")
    )
    name = models.CharField(_("name"), max_length=120)
    household = models.CharField(_("for which household"), max_length=16, choices=Household.choices)
    amount = models.DecimalField(_("amount"), max_digits=9, decimal_places=2)
    unit = models.CharField(_("counted in"), max_length=16, choices=Unit.choices)
    valid_from = models.DateField(
        _("valid from"), help_text=_("Add a new row for a new amount; the old ones stay as history.")
    )
    source = models.CharField(_("source"), max_length=200, help_text=_("Where you read it. Example: mi-is.be."))

    class Meta:
        ordering = ["key", "-valid_from", "household"]
        verbose_name = _("ceiling")
        verbose_name_plural = _("ceilings")
        constraints = [
            models.UniqueConstraint(fields=["key", "household", "valid_from"], name="one_amount_per_household_and_day"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="an_amount_is_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_household_display()}, {self.valid_from}"

    def clean(self) -> None:
        """Say at the field what the database would refuse."""
        super().clean()
        if self.amount is not None and self.amount < 0:
            raise ValidationError({"amount": _("An amount is not below zero.")})

    def as_threshold(self) -> thresholds.Threshold:
        """Give the form that the engine counts with."""
        return thresholds.Threshold(
            self.key,
            thresholds.For(self.household),
            float(self.amount),
            self.valid_from,
            thresholds.Unit(self.unit),
            self.source,
        )


class Question(RevisionMixin, models.Model):
    """The words of one question. Which facts exist is fixed in the code; how we ask is the editor's."""

    fact = models.CharField(_("about which fact"), max_length=30, unique=True, choices=[(fact, fact) for fact in FACTS])
    order = models.PositiveSmallIntegerField(_("order"))
    opening = models.BooleanField(_("one of the first questions"), default=False)
    usual = models.CharField(
        _("the usual answer"),
        max_length=30,
        blank=True,
        help_text=_("The code of what nearly everyone answers. Example: no."),
    )
    client = models.CharField(_("question to the client"), max_length=120)
    worker = models.CharField(
        _("question about someone"), max_length=140, help_text=_("%(name)s is the name. Example: Does %(name)s move?")
    )
    short_client = models.CharField(_("short question to the client"), max_length=80)
    short_worker = models.CharField(_("short question about someone"), max_length=80)
    why = models.CharField(
        _("why we ask, or where to find it"), max_length=160, help_text=_("Example: it is on the sticker of the fund.")
    )
    options = OptionsField(verbose_name=_("answers"), blank=True)
    phrases = PhrasesField(verbose_name=_("phrases"), blank=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.client

    def clean(self) -> None:
        """Refuse what the engine cannot ask."""
        super().clean()
        if self.fact not in FACTS:  # the field says so itself
            return
        question, problems = self.as_question(), {}
        if {option.code for option in question.options} != set(FACTS[self.fact].options):
            problems["options"] = _("The codes of the answers are fixed: %(codes)s.") % {
                "codes": ", ".join(FACTS[self.fact].options)
            }
        missing = set(question.needed_phrases) - set(question.phrases)
        if missing:
            problems["phrases"] = _("These phrases are missing: %(names)s.") % {"names": ", ".join(sorted(missing))}
        if len(self.client.split()) > MOST_WORDS:
            problems["client"] = _("Use at most %(number)s words.") % {"number": MOST_WORDS}
        if problems:
            raise ValidationError(problems)

    def as_question(self) -> wording.Question:
        """Give the form that the engine asks with, without a query."""
        return wording.Question(
            fact=self.fact,
            order=self.order,
            opening=self.opening,
            usual=self.usual,
            client=self.client,
            worker=self.worker,
            short_client=self.short_client,
            short_worker=self.short_worker,
            why=self.why,
            options=tuple(wording.Option(**block["value"]) for block in self.options.raw_data),
            phrases={block["value"]["key"]: block["value"]["text"] for block in self.phrases.raw_data},
        )
