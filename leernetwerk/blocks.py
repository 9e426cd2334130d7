"""The repeated parts of a guide: a step, a thing we know, and a right that belongs with it."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from leernetwerk.choices import Strength


class StepBlock(blocks.StructBlock):
    """One step, in the imperative."""

    title = blocks.CharBlock(
        label=_("step"), max_length=80, help_text=_("An instruction of a few words. Example: Choose one door.")
    )
    text = blocks.TextBlock(
        label=pgettext_lazy("method guide", "how"),
        help_text=_("At most three short sentences. Example: Call together, with the speaker on."),
    )

    class Meta:
        icon = "list-ol"
        label = _("step")


class EvidenceBlock(blocks.StructBlock):
    """One thing that we know or think, with how sure we are and where it comes from."""

    claim = blocks.CharBlock(
        label=_("what we know"),
        max_length=160,
        help_text=_("One sentence. Example: Calling together works better than handing out a number."),
    )
    strength = blocks.ChoiceBlock(label=_("how sure"), choices=Strength.choices)
    source = blocks.CharBlock(
        label=_("source"),
        max_length=200,
        help_text=_("Where it comes from, also when that is only practice. Example: review of 43 studies, 2013."),
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("what we know")


class RightBlock(blocks.StructBlock):
    """A right by its code; the page of the right lives in another room and is met by its address."""

    code = blocks.CharBlock(
        label=_("code"),
        max_length=12,
        # As the room of the rights takes them; the towns have rights of their own, such as LOK-04.
        validators=[RegexValidator(r"^[A-Z][A-Z0-9-]+$", _("Use capitals and figures. Example: R44."))],
        help_text=_("The code of the right. Example: R44."),
    )
    name = blocks.CharBlock(label=_("name"), max_length=120, help_text=_("As people know it. Example: social housing."))

    class Meta:
        icon = "key"
        label = pgettext_lazy("method guide", "right")
