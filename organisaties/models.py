"""Organizations (HSDS), who belongs to them, and who is invited."""

import secrets
import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from core.models import StampedModel, User
from core.prepared import Prepared
from core.rows_written import TellingQuerySet
from organisaties.roles import CARE_ROLES, MANAGER_ROLES, PartnerType, Role, SecrecyRegime

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def new_id() -> str:
    """Make an id in the form of HSDS. Ids that an import brings are kept as they are."""
    return str(uuid.uuid4())


class OrganizationQuerySet(TellingQuerySet["Organization"]):
    """Which organizations remain."""

    def public(self) -> Self:
        """Keep what everyone may see."""
        return self.filter(live=True)

    def of(self, user: "User | AnonymousUser") -> Self:
        """Keep the organizations where this person works now, in whatever role."""
        return self.filter(pk__in=Membership.objects.of(user).values("organization"))

    def cared_for_by(self, user: "User | AnonymousUser") -> Self:
        """Keep the organizations where this person works with clients."""
        return self.filter(pk__in=Membership.objects.care_places(user))

    def with_people_known_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the organizations whose people this person may see: their own, or all for a coordinator."""
        return self.all() if is_coordinator(user) else self.of(user)


class Organization(DraftStateMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """HSDS organization, with what the network adds to it."""

    id = models.CharField(primary_key=True, max_length=100, default=new_id, editable=False)
    # HSDS
    name = models.CharField(_("name"), max_length=255)
    alternate_name = models.CharField(_("other name"), max_length=255, blank=True)
    description = models.TextField(_("description"), blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    legal_status = models.CharField(_("legal status"), max_length=255, blank=True)
    tax_status = models.CharField(max_length=255, blank=True)
    tax_id = models.CharField(max_length=255, blank=True)
    year_incorporated = models.PositiveIntegerField(null=True, blank=True)
    logo = models.URLField(max_length=500, blank=True)
    uri = models.URLField(max_length=500, blank=True)
    parent_organization = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    # The network's own layer
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    partner_type = models.CharField(
        _("place in the network"), max_length=20, choices=PartnerType, default=PartnerType.SPECIALISED
    )
    secrecy_regime = models.CharField(
        _("secrecy"), max_length=20, choices=SecrecyRegime, default=SecrecyRegime.DISCRETION
    )
    how_we_work = models.TextField(_("how we work, for colleagues"), blank=True)
    inbox = models.EmailField(_("mailbox for new questions"), blank=True)
    source = models.CharField(max_length=120, blank=True)
    extra = models.JSONField(default=dict, blank=True, editable=False)
    last_modified = models.DateTimeField(auto_now=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give the public page."""
        return reverse("sociale_kaart:organization", args=[self.pk])

    def get_preview_template(self, request: object, mode_name: str) -> str:
        """Name the template that Wagtail's preview draws."""
        return "sociale_kaart/organization.html"

    def get_preview_context(self, request: object, mode_name: str) -> dict[str, object]:
        """Give what the public page shows, in the frame that a visitor sees."""
        return {
            "organization": self,
            "origin": None,
            "back": None,
            "base_layout": "layouts/public.html",
            "preview": True,
        }

    def has_member(self, user: "User | AnonymousUser") -> bool:
        """Tell whether this person works here now, in whatever role."""
        return self.memberships.filter(user_id=user.pk, ended_at=None).exists()

    def is_cared_for_by(self, user: "User | AnonymousUser") -> bool:
        """Tell whether this person works with clients here: asked ten times for a page of a referral."""
        return (self.pk,) in CARE_PLACES.rows(user)

    def is_managed_by(self, user: "User | AnonymousUser") -> bool:
        """Tell whether this person may invite colleagues and change roles here."""
        return self.memberships.filter(user_id=user.pk, ended_at=None, role__in=MANAGER_ROLES).exists()

    def takes_referrals(self) -> bool:
        """Tell whether a question can arrive here. A mailbox is enough: who has no account answers by a link."""
        return bool(self.inbox)

    def has_care_workers(self) -> bool:
        """Tell whether someone who can log in works with clients here."""
        return self.memberships.caring().exists()


class OrganizationIdentifier(models.Model):
    """HSDS organization_identifier, such as the enterprise number (KBO)."""

    id = models.CharField(primary_key=True, max_length=100, default=new_id)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="organization_identifiers")
    identifier_scheme = models.CharField(max_length=120, blank=True)
    identifier_type = models.CharField(max_length=120)
    identifier = models.CharField(max_length=120)
    extra = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["identifier_type", "identifier"]

    def __str__(self) -> str:
        return f"{self.identifier_type} {self.identifier}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Which memberships remain."""

    def current(self) -> Self:
        """Keep those that have not ended."""
        return self.filter(ended_at=None)

    def of(self, user: "User | AnonymousUser") -> Self:
        """Keep what this person is now; a visitor is nothing anywhere."""
        return self.current().filter(user_id=user.pk)

    def care_places(self, user: "User | AnonymousUser") -> "models.QuerySet[Membership, str]":
        """Give the ids of the organizations where this person works with clients: asked within most questions."""
        return self.of(user).filter(role__in=CARE_ROLES).values_list("organization", flat=True)

    def caring(self) -> Self:
        """Keep who works with clients and can log in."""
        return self.current().filter(role__in=CARE_ROLES, user__is_active=True)

    def managing(self) -> Self:
        """Keep who may invite colleagues and change roles."""
        return self.current().filter(role__in=MANAGER_ROLES)

    def coordinating(self) -> Self:
        """Keep who coordinates the network."""
        return self.current().filter(role=Role.NETWORK_COORDINATOR)


