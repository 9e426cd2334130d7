"""How long a turn may last: what the network decided, per region and urgency."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from doorverwijzing.workflow import Phase
from gebied.models import PrimaryCareZone
from vraagverheldering.models import Urgency

MOST_DAYS, MOST_HOURS = 260, 40
PHASE_WORDS = {
    Phase.DRAFT.value: _("Finish a draft"),
    Phase.ANSWER.value: _("Answer a question"),
    Phase.CONTACT.value: _("Make contact after a yes"),
    Phase.LOOK_BACK.value: _("Look back after contact"),
    Phase.WAY_ON.value: _("Go on when it comes back"),
    Phase.NOTICE.value: _("Quiet between two reminders"),
}


class Unit(models.TextChoices):
    """What an amount counts; both skip weekends, holidays and announced closures."""

    DAYS = "days", pgettext_lazy("unit", "working days")
    HOURS = "hours", pgettext_lazy("unit", "office hours")


class Deadline(models.Model):
    """One term that differs from `workflow.DEFAULT_TERMS`. Without a zone it holds for the whole network."""

    zone = models.ForeignKey(PrimaryCareZone, models.CASCADE, null=True, blank=True, related_name="+")
    phase = models.CharField(max_length=12, choices=PHASE_WORDS)
    urgency = models.CharField(max_length=10, choices=Urgency)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=5, choices=Unit, default=Unit.DAYS)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["phase", "urgency"]
        constraints = [
            models.UniqueConstraint(fields=["zone", "phase", "urgency"], name="a_region_has_one_term_for_each_turn"),
            models.UniqueConstraint(
                fields=["phase", "urgency"], condition=Q(zone=None), name="the_network_has_one_term_for_each_turn"
            ),
            models.CheckConstraint(
                condition=Q(unit=Unit.DAYS, amount__range=(1, MOST_DAYS))
                | Q(unit=Unit.HOURS, amount__range=(1, MOST_HOURS)),
                name="a_term_lasts_at_least_one_and_ends",
            ),
        ]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "zone", "phase", "urgency", "amount", "unit", "changed_by", "changed_at"]

    def __str__(self) -> str:
        return f"{self.phase} {self.urgency}: {self.amount} {self.unit}"
