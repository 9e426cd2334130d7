"""An incident with personal data: what happened, whom it touches, and what was decided about telling (art. 33 GDPR)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clienten.models.card import ClientCard
from clienten.models.rights import answers_for
from core.encryption import EncryptedTextField
from core.models import StampedModel, User
from organisaties.models import Organization

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class IncidentKind(models.TextChoices):
    """What sort of thing happened."""

    SEEN = "seen", _("someone saw what was not theirs to see")
    SENT = "sent", _("sent or given to the wrong one")
    LOST = "lost", _("a device or paper is lost or stolen")
    BROKEN_IN = "broken_in", _("someone broke in")
    GONE = "gone", _("data are gone or cannot be reached")


class About(models.TextChoices):
    """What a line of an incident is about: more that is known, or whether these were told."""

    LEARNED = "learned", _("what we know more")
    PARTNERS = "partners", _("the partners and the processor")
    SUPERVISOR = "supervisor", _("the supervisor")
    PEOPLE = "people", _("the people whom it touches")


# Within how long each is told, from the moment that it is known: between partners as agreed (domain.md P-19), to the
# supervisor by art. 33, to the people without delay (art. 34), so no later than the supervisor.
WITHIN = {
    About.PARTNERS: timedelta(hours=24), About.SUPERVISOR: timedelta(hours=72), About.PEOPLE: timedelta(hours=72)
}  # fmt: skip


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Which incidents remain."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep those of organizations for which this person answers."""
        return self.filter(organization__in=answers_for(user))

    def open(self) -> Self:
        """Keep those about which something must still be decided."""
        return self.exclude(due_at=None)


class Incident(StampedModel):
    """What went wrong with personal data in one organization. It is never changed: lines are added below it."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=10, choices=IncidentKind)
    began_on = models.DateField()
    known_at = models.DateTimeField()
    what = EncryptedTextField(_("what happened?"))
    effects = EncryptedTextField(_("what can it mean for these people?"))
    measures = EncryptedTextField(_("what did you do at once?"))
    people = models.PositiveIntegerField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    due_at = models.DateTimeField(null=True, help_text="When the next decision is due; empty when all are taken.")

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-known_at"]

    class Privacy:
        personal = ["what", "effects", "measures"]
        retained = ["id", "created_at", "organization", "kind", "began_on", "known_at", "people", "noted_by", "due_at"]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """Give its page in the register."""
        return reverse("clienten:incident", args=[self.pk])

    def undecided(self) -> dict[About, datetime]:
        """Give who was not decided about yet, and until when there is time."""
        known = set(self.lines.values_list("about", flat=True))
        return {about: self.known_at + within for about, within in WITHIN.items() if about not in known}


class TouchedPerson(StampedModel):
    """A person whom an incident touches, by the number of the card; it goes when that person is erased."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="touched")
    card = models.ForeignKey(ClientCard, models.CASCADE, related_name="incidents")
    known_on = models.DateField(help_text="Since when the organization knows, for the file of the person.")

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["incident", "card"], name="an_incident_touches_a_person_once")]

    class Privacy:
        personal = ["card"]
        retained = ["id", "created_at", "incident", "known_on"]

    def __str__(self) -> str:
        return str(self.pk)


class IncidentLine(StampedModel):
    """What was decided or learned later, with the reason and who wrote it."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="lines")
    about = models.CharField(max_length=10, choices=About)
    told = models.BooleanField(null=True)
    text = EncryptedTextField(_("why, and what was said?"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "about"], condition=~Q(about=About.LEARNED), name="each_is_decided_about_once"
            ),
            models.CheckConstraint(
                condition=Q(about=About.LEARNED, told=None) | (~Q(about=About.LEARNED) & Q(told__isnull=False)),
                name="a_decision_says_whether_they_are_told",
            ),
        ]

    class Privacy:
        personal = ["text"]
        retained = ["id", "created_at", "incident", "about", "told", "written_by"]

    def __str__(self) -> str:
        return str(self.pk)
