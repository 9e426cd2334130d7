"""The fixed words of a method guide: when it helps, how sure we are, and whether it was read again."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Moment(models.TextChoices):
    """When a worker mostly reaches for a guide."""

    FIRST_TALK = "first_talk", _("First conversation")
    CLARIFY = "clarify", _("Clarifying the question")
    REFER = "refer", _("Referring")
    FOLLOW_UP = "follow_up", _("Keeping in touch")


class Strength(models.TextChoices):
    """How sure we are that it helps."""

    SURE = "sure", _("sure")
    FAIRLY_SURE = "fairly_sure", _("fairly sure")
    PRACTICE = "practice", _("practice, not measured")


class Reading(models.TextChoices):
    """Whether a colleague read the guide, and whether that was long ago."""

    READ = "read", _("read by a colleague")
    REREAD = "reread", _("to be read again")
    TRIAL = "trial", _("on trial")


def reading_on(today: date, *, reviewed_on: date | None, review_due: date | None) -> Reading:
    """Tell how a guide stands on a day. A passed date wins: the text stays, the badge says so.

    A draft in the making may have no dates yet.
    """
    if review_due and review_due < today:
        return Reading.REREAD
    return Reading.READ if reviewed_on else Reading.TRIAL
