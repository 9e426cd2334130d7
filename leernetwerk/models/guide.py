"""A method guide: one way of working on one page, with a card that fits in a conversation."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet, WorkflowState

from core.editing import EditorPageForm
from leernetwerk import words
from leernetwerk.blocks import EvidenceBlock, RightBlock, StepBlock
from leernetwerk.choices import Moment, Reading, Strength, reading_on
from leernetwerk.facets import GuideFacts
from leernetwerk.models.use import GuideUse
from leernetwerk.panels import GUIDE_PANELS
from sociale_kaart.models import LifeDomain, TaxonomyTerm

IN_THE_TITLE, IN_THE_TEXT = 3, 1
RELATED = 3
READ_AGAIN_AFTER = timedelta(days=365)


def in_a_year() -> date:
    """Give the day by which a guide that is read today must be read again."""
    return timezone.localdate() + READ_AGAIN_AFTER


class MethodGuideQuerySet(PageQuerySet):
    """Which guides remain."""

    def published(self) -> Self:
        """Keep what everyone may read."""
        return self.live()

    def drafts(self) -> Self:
        """Keep what was written and is not published yet, last touched first; `asked` says that a reading was asked."""
        readings = WorkflowState.objects.filter(
            object_id=Cast(OuterRef("pk"), CharField()),
            base_content_type__app_label="wagtailcore",
            base_content_type__model="page",
            status=WorkflowState.STATUS_IN_PROGRESS,
        )
        unpublished = self.filter(has_unpublished_changes=True).annotate(asked=Exists(readings))
        return unpublished.order_by(F("latest_revision_created_at").desc(nulls_last=True), "pk")

    def about(self, domain_code: str) -> Self:
        """Keep the guides that help with one life domain."""
        return self.filter(life_domains=domain_code)

    def matching(self, query: str) -> Self:
        """Keep the guides that hold a word of the query; `score` says how many, and where."""
        stems = words.stems(query)
        if not stems:
            return self.annotate(score=Value(0))
        found = Q()
        score: Combinable = Value(0)
        for stem in stems:
            found |= Q(title__icontains=stem) | Q(search_text__contains=stem)
            score += Case(When(title__icontains=stem, then=IN_THE_TITLE), default=0)
            score += Case(When(search_text__contains=stem, then=IN_THE_TEXT), default=0)
        return self.filter(found).annotate(score=score)

    def most_used(self) -> Self:
        """Put what colleagues open most first."""
        return self.order_by(F("use__opened").desc(nulls_last=True), "title", "pk")

    def closest_to_a_talk(self) -> Self:
        """Put guides for a talk before those for later, narrow subjects before wide ones, then the most used."""
        links = MethodGuidePage.life_domains.through.objects.filter(methodguidepage=OuterRef("pk"))
        breadth = links.order_by().values("methodguidepage").annotate(number=Count("pk")).values("number")
        late = Case(When(moment=Moment.REFER, then=1), When(moment=Moment.FOLLOW_UP, then=2), default=0)
        return self.order_by(late, Subquery(breadth), F("use__opened").desc(nulls_last=True), "title", "pk")

    def newest(self) -> Self:
        """Put what was published last first."""
        return self.order_by(F("last_published_at").desc(nulls_last=True), "title", "pk")

    def for_list(self) -> Self:
        """Fetch what one row of the library shows, in one query."""
        return self.select_related("use").defer("steps", "evidence", "rights", "goal", "for_whom", "when_not")

    def facts(self, today: date) -> list[GuideFacts]:
        """Give what the filters count, in three queries."""
        rows = list(self.order_by("pk").values_list("pk", "moment", "strength", "reviewed_on", "review_due"))
        domains = self._codes_by_guide("life_domains__code")
        needs = self._codes_by_guide("needs__code")
        return [
            GuideFacts(
                pk=pk,
                moment=moment,
                strength=strength,
                reading=reading_on(today, reviewed_on=reviewed_on, review_due=due),
                domains=frozenset(domains.get(pk, ())),
                needs=frozenset(needs.get(pk, ())),
            )
            for pk, moment, strength, reviewed_on, due in rows
        ]

    def _codes_by_guide(self, path: str) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for pk, code in self.order_by("pk").values_list("pk", path):
            if code:
                found.setdefault(pk, []).append(code)
        return found


class GuideTag(TaggedItemBase):
    """One free word on one guide."""

    content_object = ParentalKey("MethodGuidePage", on_delete=models.CASCADE, related_name="tagged_items")


class MethodGuidePage(Page):
    """How colleagues handle one situation: goal, for whom, when not, steps, how sure, and the card."""

    summary = models.CharField(
        _("in one sentence"),
        max_length=160,
        help_text=_("What you do in this guide. Example: Look for the date together and do one thing."),
    )
    goal = models.TextField(
        _("goal"), help_text=_("What is different afterwards. Example: The date is visible and the panic sinks.")
    )
    for_whom = models.TextField(
        _("for whom"), help_text=_("Which worker, which situation. Example: For whoever talks about rent at home.")
    )
    when_not = models.TextField(
        _("when not"), help_text=_("When something else goes first. Example: Danger right now? Call 112.")
    )
    card_first = models.CharField(
        pgettext_lazy("method guide", "first"),
        max_length=140,
        validators=[words.fits_on_the_card],
        help_text=_("What you do before you talk. Example: Put the letter on the table."),
    )
    card_say = models.CharField(
        pgettext_lazy("method guide", "say"),
        max_length=140,
        validators=[words.fits_on_the_card],
        help_text=_("A sentence as you would say it. Example: ‘Today we do one thing.’"),
    )
    card_ask = models.CharField(
        pgettext_lazy("method guide", "ask"),
        max_length=140,
        validators=[words.fits_on_the_card],
        help_text=_("A question as you would ask it. Example: ‘Who called already?’"),
    )
    card_leave = models.CharField(
        _("leave out"),
        max_length=140,
        validators=[words.fits_on_the_card],
        help_text=_("What you had better not do. Example: Do not promise a house."),
    )
    steps = StreamField([("step", StepBlock())], verbose_name=_("steps"), min_num=1, max_num=12)
    evidence = StreamField([("evidence", EvidenceBlock())], verbose_name=_("does it help?"), blank=True)
    strength = models.CharField(
        _("how sure"),
        max_length=20,
        choices=Strength,
        default=Strength.PRACTICE,
        help_text=_("For the guide as a whole. Not measured anywhere? Then it is practice."),
    )
    moment = models.CharField(
        _("moment"),
        max_length=20,
        choices=Moment,
        default=Moment.CLARIFY,
        help_text=_("When a colleague mostly needs it."),
    )
    life_domains = ParentalManyToManyField(
        LifeDomain,
        verbose_name=_("life domains"),
        related_name="method_guides",
        blank=True,
        help_text=_("The card appears beside these subjects of a conversation. Example: housing."),
    )
    needs = ParentalManyToManyField(
        TaxonomyTerm,
        verbose_name=_("themes"),
        related_name="method_guides",
        blank=True,
        limit_choices_to={"vocabulary": "needs"},
        help_text=_("The needs of the home page that it belongs with. Example: money and debts."),
    )
    rights = StreamField([("right", RightBlock())], verbose_name=_("rights"), blank=True)
    tags = ClusterTaggableManager(
        through=GuideTag,
        blank=True,
        verbose_name=_("search words"),
        help_text=_("Words that colleagues type, with a comma between them. Example: eviction, letter from the court."),
    )
    author = models.CharField(
        pgettext_lazy("method guide", "from"),
        max_length=200,
        help_text=_("Function and organization, no names of people. Example: reception workers of the social house."),
    )
    review_due = models.DateField(
        _("read again before"),
        default=in_a_year,
        help_text=_("After this day the guide says so itself. Example: a year from now."),
    )
    # Written by the reading itself (ReadingTask), never by the author.
    reviewed_on = models.DateField(_("read on"), null=True, blank=True, editable=False)
    reviewed_by = models.CharField(_("read by"), max_length=200, blank=True, editable=False)
    search_text = models.TextField(blank=True, editable=False)

    objects = PageManager.from_queryset(MethodGuideQuerySet)()

    base_form_class = EditorPageForm
    template = "leernetwerk/guide.html"
    parent_page_types = ["leernetwerk.LibraryPage"]
    subpage_types: list[str] = []
    # The learning network is public: a guide is out, or it is a draft.
    private_page_options: list[str] = []
    content_panels = [*Page.content_panels, *GUIDE_PANELS]

    class Meta:
        verbose_name = _("method guide")
        verbose_name_plural = _("method guides")
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_on=None) | ~Q(reviewed_by=""), name="a_read_guide_names_its_reader"
            ),
            models.CheckConstraint(condition=Q(moment__in=Moment.values), name="a_guide_has_a_known_moment"),
            models.CheckConstraint(condition=Q(strength__in=Strength.values), name="a_guide_has_a_known_strength"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the text that the library searches in step with the guide."""
        self.search_text = words.plain(" ".join(self.texts()))
        super().save(*args, **kwargs)

    def texts(self) -> list[str]:
        """Give every word that a reader or a search can meet, in a fixed order."""
        own = [self.title, self.summary, self.goal, self.for_whom, self.when_not, self.author]
        card = [self.card_first, self.card_say, self.card_ask, self.card_leave]
        rows = [str(text) for row in [*self.steps, *self.evidence, *self.rights] for text in row.value.values()]
        return [*own, *card, *rows, *sorted(str(tag) for tag in self.tags.all())]

    @property
    def reading(self) -> Reading:
        """Tell how the guide stands today."""
        return reading_on(timezone.localdate(), reviewed_on=self.reviewed_on, review_due=self.review_due)

    @property
    def minutes(self) -> int:
        """Give how long the whole guide takes to read."""
        return words.minutes(self.search_text)

    def related(self) -> "MethodGuideQuerySet":
        """Give the guides that share a life domain with this one, the most used first."""
        codes = [domain.pk for domain in self.life_domains.all()]
        others = MethodGuidePage.objects.published().exclude(pk=self.pk).filter(life_domains__in=codes)
        return MethodGuidePage.objects.filter(pk__in=others.values("pk")).for_list().most_used()[:RELATED]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the guide, and count that a colleague opened it; an editor's preview does not count."""
        if request.user.is_authenticated and not getattr(request, "is_preview", False):
            GuideUse.objects.count_once(self, "opened", request.session)
        return super().serve(request, *args, **kwargs)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Give the page, or with `?kaart` only the card on a quarter of an A4."""
        return "leernetwerk/card_sheet.html" if "kaart" in request.GET else super().get_template(request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give what the page shows beside the guide itself."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        use = GuideUse.objects.filter(guide_id=self.pk).first() or GuideUse()
        judged = request.session.get(GuideUse.session_key("useful"), []) if hasattr(request, "session") else []
        return {
            **context,
            "guide": self,
            "library": self.get_parent(),
            "domains": [domain.name for domain in self.life_domains.all()],
            "related": self.related(),
            "strength_words": dict(Strength.choices),
            "use": use,
            "judged": self.pk in judged,
        }
