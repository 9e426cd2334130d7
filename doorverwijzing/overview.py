"""Who keeps the overview of a question and who stands in: known to both sides and the person, never nobody."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.errors import NotAllowed, Refusal
from core.models import User
from doorverwijzing.live.appointments import take_over
from doorverwijzing.models import Overview, Referral
from organisaties.models import Membership, Organization
from organisaties.roles import Role
from vraagverheldering.models import ClarifiedQuestion


@dataclass(frozen=True)
class Keepers:
    """The two people behind a question. `fallback` is empty only where nobody else works with clients."""

    keeper: User
    fallback: User | None
    organization: Organization


def colleagues_of(organization: Organization) -> list[User]:
    """Give who works with clients here now: who manages first, then by name."""
    held = Membership.objects.caring().filter(organization=organization)
    managers = set(held.filter(role=Role.TEAM_LEAD).values_list("user_id", flat=True))
    people = User.objects.filter(pk__in=held.values("user")).order_by("first_name", "last_name", "pk")
    return sorted(people, key=lambda person: person.pk not in managers)


def begin(question: ClarifiedQuestion, *, keeper: User) -> Overview:
    """Let a question have a keeper and someone who stands in; one that has them stays as it is."""
    found = Overview.objects.filter(question=question).first()
    if found:
        return found
    organization = question.conversation.organization
    made, _new = Overview.objects.get_or_create(
        question=question,
        defaults={"keeper": keeper, "fallback": _other_than(keeper, colleagues_of(organization))},
    )
    return made


def _other_than(keeper: User, people: Iterable[User]) -> User | None:
    return next((person for person in people if person.pk != keeper.pk), None)


def of(referral: Referral) -> Keepers:
    """Give who keeps the overview of a referral; before anyone was named, who sent it."""
    found = Overview.objects.filter(question=referral.question_id).select_related("keeper", "fallback").first()
    if found is None:
        return Keepers(referral.sender_worker, None, referral.sender)
    return Keepers(found.keeper, found.fallback, referral.sender)


@transaction.atomic
def hand_over(question: ClarifiedQuestion, *, keeper: User, fallback: User | None, by: User) -> Overview:
    """Name who keeps the overview and who stands in. Raises NotAllowed or Refusal."""
    organization = question.conversation.organization
    if not organization.is_cared_for_by(by):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": organization})
    for person in filter(None, (keeper, fallback)):
        if not organization.is_cared_for_by(person):
            raise Refusal(_("%(name)s does not handle questions here. Choose a colleague who does.") % {"name": person})
    if fallback == keeper:
        raise Refusal(_("Choose someone else to stand in."))
    found, _new = Overview.objects.select_for_update().get_or_create(
        question=question, defaults={"keeper": keeper, "fallback": fallback}
    )
    if (found.keeper_id, found.fallback_id) != (keeper.pk, fallback.pk if fallback else None):
        found.since = timezone.now() if found.keeper_id != keeper.pk else found.since
        found.keeper, found.fallback = keeper, fallback
        found.save()
    _note(found, organization, by=by)
    return found


def _note(found: Overview, organization: Organization, *, by: User | str) -> None:
    audit.record(
        "overview.handed_over", subject=found, by=by, organization=organization, keeper=str(found.keeper_id),
        fallback=str(found.fallback_id or ""),
    )  # fmt: skip


@transaction.atomic
def depart(leaver: User, organization: Organization, *, by: User | str, to: User | None = None) -> int:
    """Hand over everything that someone keeps here, because this person leaves or is away for long.

    Goes to `to`, else to who stands in, else to who manages; live handovers go along. Gives how many questions moved.
    Whose place nobody can take stays with the leaver until `mend` finds someone: a question is never nobody's. Who
    went for good speaks with nobody any more, whoever is left.
    """
    others = [person for person in colleagues_of(organization) if person.pk != leaver.pk]
    heir = to if to and to.pk != leaver.pk else next(iter(others), None)
    if heir is None:
        if not organization.has_care_workers():
            take_over(leaver, organization, to=None, by=by)
        return 0
    ours = Overview.objects.select_for_update(of=("self",)).filter(question__conversation__organization=organization)
    theirs = ours.filter(Q(keeper=leaver) | Q(fallback=leaver)).select_related("keeper", "fallback").order_by("pk")
    moved = 0
    for found in theirs:
        kept = found.keeper_id == leaver.pk
        moved += kept
        if kept:
            found.keeper = to or _still_here(found.fallback, others) or heir
            found.since = timezone.now()
        keeper = found.keeper
        fallback = found.fallback if found.fallback in others and found.fallback != keeper else None
        found.fallback = fallback or _other_than(keeper, others)
        found.save()
        _note(found, organization, by=by)
    take_over(leaver, organization, to=heir, by=by)
    return moved


def _still_here(person: User | None, people: list[User]) -> User | None:
    return person if person in people else None


def mend() -> int:
    """Give every referred question a keeper who still works there, and someone to stand in; count what changed.

    For the nightly run: it finds what an import brought without one, and whom a departure forgot.
    """
    changed = 0
    without = Referral.objects.filter(question__overview=None).select_related(
        "question__conversation__organization", "sender_worker"
    )
    for referral in without.order_by("created_at"):
        begin(referral.question, keeper=referral.sender_worker)
        changed += 1
    for organization in Organization.objects.filter(pk__in=Referral.objects.order_by().values("sender")):
        people = Membership.objects.caring().filter(organization=organization).values("user")
        ours = Overview.objects.filter(question__conversation__organization=organization)
        gone = ours.exclude(keeper__in=people).order_by().values_list("keeper", flat=True).distinct()
        for leaver in User.objects.filter(pk__in=gone):
            changed += depart(leaver, organization, by=audit.SYSTEM)
        changed += _without_fallback(organization, ours.filter(Q(fallback=None) | ~Q(fallback__in=people)))
    return changed


def _without_fallback(organization: Organization, ours: QuerySet[Overview]) -> int:
    """Name someone to stand in where nobody, or somebody who left, does."""
    changed = 0
    for person in colleagues_of(organization)[:2]:
        changed += ours.exclude(keeper=person).update(fallback=person)
    return changed
