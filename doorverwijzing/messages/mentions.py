"""Colleagues named in a message with "@": only who may see the referral; any other "@word" is plain text."""

import re
from collections import defaultdict
from collections.abc import Iterable

from core.models import User
from doorverwijzing.models import Mention, Message
from organisaties.models import Organization
from organisaties.roles import CARE_ROLES

_AT = re.compile(r"(?<![\w@.])@(?=[^\W\d_])")
# A letter, or a hyphen or an apostrophe with one behind it: the name that stands there is a longer one.
_GOES_ON = re.compile(r"\w|[-'](?=\w)")
# First and last name of an account, and what stands between them.
LONGEST = 310


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
    """Find who a text names, by first name or whole name; the longest that stands there counts.

    A name that two people have names nobody.
    """
    by_name: dict[str, set[User]] = defaultdict(set)
    for user in people:
        for name in {_plain(user.first_name), _plain(user.get_full_name())} - {""}:
            by_name[name].add(user)
    found: dict[int, User] = {}
    for sign in _AT.finditer(text):
        rest = _plain(text[sign.end() : sign.end() + LONGEST])
        named = [name for name in by_name if rest.startswith(name) and not _GOES_ON.match(rest, len(name))]
        for name in sorted(named, key=len, reverse=True):
            if len(by_name[name]) == 1:
                user = next(iter(by_name[name]))
                found[user.pk] = user
                break
    return list(found.values())


def _plain(name: str) -> str:
    """Give a name as it is compared: "Jan.Peeters" is Jan Peeters."""
    return name.casefold().replace(".", " ").replace("’", "'").strip()


def keep(message: Message) -> list[User]:
    """Write down who a message names; give them."""
    people = find(message.text, can_be_named(message))
    Mention.objects.bulk_create([Mention(message=message, person=user) for user in people], ignore_conflicts=True)
    return people
