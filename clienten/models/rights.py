"""What a person may ask about the own data, how long an organization keeps it, and what holds erasing back."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clienten import rules
from clienten.models.card import ClientCard
from clienten.models.consent import Item
from core.encryption import EncryptedTextField
from core.models import StampedModel, User
from organisaties.models import Membership, Organization
from organisaties.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

# Who answers a person's questions about the own data (art. 12 to 22 of the GDPR).
ANSWERING = (Role.TEAM_LEAD, Role.DATA_PROTECTION_CONTACT)
LEAST_MONTHS, USUAL_MONTHS, MOST_MONTHS = 1, 6, 12


def answer_by() -> date:
    """Give the last day to answer what is asked today: a month."""
    return rules.answer_by(timezone.localdate())


def answers_for(user: "User | AnonymousUser") -> models.QuerySet[Organization]:
    """Give the organizations for which this person answers questions about personal data."""
    mine = Membership.objects.of(user).filter(role__in=ANSWERING)
    return Organization.objects.filter(pk__in=mine.values("organization"))


class RequestKind(models.TextChoices):
    """What a person asks about the own data."""

    ACCESS = "access", _("see everything")
    RECTIFY = "rectify", _("correct something")
    ERASE = "erase", _("erase everything")
    RESTRICT = "restrict", _("stop using it for a while")
    OBJECT = "object", _("object to its use")
    OPENNESS = "openness", _("see a document of a public body")


class Outcome(models.TextChoices):
    """What the answer to a request was."""

    DONE = "done", _("yes, done")
    PARTLY = "partly", _("partly done")
    REFUSED = "refused", _("no")


class LongerBecause(models.TextChoices):
    """Why the law lets an answer take longer (art. 12.3 of the GDPR)."""

    COMPLEX = "complex", _("what is asked is complex")
    MANY = "many", _("this person asked many things")


class SubjectRequestQuerySet(models.QuerySet["SubjectRequest"]):
    """Which requests remain."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the requests of organizations for which this person answers."""
        return self.filter(organization__in=answers_for(user))

    def open(self) -> Self:
        """Keep what was not answered."""
        return self.filter(answered_at=None)


class SubjectRequest(StampedModel):
    """One request about personal data, with the day by which it must be answered. It stays when the card is gone."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="subject_requests")
    card = models.ForeignKey(ClientCard, models.SET_NULL, null=True, related_name="requests")
    kind = models.CharField(max_length=10, choices=RequestKind)
    asked_on = models.DateField(default=timezone.localdate)
    answer_by = models.DateField(default=answer_by)
    words = EncryptedTextField(_("in the words of the person"), blank=True)
    longer_because = models.CharField(max_length=10, choices=LongerBecause, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = EncryptedTextField(_("what was answered, and why"), blank=True)
    refused_because = models.CharField(max_length=20, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = SubjectRequestQuerySet.as_manager()

    class Meta:
        ordering = ["answer_by", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_by__gte=models.F("asked_on")), name="a_request_is_answered_after_it_was_asked"
            ),
            models.CheckConstraint(
                condition=Q(answer="", outcome="", answered_by=None) | Q(answered_at__isnull=False),
                name="an_answer_to_a_request_has_its_day",
            ),
        ]

    class Privacy:
        personal = ["card", "words", "answer"]
        retained = [
            "id", "created_at", "organization", "kind", "asked_on", "answer_by", "longer_because", "answered_at",
            "answered_by", "outcome", "refused_because", "noted_by",
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_on}"

    def last_day(self, *, longer: bool = False) -> date:
        """Give the day by which the law wants an answer, or the later one when it takes longer."""
        return rules.answer_by(self.asked_on, openness=self.kind == RequestKind.OPENNESS, longer=longer)


class Correction(StampedModel):
    """What the person says is not right, in words; who received that piece is told."""

    card = models.ForeignKey(ClientCard, models.CASCADE, related_name="corrections")
    item = models.CharField(_("about what?"), max_length=20, choices=Item)
    text = EncryptedTextField(_("what must it be?"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["created_at"]

    class Privacy:
        personal = ["text"]
        retained = ["id", "created_at", "card", "item", "noted_by"]

    def __str__(self) -> str:
        return str(self.pk)


class HoldReason(models.TextChoices):
    """Why the law lets an organization keep a file that would otherwise go (art. 17.3 and 18 of the GDPR)."""

    LEGAL_CLAIM = "legal_claim", _("a complaint or a court case is running")
    LEGAL_DUTY = "legal_duty", _("a law obliges us to keep it")
    PERSON_ASKS = "person_asks", _("the person asks to keep it for now")


class Hold(StampedModel):
    """A reason that keeps one file from being erased, until a day."""

    card = models.OneToOneField(ClientCard, models.CASCADE, related_name="hold")
    reason = models.CharField(_("why?"), max_length=20, choices=HoldReason)
    until = models.DateField(_("until when?"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Privacy:
        personal: list[str] = []
        retained = ["id", "created_at", "card", "reason", "until", "set_by"]

    def __str__(self) -> str:
        return f"{self.reason} {self.until}"


class RetentionPolicy(StampedModel):
    """How many months after the last sign of life one controller keeps a file. Without one, six months."""

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="retention_policy")
    months = models.PositiveSmallIntegerField(
        _("months after the last contact"), default=USUAL_MONTHS,
        validators=[MinValueValidator(LEAST_MONTHS), MaxValueValidator(MOST_MONTHS)],
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(months__range=(LEAST_MONTHS, MOST_MONTHS)), name="a_file_is_kept_one_to_twelve_months"
            ),
        ]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "created_at", "organization", "months"]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.months}"


class PlannedErasure(StampedModel):
    """A file whose time is over: announced first, erased on this day unless something happens."""

    card = models.OneToOneField(ClientCard, models.CASCADE, related_name="planned_erasure")
    erase_on = models.DateField(db_index=True)

    class Meta:
        ordering = ["erase_on"]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "created_at", "card", "erase_on"]

    def __str__(self) -> str:
        return str(self.erase_on)


class RetentionReport(StampedModel):
    """What one night did with the files of one organization: counts only."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="retention_reports")
    ran_at = models.DateTimeField(default=timezone.now)
    announced = models.PositiveIntegerField(default=0)
    spared = models.PositiveIntegerField(default=0)
    erased = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-ran_at"]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "created_at", "organization", "ran_at", "announced", "spared", "erased", "held"]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.ran_at}"
