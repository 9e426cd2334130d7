"""What someone may be inside an organization. No queries here."""

from collections.abc import Collection
from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
# What only a coordinator may give: it opens the people of every partner.
NETWORK_ROLES = frozenset({Role.NETWORK_COORDINATOR})


class Words(NamedTuple):
    """A role for people: its word in a list of what someone may, the tick in a form, and the line under it."""

    short: str | Promise
    tick: str | Promise
    note: str | Promise


# In the order in which a list is read.
WORDS = {
    Role.TEAM_LEAD: Words(
        pgettext_lazy("what someone may", "manage"),
        pgettext_lazy("what someone may", "Manage"),
        _("invites people and stops their access. Also handles questions"),
    ),
    Role.NETWORK_COORDINATOR: Words(
        _("region"), _("Coordinate the region"), _("the people of every partner, reads guides before they appear")
    ),
    Role.LISTING_EDITOR: Words(
        _("listings"), _("Change listings"), _("opening hours, place, text. Sees no questions of people")
    ),
    Role.LEARNING_EDITOR: Words(
        _("guides"), _("Write guides"), _("for the learning network. Sees no questions of people")
    ),
    Role.DATA_PROTECTION_CONTACT: Words(
        _("privacy"), _("Watch over personal data"), _("answers for privacy. Sees no questions of people")
    ),
    Role.FRONTLINE_WORKER: Words(
        _("questions"), _("Handle questions"), _("reads questions to you, says yes or no, confirms contact")
    ),
}
# The order of the ticks: what most people need first.
OFFERED = (
    Role.FRONTLINE_WORKER, Role.LISTING_EDITOR, Role.LEARNING_EDITOR, Role.DATA_PROTECTION_CONTACT, Role.TEAM_LEAD,
    Role.NETWORK_COORDINATOR,
)  # fmt: skip


def in_words(roles: Collection[str]) -> str:
    """Say what someone may: 'manage, listings, questions'. A team lead handles questions too."""
    shown = {*roles, Role.FRONTLINE_WORKER} if CARE_ROLES.intersection(roles) else {*roles}
    return ", ".join(str(words.short) for role, words in WORDS.items() if role in shown)


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
