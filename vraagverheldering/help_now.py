"""The numbers that answer in a crisis. Shown on the page, never recorded; real and public."""

from django.utils.translation import gettext_lazy as _

HELP_LINES = (
    {"number": "112", "href": "tel:112", "what": _("Danger or accident"), "when": _("day and night")},
    {"number": "1813", "href": "tel:1813", "what": _("Thinking of suicide?"), "when": _("day and night")},
    {"number": "1712", "href": "tel:1712", "what": _("Violence or abuse"), "when": _("also when you are not sure")},
    {"number": "106", "href": "tel:106", "what": _("Talk with someone"), "when": _("day and night")},
    {
        "icon": "n-bed",
        "href": "/zoeken/?q=slaapplaats+vannacht",
        "what": _("No bed tonight"),
        "when": _("look who is open now"),
    },
)
