"""What someone may be inside an organization. No queries here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """One person may hold several of these in one organization."""

    FRONTLINE_WORKER = "frontline_worker", _("frontline worker")
    TEAM_LEAD = "team_lead", _("team lead")
    LISTING_EDITOR = "listing_editor", _("listing editor")
    LEARNING_EDITOR = "learning_editor", _("learning editor")
    NETWORK_COORDINATOR = "network_coordinator", _("network coordinator")
    DATA_PROTECTION_CONTACT = "data_protection_contact", _("data-protection contact")


# Who works with clients and may read what a client said.
CARE_ROLES = frozenset({Role.FRONTLINE_WORKER, Role.TEAM_LEAD})
# Who may invite colleagues and change their roles.
MANAGER_ROLES = frozenset({Role.TEAM_LEAD})


class PartnerType(models.TextChoices):
    """How close an organization stands to the integrated broad reception."""

    CORE = "core", _("core partner")
    FACILITATING = "facilitating", _("facilitating partner")
    SPECIALISED = "specialised", _("specialised offer")
    VOLUNTEER = "volunteer", _("volunteer organization")


class SecrecyRegime(models.TextChoices):
    """Which duty of silence the people of an organization have (domain.md P-03)."""

    PROFESSIONAL = "professional", _("professional secrecy")
    OFFICE = "office", _("secrecy of office")
    DISCRETION = "discretion", _("duty of discretion")
    NONE = "none", _("no duty of secrecy")
