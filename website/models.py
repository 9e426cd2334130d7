"""The pages that editors write: the home page and pages of plain text."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from core.editing import EditorPageForm
from website import home
from website.blocks import BodyBlock, HelpLineBlock


class HomePage(Page):
    """Home by need: the question first, help at once beside it, then sixteen needs, rights and social houses."""

    lead = models.CharField(
        _("line under the title"), max_length=200,
        help_text=_("Example: “Write it in your own words, or choose below what your question is about.”"),
    )  # fmt: skip
    example = models.CharField(
        _("example of a question"), max_length=100, blank=True, help_text=_("Example: “I cannot pay my rent”.")
    )
    promise = models.CharField(
        _("promise under the search field"), max_length=120, blank=True,
        help_text=_("Example: “We do not keep who you are or what you search.”"),
    )  # fmt: skip
    help_lines = StreamField(
        [("line", HelpLineBlock())], blank=True, verbose_name=_("help at once"),
        help_text=_("Numbers that answer now. Example: 112, danger or accident, day and night."),
    )  # fmt: skip
    needs_title = models.CharField(
        _("title above the needs"), max_length=80, help_text=_("Example: “What is your question about?”")
    )
    rights_title = models.CharField(
        _("title about rights"), max_length=80, help_text=_("Example: “Do you get all that you have a right to?”")
    )
    rights_text = models.TextField(
        _("text about rights"), help_text=_("Two short sentences. Example: “Answer a few questions.”")
    )
    rights_points = models.TextField(
        _("examples of rights, one per line"), blank=True, help_text=_("Example: “less to pay at the doctor”.")
    )
    rights_minutes = models.PositiveSmallIntegerField(
        _("minutes that the questions take"), default=6, help_text=_("Example: 6.")
    )
    houses_title = models.CharField(
        _("title above the social houses"), max_length=80, help_text=_("Example: “Rather speak to someone?”")
    )
    houses_text = models.CharField(
        _("line above the social houses"), max_length=160,
        help_text=_("Example: “Call or walk in at the social house of your municipality.”"),
    )  # fmt: skip

    base_form_class = EditorPageForm
    template = "website/home.html"
    max_count = 1
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("lead"), FieldPanel("example"), FieldPanel("promise")], heading=_("The question")),
        FieldPanel("help_lines"),
        FieldPanel("needs_title"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("rights_title", "rights_text", "rights_points", "rights_minutes")],
            heading=_("Rights"),
        ),
        MultiFieldPanel([FieldPanel("houses_title"), FieldPanel("houses_text")], heading=_("Social houses")),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the catalogue knows about the place of the visitor."""
        return {**super().get_context(request, *args, **kwargs), **home.context(request.GET.get("waar", ""))}

    def helps(self) -> list[dict[str, str]]:
        """Give the help lines as component 28 wants them."""
        return [home.help_line(block.value) for block in self.help_lines]

    def points(self) -> list[str]:
        """Give the examples of rights."""
        return [line.strip() for line in self.rights_points.splitlines() if line.strip()]


class ContentPage(Page):
    """A page of plain text: about, privacy, accessibility."""

    lead = models.TextField(
        _("first sentence"), blank=True, help_text=_("Says what the page is about. Example: “This is what we keep.”")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    base_form_class = EditorPageForm
    template = "website/content_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]

    class Meta:
        verbose_name = _("text page")
