"""Saving a search, taking it away, and wanting mail about it."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from bewaarde_zoekvragen import following, keeping
from bewaarde_zoekvragen.models import LONGEST_ADDRESS, LONGEST_TITLE, NewsWish, SavedSearch
from core.errors import Refusal
from core.models import User
from core.verdict import ALLOWED, Verdict
from organisaties.models import Membership
from search.address import Address
from search.engines.base import EngineDownError
from search.find import search as find

MOST = 20


def may_save(user: User) -> Verdict:
    """Tell whether this person may keep searches: who works somewhere."""
    works = Membership.objects.of(user).exists()
    return ALLOWED if works else Verdict(_("Only who works for a partner can save a search."))


def save(asked: Address, *, by: User) -> SavedSearch:
    """Keep a question to the catalogue; the same one twice is kept once. Raises NotAllowed or Refusal."""
    may_save(by).require()
    kept = keeping.to_keep(asked)
    if kept.asks_nothing:
        raise Refusal(_("First search for something, then save it."))
    try:
        page = find(replace(kept.query(), page=1, size=1))
        keeping.refuse_someone(kept, page)
        fits = following.fitting(kept)
    except EngineDownError as away:
        raise Refusal(_("Search is away for a moment. Try again in a minute.")) from away
    address = kept.link().removeprefix("?")
    if len(address) > LONGEST_ADDRESS:
        raise Refusal(_("Too many filters to save. Take some away."))
    title = keeping.title_of(kept, page)[:LONGEST_TITLE]
    known = None if fits is None else sorted(fits)
    return _write(by, address, {"title": title, "known": known, "followed": fits is not None})


@transaction.atomic
def _write(by: User, address: str, fields: dict[str, object]) -> SavedSearch:
    # Two presses at once: the second one counts what the first one wrote.
    User.objects.select_for_update().get(pk=by.pk)
    mine = SavedSearch.objects.of(by)
    if (found := mine.filter(address=address).first()) is not None:
        return found
    if mine.count() >= MOST:
        raise Refusal(_("You saved %(most)s searches. Take one away first, in your account.") % {"most": MOST})
    return SavedSearch.objects.create(person=by, address=address, **fields)


def remove(saved: SavedSearch) -> None:
    """Take a saved search away."""
    saved.delete()


@transaction.atomic
def want_news(user: User, wanted: bool) -> None:
    """Start or stop the mail. Who starts hears of what is new from then on, not of what came in between."""
    if not wanted:
        NewsWish.objects.filter(person=user).delete()
    elif NewsWish.objects.get_or_create(person=user)[1]:
        SavedSearch.objects.of(user).update(known=None)


class Saved:
    """What someone saved goes when they work nowhere any more; see `organisaties.departures.Room`."""

    def count(self, user: User, organization: object) -> int:
        """Tell that nothing of it is work to hand over."""
        return 0

    def hand_over(self, user: User, organization: object, *, to: User | None, by: User | str) -> int:
        """Remove it all after the last departure; nobody takes it over."""
        if not Membership.objects.of(user).exists():
            SavedSearch.objects.of(user).delete()
            NewsWish.objects.filter(person=user).delete()
        return 0
