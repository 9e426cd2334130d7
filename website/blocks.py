"""The pieces an editor builds a page of the site with."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TONES = [("info", _("information")), ("turn", _("look out")), ("reached", _("good news"))]


class NoticeBlock(blocks.StructBlock):
    """A fact and the way on, with a bar at its side."""

    tone = blocks.ChoiceBlock(choices=TONES, default="info", label=_("kind"))
    text = blocks.TextBlock(
        label=_("text"), help_text=_("One or two sentences. Example: “In danger? Call 112.”"), max_length=400
    )

    class Meta:
        icon = "warning"
        label = _("notice")
        template = "website/blocks/notice.html"


class HelpLineBlock(blocks.StructBlock):
    """A number that answers at once, or a link with an icon when there is no number."""

    number = blocks.CharBlock(required=False, max_length=20, label=_("number"), help_text=_("Example: “112”."))
    what = blocks.CharBlock(max_length=60, label=_("what for"), help_text=_("Example: “Danger or accident”."))
    when = blocks.CharBlock(required=False, max_length=60, label=_("when"), help_text=_("Example: “day and night”."))
    link = blocks.CharBlock(
        required=False, max_length=200, label=_("link"), help_text=_("Only without a number. Example: “/zoeken/”.")
    )

    class Meta:
        icon = "mail"
        label = _("help line")


class BodyBlock(blocks.StreamBlock):
    """Headings, text and notices; nothing that can break the page."""

    heading = blocks.CharBlock(
        max_length=120, label=_("heading"), icon="title", template="website/blocks/heading.html",
        help_text=_("Example: “What do we keep about you?”"),
    )  # fmt: skip
    text = blocks.RichTextBlock(
        features=["bold", "ul", "ol", "link"], label=_("text"), help_text=_("Short sentences, at most 15 words.")
    )
    notice = NoticeBlock()
