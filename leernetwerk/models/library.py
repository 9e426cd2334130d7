"""The library: every published guide on one page, with search and filters."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from core.editing import EditorPageForm
from leernetwerk.choices import Moment, Reading, Strength
from leernetwerk.facets import MORE_ROWS, Wish, filter_groups
from leernetwerk.models.guide import MethodGuidePage, MethodGuideQuerySet
from sociale_kaart.models import LifeDomain, TaxonomyTerm


class LibraryPage(Page):
    """The learning network's front page; guides live under it."""

    intro = models.CharField(
        _("under the title"),
        max_length=200,
        blank=True,
        help_text=_("One sentence for colleagues. Example: How colleagues of the region handle it."),
    )

    base_form_class = EditorPageForm
    template = "leernetwerk/library.html"
    max_count = 1
    subpage_types = ["leernetwerk.MethodGuidePage"]
    private_page_options: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("learning network")
        verbose_name_plural = _("learning networks")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the guides that were asked for, and what each filter would leave."""
        wish = Wish.of(request.GET)
        matching = MethodGuidePage.objects.published().matching(wish.query)
        facts = matching.facts(timezone.localdate())
        kept = [guide.pk for guide in facts if wish.keeps(guide)]
        guides = _in_order(matching.filter(pk__in=kept), wish).for_list()[: wish.rows]
        left = max(0, len(kept) - wish.rows)
        return {
            **super().get_context(request, *args, **kwargs),
            "wish": wish,
            "guides": guides,
            "total": len(kept),
            "groups": filter_groups(facts, wish, _labels()),
            "chosen": sum(len(values) for values in wish.chosen.values()),
            "more": min(left, MORE_ROWS),
            "next_rows": wish.rows + MORE_ROWS,
            **_desk(self, request),
        }


def _in_order(guides: MethodGuideQuerySet, wish: Wish) -> MethodGuideQuerySet:
    if wish.newest:
        return guides.newest()
    if wish.query:
        return guides.order_by("-score", F("use__opened").desc(nulls_last=True), "title", "pk")
    return guides.most_used()


def _labels() -> dict[str, dict[str, object]]:
    """Name the choices of each group, in their order."""
    needs = TaxonomyTerm.objects.needs().values_list("code", "name")
    domains = LifeDomain.objects.values_list("code", "name")
    return {
        "moment": dict(Moment.choices),
        "domein": dict(domains),
        "thema": dict(needs),
        "zekerheid": dict(Strength.choices),
        "stand": dict(Reading.choices),
    }


def _desk(library: LibraryPage, request: HttpRequest) -> dict[str, Any]:
    """Give who writes guides the own drafts and the way to a new one, and who reads them what waits for a reading."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.has_perm("wagtailadmin.access_admin"):
        return {"may_write": False}
    allowed = library.permissions_for_user(user)
    drafts = MethodGuidePage.objects.drafts()
    return {
        "may_write": bool(allowed.can_add_subpage()),
        "drafts": drafts.filter(Q(owner=user) | Q(latest_revision__user=user)) if allowed.can_add_subpage() else [],
        "to_read": drafts.filter(asked=True).exclude(owner=user) if allowed.can_publish_subpage() else [],
    }
