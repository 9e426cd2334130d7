"""Two pages that gather places of the rail: what the network holds, and personal data with what is urgent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from clienten.models import answers_for
from core.models import User
from doorverwijzing import waits
from organisaties.models import Membership, is_coordinator
from organisaties.roles import CARE_ROLES, Role


@dataclass(frozen=True)
class Door:
    """One place behind a page of the rail, what someone does there, and how many wait."""

    label: str
    url: str
    icon: str
    text: str
    count: int = 0


def of_network(user: User) -> list[Door]:
    """Give the places of who coordinates the network; none for anyone else."""
    return list(_network(waits.watched(user, {Role.NETWORK_COORDINATOR}))) if is_coordinator(user) else []


def _network(waiting: Mapping[str, int]) -> Iterator[Door]:
    yield Door(
        _("What is stuck"), reverse("doorverwijzing:stuck"), "warning",
        _("Questions that nobody moves after every reminder. You call."), waiting["stuck"],
    )  # fmt: skip
    yield Door(
        _("Right to refer"), reverse("doorverwijzing:referrers"), "send",
        _("Who refers alone, who signs together, who speaks with you first."), waiting["consultations"],
    )  # fmt: skip
    yield Door(
        _("Deadlines"), reverse("doorverwijzing:deadlines"), "calendar",
        _("How long each turn may last, in the network or in one care zone."),
    )  # fmt: skip
    yield Door(
        _("Shared and never opened"), reverse("doorverwijzing:breadth"), "chart",
        _("Figures per receiver. Fewer than five are never shown."),
    )  # fmt: skip
    yield Door(
        _("Organizations"), reverse("sociale_kaart:organizations"), "list", _("All partners with what they offer.")
    )


def of_data(user: User) -> list[Door]:
    """Give the places around personal data and emergencies that this person can open."""
    roles = {Role(role) for role in Membership.objects.of(user).values_list("role", flat=True)}
    return [*_emergency(roles), *_data(user, roles)]


def _emergency(roles: set[Role]) -> Iterator[Door]:
    if roles & CARE_ROLES:
        yield Door(
            _("Emergency access"), reverse("noodtoegang:ask"), "warning",
            _("Open a card of your circle for an hour, when it cannot wait."),
        )  # fmt: skip


def _data(user: User, roles: set[Role]) -> Iterator[Door]:
    places = list(answers_for(user))
    if not places:
        return
    waiting = waits.watched(user, roles & {Role.DATA_PROTECTION_CONTACT, Role.TEAM_LEAD})
    yield Door(
        _("Looking back"), reverse("noodtoegang:reviews"), "eye",
        _("Emergency accesses to your cards. Say whether it was right."), waiting["emergencies"],
    )  # fmt: skip
    if Role.DATA_PROTECTION_CONTACT in roles:
        yield Door(
            _("Shared without a yes"), reverse("doorverwijzing:reviews"), "hidden",
            _("Rare, with a reason. You look at each one."), waiting["overrides"],
        )  # fmt: skip
    yield Door(
        _("Questions about data"), reverse("clienten:subjects"), "lock",
        _("People who want to see, correct or erase what we keep."), waiting["requests"],
    )  # fmt: skip
    yield Door(
        _("Incidents"), reverse("clienten:incidents"), "paper",
        _("What went wrong with data, who is told and why. The hours run."), waiting["incidents"],
    )  # fmt: skip
    for place in places:
        yield from _of_a_place(str(place), place.pk)


def _of_a_place(name: str, pk: str) -> Iterator[Door]:
    words = {"place": name}
    log, keeping = reverse("clienten:read_log", args=[pk]), reverse("clienten:keeping", args=[pk])
    yield Door(_("Read log of %(place)s") % words, log, "list", _("Who looked at what, and when."))
    yield Door(_("How long %(place)s keeps files") % words, keeping, "calendar", _("What goes soon, and what is held."))
