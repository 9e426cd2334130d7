"""Help lines: which stand on top of results, and which help whatever the question was."""

from django.utils.translation import gettext_lazy as _

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


def help_lines(danger: str) -> list[dict[str, object]]:
    """Give the lines for a kind of danger, or none."""
    return [dict(HELP_LINES[name]) for name in LINES_FOR.get(danger, ())]


def urgent_lines() -> list[dict[str, object]]:
    """Give the lines that answer day and night, whatever the matter is."""
    return [dict(HELP_LINES[name]) for name in ALWAYS]
