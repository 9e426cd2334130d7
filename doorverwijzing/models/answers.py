"""What each side says on the way: a no with a way on, tries to reach someone, the client's answer, messages."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.models import StampedModel
from doorverwijzing.models.referral import Referral
from organisaties.models import Organization
from sociale_kaart.models import Service


class RefusalCode(models.TextChoices):
    """Why a receiver says no."""

    NO_ROOM = "no_room", _("No room now")
    NOT_OURS = "not_ours", _("We do not do this kind of question")
    OUTSIDE_AREA = "outside_area", _("Lives outside our area")
    CONDITIONS = "conditions", _("Does not meet our conditions")


class Decline(StampedModel):
    """A no, with a way on: another service, on our map or only by its name, or the fact that nothing exists."""

    referral = models.OneToOneField(Referral, models.CASCADE, related_name="decline")
    code = models.CharField(_("why not?"), max_length=20, choices=RefusalCode)
    alternative = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    elsewhere = EncryptedTextField(
        _("Service that was proposed"), blank=True,
        help_text="Name of a service that is not on our map, as another region wrote it.",
    )  # fmt: skip
    nothing_exists = models.BooleanField(default=False)
    note = EncryptedTextField(_("for the colleague who sent it"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(alternative__isnull=False, elsewhere="", nothing_exists=False)
                | Q(alternative__isnull=True, elsewhere="", nothing_exists=True)
                | Q(alternative__isnull=True, nothing_exists=False) & ~Q(elsewhere=""),
                name="a_refusal_shows_a_way_on",
            ),
        ]

    class Privacy:
        personal = ["note", "elsewhere"]
        retained = ["id", "created_at", "referral", "code", "alternative", "nothing_exists"]

    def __str__(self) -> str:
        return str(self.pk)


class Channel(models.TextChoices):
    """How two people spoke."""

    PHONE = "phone", _("phone")
    DESK = "desk", _("here")
    HOME = "home", _("at home")


class Initiative(models.TextChoices):
    """Who began."""

    RECEIVER = "receiver", _("we")
    CLIENT = "client", _("the client")


class Attempt(StampedModel):
    """One try of the receiver to reach the person; at most one reached."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    channel = models.CharField(_("how?"), max_length=10, choices=Channel)
    initiative = models.CharField(_("who took the initiative?"), max_length=10, choices=Initiative, blank=True)
    reached = models.BooleanField()
    note = EncryptedTextField(_("what happened"), blank=True)
    appointment = EncryptedTextField(_("next appointment"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(reached=True), name="first_contact_is_confirmed_once"
            ),
            models.CheckConstraint(
                condition=Q(reached=False) | ~Q(initiative=""), name="contact_tells_who_took_the_initiative"
            ),
        ]

    class Privacy:
        personal = ["note", "appointment"]
        retained = ["id", "created_at", "referral", "at", "channel", "initiative", "reached", "by"]

    def __str__(self) -> str:
        return str(self.pk)


class Reached(models.TextChoices):
    """What the client says to "did someone speak with you?"."""

    YES = "yes", _("yes")
    NOT_YET = "not_yet", _("not yet")
    NO = "no", _("no")
    RATHER_NOT = "rather_not", _("rather not say")


class ClientAnswer(StampedModel):
    """The client's own answer: a fact beside the state, never a state itself."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="answers")
    answer = models.CharField(max_length=12, choices=Reached)
    through = models.CharField(max_length=10, choices={"page": _("own page"), "worker": _("a worker wrote it down")})
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True, help_text="When a colleague did something with a no or a not yet.")
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["created_at"]
        indexes = [
            models.Index(
                fields=["answer", "referral"], condition=models.Q(handled_at=None), name="client_answer_not_handled"
            ),
        ]

    class Privacy:
        personal = ["answer"]
        retained = ["id", "created_at", "referral", "through", "recorded_by", "handled_at", "handled_by"]

    def __str__(self) -> str:
        return str(self.pk)


class Message(StampedModel):
    """One message between the two sides; it does not stop the clock."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Empty for a guest."
    )
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    text = EncryptedTextField(_("message"))
    item = models.CharField(
        max_length=20, blank=True, help_text="Code of the piece that it tells; the receiver reads it as long as that."
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["created_at"]

    class Privacy:
        personal = ["text"]
        retained = ["id", "created_at", "referral", "author", "organization", "item", "form_key"]

    def __str__(self) -> str:
        return str(self.pk)