class Membership(models.Model):
    """One role of one person in one organization, from a day to a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=30, choices=Role)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organization", "user", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization", "role"],
                condition=models.Q(ended_at=None),
                name="a_role_is_held_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("started_at")),
                name="a_membership_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="a_membership_has_a_known_role"),
        ]

    class Privacy:
        personal = ["user"]
        retained = ["id", "organization", "role", "started_at", "ended_at"]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organization}"


CARE_PLACES = Prepared(Membership.objects.care_places)


def is_coordinator(user: "User | AnonymousUser") -> bool:
    """Tell whether this person coordinates the network. The operator does: someone must invite the first one."""
    return user.is_superuser or Membership.objects.of(user).coordinating().exists()


def new_token() -> str:
    """Make a token that nobody can guess."""
    return secrets.token_urlsafe(32)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations remain."""

    def open(self, now: datetime | None = None) -> Self:
        """Keep those that can still be accepted."""
        return self.unanswered().filter(expires_at__gt=now or timezone.now())

    def unanswered(self) -> Self:
        """Keep those that were neither accepted nor withdrawn, also when they are over."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(StampedModel):
    """An open door for one mail address, until a day."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    roles = models.JSONField(_("roles"), default=list)
    token = models.CharField(max_length=64, unique=True, default=new_token)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="an_address_has_one_invitation_at_a_time",
            ),
        ]

    class Privacy:
        personal = ["email", "token", "invited_by"]
        retained = ["id", "created_at", "organization", "roles", "expires_at", "accepted_at", "withdrawn_at"]

    def __str__(self) -> str:
        return f"{self.organization}"

    def get_absolute_url(self) -> str:
        """Give the page that the mail leads to."""
        return reverse("organisaties:accept", args=[self.token])

    @property
    def is_over(self) -> bool:
        """Tell whether its days have gone by."""
        return self.expires_at <= timezone.now()


class EmergencyUse(models.TextChoices):
    """Who from the circle of an organization may open one of its cards in an emergency (domain.md P-08)."""

    NOBODY = "nobody", _("nobody")
    TEAM_LEADS = "team_leads", _("who manages a team")
    WORKERS = "workers", _("everyone who works with clients")


class DoorPolicy(models.Model):
    """What an organization asks at the door on top of the installation; without a row the installation's own."""

    IDLE = (5, 60)
    HOURS = (1, 12)

    organization = models.OneToOneField(Organization, models.CASCADE, primary_key=True, related_name="door_policy")
    idle_minutes = models.PositiveSmallIntegerField(default=15)
    session_hours = models.PositiveSmallIntegerField(default=10)
    second_factor_for_editors = models.BooleanField(default=False)
    trusted_devices = models.BooleanField(default=True)
    emergency_use = models.CharField(max_length=20, choices=EmergencyUse, default=EmergencyUse.WORKERS)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(idle_minutes__range=(5, 60), session_hours__range=(1, 12)),
                name="a_door_does_not_stay_open",
            ),
            models.CheckConstraint(
                condition=models.Q(emergency_use__in=EmergencyUse.values), name="an_emergency_has_known_users"
            ),
        ]

    class Privacy:
        personal: list[str] = []
        retained = [
            "organization", "idle_minutes", "session_hours", "second_factor_for_editors", "trusted_devices",
            "emergency_use", "changed_at",
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.organization_id)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Which absences remain."""

    def on(self, day: date) -> Self:
        """Keep who is away on a day."""
        until = models.Q(ends_on=None) | models.Q(ends_on__gte=day)
        return self.filter(until, cancelled_at=None, starts_on__lte=day)

    def coming(self, day: date) -> Self:
        """Keep what lasts until a day or later, also what has still to begin."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day), cancelled_at=None)


class Absence(StampedModel):
    """Someone is away from an organization; without a last day until further notice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="absences")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="absences_stood_in"
    )
    handed_over_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="an_absence_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(stand_in=None) | ~models.Q(stand_in=models.F("user")),
                name="nobody_stands_in_for_themselves",
            ),
        ]

    class Privacy:
        personal = ["user", "starts_on", "ends_on", "stand_in"]
        retained = ["id", "created_at", "organization", "handed_over_at", "cancelled_at"]

    def __str__(self) -> str:
        return str(self.pk)
