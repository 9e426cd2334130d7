"""What a colleague who leaves or is away leaves behind here: conversations that are not finished."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef

from core import audit
from core.models import User
from organisaties import departures
from organisaties.models import Membership, Organization
from vraagverheldering import notifications
from vraagverheldering.models import Conversation, ConversationQuerySet


def _in_hand(user: User, organization: Organization) -> ConversationQuerySet:
    return Conversation.objects.open().filter(worker=user, organization=organization)


class Talks:
    """The open conversations of one colleague; see `organisaties.departures.Room`."""

    def count(self, user: User, organization: Organization) -> int:
        """Count the conversations that this person did not finish."""
        return _in_hand(user, organization).count()

    @transaction.atomic
    def hand_over(self, user: User, organization: Organization, *, to: User | None, by: User | str) -> int:
        """Let someone else go on; without anyone they wait for who comes, and `mend` finds them then."""
        if to is None:
            return 0
        held = list(_in_hand(user, organization).select_for_update(of=("self",)).order_by("pk"))
        for talk in held:
            Conversation.objects.filter(pk=talk.pk).update(worker=to)
            audit.record("conversation.handed_over", subject=talk, by=by, organization=organization, to=str(to.pk))
        if held and to != by:
            notifications.handed_over(to, len(held))
        return len(held)


def mend() -> Mapping[str, int]:
    """Give every open conversation of who no longer works there to a colleague; for the night. Safe to repeat."""
    works = Membership.objects.caring().filter(user=OuterRef("worker"), organization=OuterRef("organization"))
    left = Conversation.objects.open().filter(~Exists(works)).select_related("worker", "organization").order_by("pk")
    moved = 0
    for user, organization in dict.fromkeys((talk.worker, talk.organization) for talk in left):
        heir = next(iter(departures.heirs(organization, but=user)), None)
        moved += Talks().hand_over(user, organization, to=heir, by=audit.SYSTEM)
    return {"handed over": moved}
