"""Colleagues named in a message with "@": only who may see the referral; any other "@word" is plain text."""

import re
from collections import defaultdict
from collections.abc import Iterable

from core.models import User
from doorverwijzing.models import Mention, Message
from organisaties.models import Organization
from organisaties.roles import CARE_ROLES

_NAMED = re.compile(r"(?<![\w@.])@([^\W\d_][\w'’-]*(?:[ .][^\W\d_][\w'’-]*)?)")


def can_be_named(message: Message) -> list[User]:
    """Give who can be named: who works with clients where the writer does, and the two workers of the referral."""
    referral = message.referral
    people = {user.pk: user for user in care_workers(message.organization)}
    for worker in (referral.sender_worker, referral.receiver_worker):
        if worker is not None and (
            referral.sender.is_cared_for_by(worker) or referral.receiver.is_cared_for_by(worker)
        ):
            people[worker.pk] = worker
    return [user for user in people.values() if user.pk != message.author_id]


def care_workers(organization: Organization) -> Iterable[User]:
    """Give who works with clients here now."""
    now = organization.memberships.current().filter(role__in=CARE_ROLES).values("user")
    return User.objects.filter(pk__in=now, is_active=True).order_by("first_name", "last_name", "pk")


def find(text: str, people: Iterable[User]) -> list[User]:
    """Find who a text names, by first name or first and last name. A name that two people have names nobody."""
    by_name: dict[str, set[User]] = defaultdict(set)
    for user in people:
        by_name[user.first_name.casefold()].add(user)
        by_name[user.get_full_name().casefold()].add(user)
    found: dict[int, User] = {}
    for name in _NAMED.findall(text):
        whole = name.casefold().replace(".", " ")
        for candidate in (whole, whole.split(" ")[0]):
            if len(by_name.get(candidate, ())) == 1:
                user = next(iter(by_name[candidate]))
                found[user.pk] = user
                break
    return list(found.values())


def keep(message: Message) -> list[User]:
    """Write down who a message names; give them."""
    people = find(message.text, can_be_named(message))
    Mention.objects.bulk_create([Mention(message=message, person=user) for user in people], ignore_conflicts=True)
    return people
