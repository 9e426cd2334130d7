"""The editors' form of a guide, in the order in which a colleague reads it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

GUIDE_PANELS = [
    FieldPanel("summary"),
    MultiFieldPanel(
        [FieldPanel("card_first"), FieldPanel("card_say"), FieldPanel("card_ask"), FieldPanel("card_leave")],
        heading=_("Two-minute card, at most 15 words a line"),
    ),
    MultiFieldPanel([FieldPanel("goal"), FieldPanel("for_whom"), FieldPanel("when_not")], heading=_("What it is for")),
    FieldPanel("steps"),
    MultiFieldPanel([FieldPanel("strength"), FieldPanel("evidence")], heading=_("Does it help?")),
    MultiFieldPanel(
        [
            FieldPanel("moment"),
            FieldPanel("life_domains", widget=forms.CheckboxSelectMultiple),
            FieldPanel("needs", widget=forms.CheckboxSelectMultiple),
            FieldPanel("rights"),
            FieldPanel("tags"),
        ],
        heading=_("Where colleagues meet it"),
    ),
    FieldRowPanel([FieldPanel("author"), FieldPanel("review_due")]),
]
