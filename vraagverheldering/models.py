"""Conversations, what was said in them, and the clarified questions that come out."""

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clienten.models import ClientCard
from core.encryption import EncryptedTextField
from core.models import StampedModel, User
from organisaties.models import Membership, Organization
from sociale_kaart.models import LifeDomain, Service

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class ConversationMode(models.TextChoices):
    """How deep we go."""

    QUICK = "quick", _("short: question and next step")
    BROAD = "broad", _("broad: look at everything together")


class Place(models.TextChoices):
    """Where we meet."""

    DESK = "desk", _("here")
    HOME = "home", _("at home")
    PHONE = "phone", _("by phone")
    OUTREACH = "outreach", _("somewhere else")


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Which conversations remain."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the conversations of organizations where this person works with clients."""
        return self.filter(organization__in=Membership.objects.care_places(user))

    def open(self) -> Self:
        """Keep those that are not finished."""
        return self.filter(finished_at=None)

    def finished(self) -> Self:
        """Keep those that are finished."""
        return self.exclude(finished_at=None)

    def for_list(self) -> Self:
        """Fetch what one row shows, in a fixed number of queries."""
        return self.select_related("client", "worker").prefetch_related("questions")


class Conversation(StampedModel):
    """One talk with one person, that may be stopped and taken up again."""

    client = models.ForeignKey(ClientCard, models.PROTECT, related_name="conversations")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    mode = models.CharField(_("how"), max_length=10, choices=ConversationMode, default=ConversationMode.BROAD)
    place = models.CharField(_("where"), max_length=10, choices=Place, default=Place.DESK)
    good_end = EncryptedTextField(_("suppose it goes better in three months: what is different?"), blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    rights_checked_at = models.DateTimeField(null=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]

    class Privacy:
        personal = ["client", "good_end"]
        retained = [
            "id", "created_at", "organization", "worker", "mode", "place", "saved_at", "finished_at",
            "rights_checked_at", "form_key",
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """Give the page where the talk goes on."""
        return reverse("gesprekken:conversation", args=[self.pk])


class Outcome(models.TextChoices):
    """How a touched domain ends. Without one of these the talk cannot be finished."""

    ACTION = "action", _("We do something")
    LATER = "later", _("Later")
    NOTHING = "nothing", _("Nothing now")
    RATHER_NOT = "rather_not", _("Rather not")


class DomainNote(StampedModel):
    """One life domain in one conversation: strengths first, then what the person wants."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="notes")
    domain = models.ForeignKey(LifeDomain, models.PROTECT, related_name="+")
    strengths = EncryptedTextField(_("what goes well?"), blank=True)
    wording = EncryptedTextField(_("your wording"), blank=True)
    agrees = models.BooleanField(_("the person says: this is right"), null=True)
    score = models.PositiveSmallIntegerField(
        _("how is it going? the person chooses"), null=True, blank=True, validators=[MaxValueValidator(10)]
    )
    outcome = models.CharField(_("what do we do with this?"), max_length=12, choices=Outcome, blank=True)
    later_on = models.DateField(_("when do we come back to it?"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    written = models.JSONField(default=dict, help_text="Per field: who wrote it last, when, and in which open form.")

    class Meta:
        ordering = ["domain__position"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "domain"], name="a_domain_is_touched_once_per_talk"),
            models.CheckConstraint(
                condition=~Q(outcome="later") | Q(later_on__isnull=False), name="later_always_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__lte=10), name="a_score_is_between_nought_and_ten"
            ),
        ]

    class Privacy:
        personal = ["strengths", "wording", "agrees", "score"]
        retained = [
            "id", "created_at", "conversation", "domain", "outcome", "later_on", "version", "saved_at", "written",
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.domain_id}"

    def holds_something(self) -> bool:
        """Tell whether anything was written or chosen here; an emptied note asks nothing."""
        return bool(self.strengths or self.wording or self.outcome or self.score is not None or self.agrees is not None)


class ClientWords(StampedModel):
    """What the person said, exactly. Only ever added to, never changed."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="words")
    domain = models.ForeignKey(LifeDomain, models.PROTECT, null=True, related_name="+")
    text = EncryptedTextField(_("in the person's own words"))
    said_at = models.DateTimeField(default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["said_at"]

    class Privacy:
        personal = ["text"]
        retained = ["id", "created_at", "conversation", "domain", "said_at", "form_key"]

    def __str__(self) -> str:
        return str(self.pk)


class Urgency(models.TextChoices):
    """Which clock runs."""

    ROUTINE = "routine", _("normal")
    URGENT = "urgent", _("urgent")


class RightsState(models.TextChoices):
    """Whether the rights were looked at before someone is referred (domain.md B.5)."""

    CHECKED = "checked", _("checked together")
    POSTPONED = "postponed", _("later, on purpose")


class ClarifiedQuestion(StampedModel):
    """What the person wants, in words that both sides stand behind, with a next step that has a name and a day."""

    client = models.ForeignKey(ClientCard, models.PROTECT, related_name="questions")
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="questions")
    domain = models.ForeignKey(LifeDomain, models.PROTECT, null=True, blank=True, related_name="+")
    wish = EncryptedTextField(_("what the person wants"), help_text=_("Finishes the sentence: this person wants …"))
    own_words = EncryptedTextField(_("in the person's own words"), blank=True)
    goal = EncryptedTextField(_("what is different when it works?"), blank=True)
    next_step = EncryptedTextField(_("next step"), blank=True)
    who = EncryptedTextField(_("who does it?"), blank=True)
    by_when = models.DateField(_("by when?"), null=True, blank=True)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, default=Urgency.ROUTINE)
    rights = models.CharField(max_length=10, choices=RightsState, default=RightsState.POSTPONED)
    income = EncryptedTextField(_("income"), blank=True)
    debts = EncryptedTextField(_("debts"), blank=True)
    tried = EncryptedTextField(_("what was tried already, do not ask again"), blank=True)
    not_again = EncryptedTextField(_("what nobody should ask again"), blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["created_at"]

    class Privacy:
        personal = [
            "client", "wish", "own_words", "goal", "next_step", "who", "income", "debts", "tried",
            "not_again",
        ]  # fmt: skip
        retained = ["id", "created_at", "conversation", "domain", "by_when", "urgency", "rights", "form_key"]

    def __str__(self) -> str:
        return str(self.pk)

    def title(self, name: str = "") -> str:
        """Say the question as a sentence, with a first name when it may be told."""
        return sentence(self.wish, name)


def sentence(wish: str, name: str = "") -> str:
    """Say a wish as a sentence, with a first name when it may be told."""
    return _("%(name)s wants %(wish)s") % {"name": name or _("Someone"), "wish": wish}


class StepKind(models.TextChoices):
    """What kind of next step it is."""

    OWN = "own", _("own step")
    SERVICE = "service", _("a service")
    RIGHT = "right", _("a right")


class NextStep(StampedModel):
    """One thing that someone will do by a day."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="steps")
    note = models.ForeignKey(DomainNote, models.CASCADE, null=True, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind, default=StepKind.OWN)
    what = EncryptedTextField(_("what?"))
    who = EncryptedTextField(_("who does it?"))
    by_when = models.DateField(_("by when?"))
    service = models.ForeignKey(Service, models.SET_NULL, null=True, blank=True, related_name="+")
    right_code = models.CharField(max_length=10, blank=True)
    done_at = models.DateTimeField(null=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["by_when", "created_at"]

    class Privacy:
        personal = ["what", "who"]
        retained = [
            "id", "created_at", "conversation", "note", "kind", "by_when", "service", "right_code", "done_at",
            "form_key",
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)


class RightsResult(StampedModel):
    """What a rights check told, kept because the person agreed."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="rights_results")
    answers = EncryptedTextField(help_text="JSON: the household's answers.")
    outcomes = EncryptedTextField(help_text="JSON: right code to outcome.")
    checked_on = models.DateField()
    agreed_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]

    class Privacy:
        personal = ["answers", "outcomes"]
        retained = ["id", "created_at", "conversation", "checked_on", "agreed_at"]

    def __str__(self) -> str:
        return str(self.pk)
