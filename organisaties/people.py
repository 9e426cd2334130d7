"""The people of an organization as their page shows them: who may what, and what happened lately."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core import audit
from core.models import AuditEvent, User
from organisaties.models import Invitation, Membership, Organization
from organisaties.roles import MANAGER_ROLES, in_words

LINES = 5


@dataclass(frozen=True)
class Colleague:
    """One person with all their roles here."""

    user: User
    roles: list[str]

    @property
    def may(self) -> str:
        """Say what this person may: 'manage, questions'."""
        return in_words(self.roles)

    @property
    def manages(self) -> bool:
        """Tell whether this person may change the people here."""
        return not MANAGER_ROLES.isdisjoint(self.roles)


def colleagues(organization: Organization, *, first: User | None = None) -> list[Colleague]:
    """Give everyone who works here now: `first` on top, then who manages."""
    held = Membership.objects.current().filter(organization=organization).select_related("user")
    held = held.order_by("user__first_name", "user__last_name", "user_id", "role")
    people = [
        Colleague(rows[0].user, [row.role for row in rows])
        for rows in (list(rows) for _user, rows in groupby(held, key=lambda row: row.user_id))
    ]
    return sorted(people, key=lambda person: (person.user != first, not person.manages))


@dataclass(frozen=True)
class Line:
    """One thing that happened, as a sentence."""

    at: datetime
    text: str


SENTENCES = {
    "invitation.sent": gettext_noop("%(actor)s invited %(whom)s"),
    "invitation.withdrawn": gettext_noop("%(actor)s took back the invitation of %(whom)s"),
    "invitation.accepted": gettext_noop("%(actor)s began"),
    "membership.changed": gettext_noop("%(whom)s may now: %(roles)s (%(actor)s)"),
    "membership.ended": gettext_noop("%(actor)s stopped the access of %(whom)s"),
}
LEFT = gettext_noop("%(actor)s left")


def happened(organization: Organization) -> list[Line]:
    """Say the last things that happened to the people here, newest first, out of the audit chain."""
    events = list(audit.history_at(organization).filter(action__in=SENTENCES)[:LINES])
    users = User.objects.in_bulk([*_numbers(event.actor for event in events), *_subjects(events, "core.user")])
    invitations = Invitation.objects.in_bulk(_subjects(events, "organisaties.invitation"))
    names = {str(pk): str(user) for pk, user in users.items()}
    names |= {str(pk): invitation.email for pk, invitation in invitations.items()}
    return [Line(event.at, _sentence(event, names)) for event in events]


def _numbers(ids: Iterator[str]) -> list[str]:
    return [one for one in ids if one.isdigit()]


def _subjects(events: list[AuditEvent], kind: str) -> list[str]:
    return [event.subject_id for event in events if event.subject_type == kind]


def _sentence(event: AuditEvent, names: dict[str, str]) -> str:
    left = event.action == "membership.ended" and event.actor == event.subject_id
    parts: dict[str, Any] = {
        "actor": names.get(event.actor, _("someone")),
        "whom": names.get(event.subject_id, _("someone")),
        "roles": in_words(event.details.get("roles", [])),
    }
    return _(LEFT if left else SENTENCES[event.action]) % parts
