"""The listings that someone keeps: which were looked at within a year, which were never, and which have no keeper."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from organisaties.models import Membership
from organisaties.roles import Role
from sociale_kaart.models import Correction, Service
from sociale_kaart.models.service import ServiceQuerySet, Status
from sociale_kaart.permissions import edited_organizations, edits_everything, may_keep_listings

# Who looked within a year is in time.
INTERVAL = timedelta(days=365)
ON_A_DAY = 4
OF_EVERYONE = {"organisaties_organization", "sociale_kaart_location"}
OF_THE_REGION = {"sociale_kaart_taxonomyterm", "sociale_kaart_lifedomain"}
# What people can find; of anything else nobody needs to know whether it still holds.
RUNNING = Q(live=True, status__in=[Status.ACTIVE, Status.TEMPORARILY_CLOSED])
NEVER = Q(assured_date=None)
HIDDEN = Q(live=False)


@dataclass(frozen=True)
class Choice:
    """One part of the listings: its name in the address, what it is called, and how many are in it."""

    name: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Beside:
    """Something else that who keeps listings keeps true, and where."""

    label: str
    url: str
    icon: str
    text: str


class Kept:
    """The listings of one person, on one day."""

    def __init__(self, user: User, today: date) -> None:
        self.everything = edits_everything(user)
        self.due_before = today - INTERVAL
        mine = edited_organizations(user)
        rows = Service.objects.filter(organization__in=mine.values("pk"))
        self.corrections = Correction.objects.open().of(mine)
        keepers = Membership.objects.filter(
            organization=OuterRef("organization"), role=Role.LISTING_EDITOR, ended_at=None
        )
        self.rows: ServiceQuerySet = rows.annotate(has_keeper=Exists(keepers))
        self.parts = {
            "": Q(),
            "over-tijd": RUNNING & Q(assured_date__lt=self.due_before),
            "nooit": RUNNING & NEVER,
            "niet-te-zien": HIDDEN,
            **({"zonder-beheerder": Q(has_keeper=False)} if self.everything else {}),
        }
        wanted = {f"part_{place}": Count("pk", filter=part) for place, part in enumerate(self.parts.values()) if part}
        found = self.rows.aggregate(all=Count("pk"), running=Count("pk", filter=RUNNING), **wanted)
        self.total, self.running = found["all"], found["running"]
        self.counts = {name: found.get(f"part_{place}", self.total) for place, name in enumerate(self.parts)}

    @property
    def late(self) -> int:
        """Count what runs and was not looked at within the year."""
        return self.counts["over-tijd"] + self.counts["nooit"]

    @property
    def in_time(self) -> int:
        """Count what runs and was looked at within the year."""
        return self.running - self.late

    def late_first(self, most: int) -> list[Service]:
        """Give some of what runs and waits for a look, the longest first."""
        rows = self.rows.filter(RUNNING & (NEVER | Q(assured_date__lt=self.due_before)))
        return list(_in_order(rows)[:most])

    def choices(self, chosen: str) -> list[Choice]:
        """Give the parts that one can choose; one with nothing in it only while it is chosen."""
        words = {
            "": _("All"), "over-tijd": _("Overdue"), "nooit": _("Never checked"), "niet-te-zien": _("Not to be seen"),
            "zonder-beheerder": _("Without a keeper"),
        }  # fmt: skip
        return [
            Choice(name, words[name], count, name == chosen)
            for name, count in self.counts.items()
            if count or name in {"", chosen}
        ]

    def of(self, part: str, asked: str) -> ServiceQuerySet:
        """Keep one part, and what carries these words; who waits longest for a look stands first."""
        rows = self.rows.filter(self.parts[part]) if self.parts[part] else self.rows
        if asked:
            named = Q(name__icontains=asked) | Q(alternate_name__icontains=asked)
            rows = rows.filter(named | Q(organization__name__icontains=asked))
        return _in_order(rows)


def _in_order(rows: ServiceQuerySet) -> ServiceQuerySet:
    return rows.select_related("organization").order_by(F("assured_date").asc(nulls_first=True), "name", "pk")


@dataclass(frozen=True)
class Day:
    """What a day shows of the listings: how many were looked at, some that wait, how many corrections."""

    kept: Kept
    late: list[Service]
    corrections: int

    @property
    def due_before(self) -> date:
        """Give the day before which a check is too old."""
        return self.kept.due_before


def of_the_day(user: User, today: date) -> Day | None:
    """Give what waits of the listings that this person keeps; nothing for anyone else."""
    if not may_keep_listings(user):
        return None
    kept = Kept(user, today)
    return Day(kept, kept.late_first(ON_A_DAY) if kept.late else [], kept.corrections.count())


def beside(kept: Kept) -> list[Beside]:
    """Give the editors' screens beside the listings; the words by which people look are the coordinator's."""
    screens = {name: reverse(f"wagtailsnippets_{name}:list") for name in OF_EVERYONE | OF_THE_REGION}
    own = [
        Beside(
            _("Organizations"), screens["organisaties_organization"], "table", _("Name, phone, mailbox and web page."),
        ),
        Beside(
            _("Places"), screens["sociale_kaart_location"], "pin",
            _("Address, way in, and whether it must stay secret."),
        ),
    ]  # fmt: skip
    if not kept.everything:
        return own
    return [
        *own,
        Beside(
            _("Subjects and groups"), screens["sociale_kaart_taxonomyterm"], "list",
            _("The words by which people choose: needs and for whom."),
        ),
        Beside(
            _("Life domains"), screens["sociale_kaart_lifedomain"], "person",
            _("The fifteen parts of a life, in a talk."),
        ),
    ]  # fmt: skip
