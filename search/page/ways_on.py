"""What to do when search does not help: help lines, the social house, and the report of a gap."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from search.find import search
from search.query import Hit, SearchQuery

# Real public numbers; shown, never recorded.
HELP_LINES = {
    "emergency": {"number": "112", "href": "tel:112", "what": _("Danger or accident"), "when": _("day and night")},
    "suicide": {"number": "1813", "href": "tel:1813", "what": _("Thinking of suicide?"), "when": _("day and night")},
    "violence": {
        "number": "1712", "href": "tel:1712", "what": _("Violence or abuse"), "when": _("also when you are not sure"),
    },
    "talk": {"number": "106", "href": "tel:106", "what": _("Talk with someone"), "when": _("day and night")},
    "shelter": {
        "icon": "n-bed", "href": "/zoeken/?q=slaapplaats+vannacht", "what": _("No bed tonight"),
        "when": _("look who is open now"),
    },
}  # fmt: skip
# Which lines stand on top for which kind of danger; the first is the most apt.
LINES_FOR = {
    "suicide": ("suicide", "emergency", "talk"),
    "violence": ("violence", "emergency", "talk"),
    "child": ("violence", "emergency", "talk"),
    "shelter": ("shelter", "emergency", "talk"),
}
# What helps whatever the question was, for when nothing was found.
ALWAYS = ("emergency", "talk", "suicide", "violence")
SOCIAL_HOUSE = "sociaal huis onthaal ocmw"


def help_lines(danger: str) -> list[dict[str, object]]:
    """Give the lines for a kind of danger, or none."""
    return [dict(HELP_LINES[name]) for name in LINES_FOR.get(danger, ())]


def urgent_lines() -> list[dict[str, object]]:
    """Give the lines that answer day and night, whatever the matter is."""
    return [dict(HELP_LINES[name]) for name in ALWAYS]


def social_house(where: str) -> Hit | None:
    """Give the desk of the social house of a municipality, when one with a phone is known."""
    asked = SearchQuery(SOCIAL_HOUSE, area=where or settings.HOME_MUNICIPALITY, size=5, facets=())
    return next((hit for hit in search(asked).hits if hit.card.get("phone")), None)
