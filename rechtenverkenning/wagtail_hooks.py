"""The editors' screens of this room: rights, questions and ceilings."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.editing import EditorForm
from rechtenverkenning.models import Question, Right, ThresholdValue

HOW_CONDITIONS_WORK = _(
    "Every condition must be true. Use ‘One of these is enough’ for alternatives. "
    "What is not answered never sends anyone away."
)
TEXT = [
    FieldRowPanel([FieldPanel("code"), FieldPanel("name")]),
    FieldPanel("summary"),
    FieldPanel("client_text"),
    FieldPanel("worker_text"),
    FieldPanel("tip"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("automatic"), FieldPanel("deadline")]),
            FieldPanel("apply_channels"),
            FieldPanel("documents"),
        ],
        heading=_("How to ask"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("amount_note"),
            FieldRowPanel([FieldPanel("amount_on"), FieldPanel("amount_yearly")]),
        ],
        heading=_("Amount"),
    ),
]
CONDITIONS = [
    HelpPanel(content=HOW_CONDITIONS_WORK),
    FieldPanel("conditions"),
    FieldPanel("sureness"),
    FieldPanel("already"),
    FieldPanel("hint_when"),
]
SOURCE = [
    FieldRowPanel([FieldPanel("authority"), FieldPanel("level")]),
    FieldPanel("executing_body"),
    FieldPanel("municipality"),
    FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
    FieldPanel("source_url"),
    FieldPanel("legal_basis"),
    FieldRowPanel([FieldPanel("checked_on"), FieldPanel("checked_by")]),
]
PLACE = [FieldPanel("themes"), FieldPanel("life_domains"), FieldPanel("related")]


class RightViewSet(SnippetViewSet):
    """Rights, with draft, versions and a preview of their page."""

    model = Right
    icon = "key"
    menu_label = _("Rights")
    list_display = ("name", "code", "automatic", "sureness", "checked_on")
    list_filter = ("level", "automatic", "sureness", "life_domains")
    list_export = ("code", "name", "authority", "automatic", "sureness", "checked_on", "source_url")
    search_fields = ("code", "name", "summary", "client_text")
    ordering = ("code",)
    edit_handler = TabbedInterface(
        [
            ObjectList(TEXT, heading=_("Text")),
            ObjectList(CONDITIONS, heading=_("Conditions")),
            ObjectList(SOURCE, heading=_("Source and check")),
            ObjectList(PLACE, heading=_("Where it shows")),
        ],
        base_form_class=EditorForm,
    )


class QuestionViewSet(SnippetViewSet):
    """The words of the questions."""

    model = Question
    icon = "help"
    menu_label = _("Questions")
    list_display = ("client", "fact", "order")
    search_fields = ("client", "worker", "fact")
    ordering = ("order",)
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("fact"), FieldPanel("order")]),
            FieldPanel("client"),
            FieldPanel("worker"),
            FieldRowPanel([FieldPanel("short_client"), FieldPanel("short_worker")]),
            FieldPanel("why"),
            FieldRowPanel([FieldPanel("opening"), FieldPanel("usual")]),
            FieldPanel("options"),
            FieldPanel("phrases"),
        ],
        base_form_class=EditorForm,
    )


class ThresholdViewSet(SnippetViewSet):
    """The dated amounts."""

    model = ThresholdValue
    icon = "calendar"
    menu_label = _("Ceilings")
    list_display = ("name", "household", "amount", "unit", "valid_from", "source")
    list_filter = ("key", "household", "valid_from")
    search_fields = ("key", "name", "source")
    ordering = ("key", "-valid_from", "household")
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("key"), FieldPanel("name")]),
            FieldRowPanel([FieldPanel("household"), FieldPanel("amount"), FieldPanel("unit")]),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("source")]),
        ],
        base_form_class=EditorForm,
    )


class RightsGroup(SnippetViewSetGroup):
    """One entry in the menu for the three."""

    items = (RightViewSet, QuestionViewSet, ThresholdViewSet)
    menu_label = _("Rights")
    menu_icon = "key"
    menu_name = "rights"
    menu_order = 260


register_snippet(RightsGroup)
