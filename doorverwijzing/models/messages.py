"""What goes along with a message: files, who is meant, ready-made texts, and when people want to hear of it."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.key_reference import KeyReference
from core.models import StampedModel
from doorverwijzing.models.answers import Message
from doorverwijzing.models.referral import Referral
from organisaties.models import Membership, Organization

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models import User


class Attachment(StampedModel):
    """A file with a message, sealed under its own key. It dies with the packet, or with the piece that it is about."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    item = models.CharField(max_length=20, blank=True, help_text="Code of the piece that was agreed; empty: no piece.")
    name = EncryptedTextField()
    extension = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    key_id = KeyReference(empties=["name"], stamps="destroyed_at", help_text="Names a key of core.keystore.")
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at=None) | Q(key_id=None, name=""), name="a_destroyed_attachment_is_empty"
            ),
        ]

    class Privacy:
        personal = ["name"]
        retained = ["id", "created_at", "message", "item", "extension", "size", "key_id", "destroyed_at"]

    def __str__(self) -> str:
        return str(self.pk)


class Mention(StampedModel):
    """A colleague whom a message names: someone who may see the referral."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="a_message_names_someone_once")]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "created_at", "message", "person"]

    def __str__(self) -> str:
        return str(self.pk)


class MessageTemplateQuerySet(models.QuerySet["MessageTemplate"]):
    """Which texts remain."""

    def usable_by(self, user: "User | AnonymousUser") -> Self:
        """Keep the texts of the organizations where this person works with clients, and their own."""
        mine = Membership.objects.care_places(user)
        return self.filter(Q(owner=None) | Q(owner=user.pk), organization__in=mine).select_related("organization")

    def changeable_by(self, user: "User | AnonymousUser") -> Self:
        """Keep their own texts, and those of an organization that they lead."""
        led = Membership.objects.of(user).managing().values("organization")
        return self.usable_by(user).filter(Q(owner=user.pk) | Q(organization__in=led))


class MessageTemplate(StampedModel):
    """A ready-made text for messages: of everyone in the organization, or of one colleague. Never about someone."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="message_templates")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="message_templates"
    )
    title = models.CharField(_("name of the text"), max_length=60)
    text = models.TextField(_("text"), max_length=1000)

    objects = MessageTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["title", "created_at"]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "created_at", "organization", "owner", "title", "text"]

    def __str__(self) -> str:
        return self.title


class Rhythm(models.TextChoices):
    """When someone wants mail about news that can wait."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, in the morning")


class NoticeWish(models.Model):
    """How one colleague wants to hear of news. Without a row: at once, and before a clock runs out."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    rhythm = models.CharField(_("mail about news"), max_length=10, choices=Rhythm, default=Rhythm.AT_ONCE)
    before_clock = models.BooleanField(_("an hour before a clock runs out"), default=True)

    class Privacy:
        personal: list[str] = []
        retained = ["person", "rhythm", "before_clock"]

    def __str__(self) -> str:
        return str(self.pk)


class WaitingNotice(StampedModel):
    """News that waits for the mail of the morning: what kind, about which referral. Removed once it was told."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="+")
    subject = models.CharField(max_length=120, help_text="Subject of the mail; holds nobody.")

    class Meta:
        ordering = ["created_at"]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "created_at", "person", "referral", "subject"]

    def __str__(self) -> str:
        return str(self.pk)


class PaperForm(StampedModel):
    """A blank form with a code, filled in on paper and typed in later: when it happened, and when it was written."""

    code = models.CharField(max_length=12, unique=True)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="paper_forms")
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    happened_at = models.DateTimeField(null=True, help_text="As the paper says.")
    recorded_at = models.DateTimeField(null=True, help_text="When it was typed in.")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    referral = models.OneToOneField(Referral, models.CASCADE, null=True, related_name="paper_form")

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(happened_at=None, recorded_at=None)
                | Q(happened_at__isnull=False, recorded_at__isnull=False, happened_at__lte=models.F("recorded_at")),
                name="what_happened_is_not_typed_in_before",
            ),
        ]

    class Privacy:
        personal: list[str] = []
        retained = [
            "id", "created_at", "code", "organization", "printed_by", "happened_at", "recorded_at", "recorded_by",
            "referral",
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code
