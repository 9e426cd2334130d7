"""Where a person can go: the four links of everyone, and the rail that follows from the roles someone holds."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.models import User
from doorverwijzing import waits
from organisaties.models import Membership
from organisaties.roles import CARE_ROLES, Role

LISTINGS = "sociale_kaart:listings"
BAR_PLACES = 4
OF_THE_NETWORK = ("/verwijsrecht/", "/cijfers/", "/organisaties/")
OF_PERSONAL_DATA = ("/gegevens/", "/nazicht/", "/noodtoegang/")
OWN_PAGES = ("/meer/", "/weergave/", "/account/")
# Pages that stand under a place of the rail though their address begins elsewhere.
FILE = "/gegevens/"
ABOVE = {"/clienten/": "/gesprekken/", "/vragen/": "/zoeken/", "/dienst/": "/zoeken/", "/organisatie/": "/zoeken/"}


@dataclass(frozen=True)
class Link:
    """One place to go. `count` is how many things wait there."""

    label: str
    url: str
    icon: str = ""
    count: int = 0
    current: bool = False
    # The word under the icon on a phone, where the label does not fit.
    short: str = ""
    # Beginnings of addresses that stand under this place.
    below: tuple[str, ...] = ()


def public_links(path: str) -> tuple[Link, ...]:
    """Give the links in the head of public pages."""
    return tuple(_lit(link, path) for link in _public_links(get_language()))


@cache
def _public_links(_language: str | None) -> tuple[Link, ...]:
    return (
        Link(_("Find help"), reverse("zoeken:search")),
        Link(_("Your rights"), reverse("rechten:checklist")),
        Link(_("All organizations"), reverse("sociale_kaart:organizations")),
        Link(_("For workers"), reverse("account_login"), "lock"),
    )


def footer_links() -> tuple[tuple[Link, ...], ...]:
    """Give the two lists in the foot."""
    return _footer_links(get_language(), settings.SITE_NAME)


@cache
def _footer_links(_language: str | None, site: str) -> tuple[tuple[Link, ...], ...]:
    about = (
        Link(_("About %(site)s") % {"site": site}, "/over/"),
        Link(_("Privacy: what do we keep?"), "/privacy/"),
        Link(_("Accessibility"), "/toegankelijkheid/"),
    )
    report = (
        Link(_("Is something wrong? Tell us"), "/klopt-er-iets-niet/"),
        Link(_("Add your organization"), "/zet-je-organisatie-erbij/"),
        Link(_("Display: light, dark, large"), reverse("display")),
    )
    return about, report


@dataclass(frozen=True)
class Workplace:
    """The frame around the pages of someone who is logged in."""

    person: dict[str, str]
    rail: list[Link]
    more: list[Link]
    in_more: bool = False

    @property
    def bar(self) -> list[Link]:
        """Give the four places and More at the bottom of a phone."""
        kept = [replace(link, label=link.short or link.label) for link in self.rail[:BAR_PLACES]]
        elsewhere = [*self.rail[BAR_PLACES:], *self.more]
        waiting = sum(link.count for link in elsewhere)
        away = self.in_more or any(link.current for link in elsewhere)
        return [*kept, Link(_("More"), reverse("website:more"), "menu", waiting, away)]


def workplace(user: User, path: str) -> Workplace:
    """Fetch the roles of someone and what waits, and choose the places; three queries at most."""
    memberships = Membership.objects.of(user).values_list("role", "organization__name")
    roles = {Role(role) for role, _name in memberships}
    path = _place_above(path, roles)
    waiting = waits.counts(user, roles)
    rail = [_lit(link, path) for link in _rail(roles, waiting, user)]
    more = [_lit(link, path) for link in _more(roles, waiting, user)]
    names = list(dict.fromkeys(name for _role, name in memberships))
    person = {"name": user.first_name or user.email, "organization": ", ".join(names[:2])}
    return Workplace(person, rail, more, path.startswith(OWN_PAGES))


def _place_above(path: str, roles: set[Role]) -> str:
    """Give the place of the rail above a page; the file of a person is looked after under the personal data."""
    if path.startswith("/clienten/") and FILE in path and roles & {Role.DATA_PROTECTION_CONTACT, Role.TEAM_LEAD}:
        return FILE
    return next((there for prefix, there in ABOVE.items() if path.startswith(prefix)), path)


def _rail(roles: set[Role], waiting: dict[str, int], user: User) -> list[Link]:
    search = Link(pgettext("place to go", "Search"), reverse("zoeken:search"), "search")
    day = Link(_("Today"), reverse("doorverwijzing:today"), "day", waiting["today"])
    if roles & CARE_ROLES:
        return [
            day,
            search,
            Link(_("Conversations"), reverse("gesprekken:list"), "talk", short=_("Conversation")),
            Link(_("To us"), reverse("doorverwijzing:inbox"), "in", waiting["inbox"]),
            Link(_("From us"), reverse("doorverwijzing:outbox"), "out", waiting["outbox"]),
            Link(_("Rights"), reverse("rechten:checklist"), "key"),
        ]
    listings = [Link(_("Listings"), reverse(LISTINGS), "pencil")] if _edits_listings(roles, user) else []
    gaps = [_gaps()] if _coordinates(roles, user) else []
    return [day, *listings, *gaps, search, Link(_("Rights"), reverse("rechten:checklist"), "key")]


def _more(roles: set[Role], waiting: dict[str, int], user: User) -> list[Link]:
    links = [Link(_("Learning network"), "/leernetwerk/", "paper")]
    if _edits_listings(roles, user) and roles & CARE_ROLES:
        links.append(Link(_("Our listings"), reverse(LISTINGS), "pencil"))
    if _coordinates(roles, user) and roles & CARE_ROLES:
        links.append(_gaps())
    if roles & {Role.LEARNING_EDITOR, Role.NETWORK_COORDINATOR} or user.is_superuser:
        links.append(Link(_("Search questions"), reverse("luisteren:asked"), "words"))
        links.append(Link(_("Search words"), reverse("woorden:rules"), "language"))
    links += _of_the_operator(user) + _of_the_network(roles, waiting["network"], user)
    links += _of_personal_data(roles, waiting["personal_data"])
    if roles:
        links.append(Link(_("People"), reverse("organisaties:members"), "people"))
    if roles & {Role.LEARNING_EDITOR, Role.NETWORK_COORDINATOR} or user.is_superuser:
        links.append(Link(_("Editing"), reverse("wagtailadmin_home"), "gear"))
    return links


def _of_the_operator(user: User) -> list[Link]:
    if not user.is_superuser:
        return []
    return [
        Link(_("Search engine"), reverse("zoekmotor:engine"), "reached"),
        Link(_("Health"), reverse("health_page"), "reached"),
    ]


def _of_the_network(roles: set[Role], waiting: int, user: User) -> list[Link]:
    if not _coordinates(roles, user):
        return []
    name = pgettext("place to go", "Network")
    return [Link(name, reverse("website:network"), "table", waiting, below=OF_THE_NETWORK)]


def _of_personal_data(roles: set[Role], waiting: int) -> list[Link]:
    """Give the way to a card in an emergency; for who answers for personal data it stands on one page with the rest."""
    if roles & {Role.DATA_PROTECTION_CONTACT, Role.TEAM_LEAD}:
        return [Link(_("Data and emergencies"), reverse("website:data"), "lock", waiting, below=OF_PERSONAL_DATA)]
    return [Link(_("Emergency access"), reverse("noodtoegang:ask"), "warning")] if roles & CARE_ROLES else []


def _edits_listings(roles: set[Role], user: User) -> bool:
    return bool(roles & {Role.LISTING_EDITOR, Role.NETWORK_COORDINATOR}) or user.is_superuser


def _coordinates(roles: set[Role], user: User) -> bool:
    return Role.NETWORK_COORDINATOR in roles or user.is_superuser


def _gaps() -> Link:
    return Link(_("Gaps"), reverse("luisteren:gaps"), "warning")


def _lit(link: Link, path: str) -> Link:
    """Light up the place where someone is, or the list above it."""
    return replace(link, current=True) if path.startswith((link.url, *link.below)) else link


def frame(user: User, path: str) -> dict[str, Any]:
    """Give the workplace under the names that the layouts use."""
    place = workplace(user, path)
    return {"rail": place.rail, "rail_more": place.more, "bottom_bar": place.bar, "person": place.person}
