"""People who log in, the audit chain that remembers what was done, mails that wait, and the jobs of the clock."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField


class PeopleManager(UserManager["User"]):
    """Makes people by their e-mail address."""

    def _create_user(self, email: str, password: str | None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":  # type: ignore[override]
        """Make someone who can log in."""
        return self._create_user(email, password, **{"is_staff": False, "is_superuser": False, **extra})

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":  # type: ignore[override]
        """Make the operator of the installation."""
        return self._create_user(email, password, **{"is_staff": True, "is_superuser": True, **extra})


class User(AbstractUser):
    """A colleague of one of the partners, or the operator. Clients have no account."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    phone = models.CharField(_("direct phone number"), max_length=40, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PeopleManager] = PeopleManager()

    class Privacy:
        personal = ["email", "first_name", "last_name", "phone", "password"]
        retained = [
            "id", "last_login", "is_superuser", "is_staff", "is_active", "date_joined", "groups", "user_permissions",
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class TrustedDevice(models.Model):
    """A device on which someone is not asked for the second step for some days; see `core.trusted_devices`."""

    user = models.ForeignKey(User, models.CASCADE, related_name="trusted_devices")
    fingerprint = models.CharField(max_length=64, help_text="Of the password and the second steps as they were then.")
    issued_at = models.PositiveBigIntegerField(help_text="As in the cookie of the device: seconds since 1970.")
    user_agent = models.CharField(max_length=200, blank=True)
    ip = models.GenericIPAddressField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "fingerprint", "issued_at"], name="a_device_is_trusted_once"),
        ]

    class Privacy:
        personal = ["user_agent", "ip"]
        retained = ["id", "user", "fingerprint", "issued_at"]

    def __str__(self) -> str:
        return str(self.pk)


class AuditEvent(models.Model):
    """One line of the audit chain. Written by `core.audit.record` only; the database refuses any change.

    No foreign keys, so that history never blocks a deletion; ids and codes only, never content.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    actor = models.CharField(max_length=40, help_text="User id, or 'system', 'client' or 'visitor'.")
    organization = models.CharField(max_length=100, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=100)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "sequence"], name="audit_by_subject"),
            models.Index(fields=["organization", "sequence"], name="audit_by_organization"),
        ]
        ordering = ["sequence"]

    class Privacy:
        personal: list[str] = []
        retained = [
            "sequence", "at", "action", "actor", "organization", "subject_type", "subject_id", "details", "previous",
            "digest",
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class AuditHead(models.Model):
    """The end of the chain: one row, locked while a line is added."""

    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="the_audit_chain_has_one_end")]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "sequence", "digest"]

    def __str__(self) -> str:
        return str(self.sequence)


class DoomedKey(models.Model):
    """A key that must be destroyed, written in the transaction that wants it gone; see `core.doomed_keys`."""

    key_id = models.UUIDField(primary_key=True)
    doomed_at = models.DateTimeField(default=timezone.now)

    class Privacy:
        personal: list[str] = []
        retained = ["key_id", "doomed_at"]

    def __str__(self) -> str:
        return str(self.key_id)


class StampedModel(models.Model):
    """A row with an id that tells nothing, and the moment that it was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


# Longer than any mail is put off or held: a moment beyond it was written while the clock ran ahead, and has come.
LONGEST_WAIT = timedelta(hours=25)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Which mails remain."""

    def unsent(self) -> Self:
        """Keep what still has to go out."""
        return self.filter(sent_at=None, failed_at=None)

    def due(self, now: datetime) -> Self:
        """Keep what should go out now, whoever is busy with it."""
        return self.unsent().filter(models.Q(next_try_at__lte=now) | models.Q(next_try_at__gt=now + LONGEST_WAIT))

    def ready(self, now: datetime) -> Self:
        """Keep what may go out now and is in nobody's hands."""
        free = models.Q(held_until=None) | models.Q(held_until__lte=now) | models.Q(held_until__gt=now + LONGEST_WAIT)
        return self.due(now).filter(free)

    def failed(self) -> Self:
        """Keep what was given up."""
        return self.exclude(failed_at=None)


class OutgoingMail(StampedModel):
    """A mail as a row of the transaction that has something to tell; see `core.outbox`. Removed soon after it went."""

    message_id = models.CharField(max_length=150, unique=True, help_text="Made once: a repeat carries the same one.")
    about = models.CharField(max_length=120, blank=True, help_text="Kind and id of the thing, for the operator.")
    to = EncryptedTextField()
    sender = EncryptedTextField(blank=True)
    subject = EncryptedTextField()
    body = EncryptedTextField()
    attachments = EncryptedTextField(blank=True, help_text="JSON: a list of name, text and type.")
    next_try_at = models.DateTimeField(default=timezone.now)
    held_until = models.DateTimeField(null=True, help_text="Until then one worker is busy with it.")
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True, help_text="Kind and number of the last fault, no words of it.")
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(sent_at=None, failed_at=None), name="mails_that_wait"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(failed_at=None), name="a_mail_that_went_was_not_given_up"
            ),
        ]

    class Privacy:
        personal = ["to", "sender", "subject", "body", "attachments"]
        retained = [
            "id", "created_at", "message_id", "about", "next_try_at", "held_until", "tries", "error", "sent_at",
            "failed_at",
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.message_id


class JobRun(models.Model):
    """How one job of the clock stands: when it ran, when it runs again, who holds it; see `core.jobs`."""

    name = models.CharField(primary_key=True, max_length=40)
    due_at = models.DateTimeField(default=timezone.now)
    held_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, help_text="In a row, since it last went well.")
    outcome = models.CharField(max_length=300, blank=True, help_text="Counts, or the kind of fault. No content.")

    class Meta:
        ordering = ["name"]

    class Privacy:
        personal: list[str] = []
        retained = [
            "name", "due_at", "held_until", "started_at", "finished_at", "succeeded_at", "failures", "outcome",
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
