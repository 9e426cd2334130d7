"""What waits for who watches over personal data in an organization, or over the network. No story of a person."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clienten.models import EmergencyAccess, Incident, Override, SubjectRequest
from core.models import User
from core.workdays import add_workdays
from doorverwijzing.consent import overriding
from doorverwijzing.deadlines import close_of
from doorverwijzing.models import Consultation, Referral
from doorverwijzing.today import Wait
from doorverwijzing.ways import rights
from organisaties.models import Membership
from organisaties.roles import Role

WATCHING = frozenset({Role.TEAM_LEAD, Role.DATA_PROTECTION_CONTACT, Role.NETWORK_COORDINATOR})
# Working days in which the coordination looks at a consultation.
LOOK_WITHIN = 5


def waiting(user: User) -> list[Wait]:
    """List what this person has to look at or answer; late first. One query for who watches over nothing."""
    rows: dict[str, Callable[[QuerySet[Any]], Iterator[Wait]]] = {
        "stuck": _stuck, "consultations": _consultations, "overrides": _shared_without_a_yes,
        "emergencies": _opened_in_an_emergency, "requests": _asked, "incidents": _went_wrong,
    }  # fmt: skip
    kinds = waiting_kinds(user, Membership.objects.of(user).values_list("role", flat=True))
    found = [wait for kind, kept in kinds.items() for wait in rows[kind](kept)]
    return sorted(found, key=lambda wait: wait.due)


def waiting_kinds(user: User, roles: Iterable[str]) -> dict[str, QuerySet[Any]]:
    """Give what waits for who watches in these roles, by why it does."""
    held, found = set(roles) & WATCHING, {}
    if Role.NETWORK_COORDINATOR in held:
        found = {"stuck": Referral.objects.stuck(timezone.now()), "consultations": rights.to_review(user)}
    if held - {Role.NETWORK_COORDINATOR}:
        found |= {
            "overrides": overriding.waiting_for(user),
            "emergencies": EmergencyAccess.objects.reviewable_by(user).to_review(),
            "requests": SubjectRequest.objects.visible_to(user).open().exclude(card=None),
            "incidents": Incident.objects.visible_to(user).open(),
        }
    return found


def _stuck(kept: QuerySet[Referral]) -> Iterator[Wait]:
    """Give one row for everything that nobody moves after every reminder."""
    late = list(kept.order_by("due_at").values_list("due_at", flat=True))
    if late and (since := late[0]):
        title = ngettext("Call about %(count)s question that is stuck", "Call about %(count)s questions that are stuck",
                         len(late)) % {"count": len(late)}  # fmt: skip
        line = _("The teams were reminded, and so were those who manage them.")
        yield Wait(since, since, title, line, reverse("doorverwijzing:stuck"), _("See between whom"))


def _consultations(kept: QuerySet[Consultation]) -> Iterator[Wait]:
    for said in kept:
        words = {"sender": said.referral.sender, "service": said.referral.service, "person": said.person}
        yield Wait(
            close_of(add_workdays(said.day, LOOK_WITHIN)),
            said.created_at,
            _("Say whether %(sender)s spoke with you") % words,
            _("For a question to %(service)s, with %(person)s.") % words,
            reverse("doorverwijzing:referrers"),
            _("Look and answer"),
        )


def _shared_without_a_yes(kept: QuerySet[Override]) -> Iterator[Wait]:
    for made in kept:
        words = {"organization": made.organization, "recipient": made.recipient, "person": made.by}
        yield _look(
            made.review_due, made.created_at, _("Look at what was shared without a yes"),
            _("%(person)s shared something with %(recipient)s.") % words,
            reverse("doorverwijzing:review", args=[made.pk]),
        )  # fmt: skip


def _opened_in_an_emergency(kept: QuerySet[EmergencyAccess]) -> Iterator[Wait]:
    for access in kept.select_related("opened_by", "opened_from").order_by("review_due"):
        words = {"person": access.opened_by, "organization": access.opened_from}
        yield _look(
            close_of(access.review_due), access.created_at, _("Look back at an emergency access"),
            _("%(person)s of %(organization)s opened a card.") % words,
            reverse("noodtoegang:review", args=[access.pk]),
        )  # fmt: skip


def _look(due: datetime, start: datetime, title: str, line: str, url: str) -> Wait:
    return Wait(due, start, title, line, url, _("Look at it"))


def _asked(kept: QuerySet[SubjectRequest]) -> Iterator[Wait]:
    """Give each open question about personal data of a card that is still there."""
    for one in kept.select_related("card", "organization"):
        name = one.card.first_name if one.card else ""
        words = {"name": name, "kind": one.get_kind_display()}
        yield Wait(
            close_of(one.answer_by),
            one.created_at,
            _("Answer %(name)s about the own data") % words,
            _("Asked: %(kind)s.") % words,
            reverse("clienten:subject", args=[one.card_id]),
            _("Look and answer"),
            one.card_id,
        )


def _went_wrong(kept: QuerySet[Incident]) -> Iterator[Wait]:
    """Give each incident with personal data about which something must be decided."""
    for incident in kept.select_related("organization"):
        yield _look(
            incident.due_at or incident.known_at, incident.known_at, _("Decide who is told of an incident"),
            _("%(organization)s: %(kind)s.")
            % {"organization": incident.organization, "kind": incident.get_kind_display()},
            incident.get_absolute_url(),
        )  # fmt: skip
