"""Who takes part in the random histories: houses, who works where, and how people make each move."""

import re
from dataclasses import dataclass, field

from django.utils import timezone

from clienten.models import Mode
from core.models import OutgoingMail, User
from doorverwijzing import actions, packet, receiving
from doorverwijzing.actors import Guest
from doorverwijzing.guest import magic_link
from doorverwijzing.models import Channel, CloseResult, GuestLink, Initiative, Referral, RefusalCode
from doorverwijzing.moving import make
from doorverwijzing.workflow import AT_HOME, AT_RECEIVER, MOVES, Side
from organisaties.models import Organization
from organisaties.roles import Role, SecrecyRegime
from sociale_kaart.models import Service
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory, OrganizationFactory
from tests.factories.sociale_kaart import ServiceFactory

HOUSE, HELP, THIRD = "house", "help", "third"
# Where everyone works when a history begins. Who leads the house, and who works alone at the third, stays.
PLACES = {
    "lotte": HOUSE, "els": HOUSE, "noor": HELP, "karim": HELP, "ine": THIRD, "bea": "beside", "stranger": "elsewhere",
}  # fmt: skip
LEADER = "els"
MOVERS = ("lotte", "noor", "karim")


@dataclass
class Houses:
    """The houses and the people of all histories: made once."""

    people: dict[str, User] = field(default_factory=dict)
    houses: dict[str, Organization] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cast = Cast()
        circle = OrganizationFactory()
        secret = {"secrecy_regime": SecrecyRegime.PROFESSIONAL}
        cast.house.parent_organization = circle
        cast.house.save()
        self.houses = {
            HOUSE: cast.house, HELP: cast.rent_help, THIRD: OrganizationFactory(**secret),
            "beside": OrganizationFactory(parent_organization=circle, **secret), "elsewhere": OrganizationFactory(),
        }  # fmt: skip
        self.services = {HELP: cast.service, THIRD: ServiceFactory(organization=self.houses[THIRD])}
        self.people = {"lotte": cast.lotte, "noor": cast.noor}
        for name, house in PLACES.items():
            if name not in self.people:
                role = Role.TEAM_LEAD if name == LEADER else Role.FRONTLINE_WORKER
                self.people[name] = MembershipFactory(organization=self.houses[house], role=role).user
        watcher = MembershipFactory(organization=cast.house, role=Role.DATA_PROTECTION_CONTACT)
        self.people["watcher"] = watcher.user


def do_send(found, by):
    actions.send(found, mode=Mode.ORAL, signature="Wim", by=by)


def do_refuse(found, by):
    receiving.refuse(found, code=RefusalCode.NO_ROOM, alternative=None, nothing_exists=True, note_text="", by=by)


def do_confirm(found, by):
    said = {"channel": Channel.PHONE, "initiative": Initiative.RECEIVER, "appointment": ""}
    receiving.confirm_contact(found, at=timezone.now(), by=by, **said)


# How people make each move. A move that is not here is made as moving.make makes it, for whoever may.
ROADS = {
    "present": lambda found, by: actions.present(found, by=by),
    "reconsider": lambda found, by: actions.reconsider(found, by=by),
    "send": do_send,
    "accept": lambda found, by: receiving.accept(found, by=by),
    "refuse": do_refuse,
    "pass_on": lambda found, by: receiving.pass_on(found, alternative=ServiceFactory(), by=by),
    "confirm_contact": do_confirm,
    "start": lambda found, by: receiving.start(found, by=by),
    "close": lambda found, by: receiving.close(found, result=CloseResult.SOLVED, by=by),
}
# Reading opens, a failed try gives back, taking back withdraws: rules of their own; the rest is the clock's.
OTHERWISE = {"open", "give_back", "withdraw"}
BY_PEOPLE = sorted(name for name, move in MOVES.items() if move.by != {Side.SYSTEM} and name not in OTHERWISE)


def as_the_rule_says(name, found, by):
    """Make a move for which the house has no verb that this test knows."""
    side = next(iter(MOVES[name].by))
    if MOVES[name].target not in AT_RECEIVER | AT_HOME:
        packet.destroy(found)
    make(found, name, by=by, side=side)


def come_in(referral: Referral, inside: dict[object, Guest]) -> Guest | None:
    """Come in by the link and the code in the mailbox of the receiver, once for each link; None at a shut door."""
    signature = magic_link.door_of(magic_link._link_of(referral)).rstrip("/").rpartition("/")[2]
    link = magic_link.find(signature)
    if link is None or not magic_link.is_open(link):
        return None
    if link.pk not in inside:
        magic_link.ask_code(link)
        inside[link.pk] = magic_link.check_code(link, _code_in_the_mail(link))
    return inside[link.pk]


def _code_in_the_mail(link: GuestLink) -> str:
    about = f"{link.referral._meta.label_lower}:{link.referral_id}"
    mails = OutgoingMail.objects.filter(about=about, created_at__gte=timezone.now())
    (code,) = {found[0] for mail in mails if (found := re.search(r"\b\d{6}\b", mail.body))}
    return code
