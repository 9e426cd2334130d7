"""What a listing says, as lines for people: whom it is for, what it costs, which languages, where it is."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gebied.distance import km_between
from gebied.models import Municipality, Place
from sociale_kaart.models import Location, Service
from sociale_kaart.spoken import name_of

SHORT = 40  # letters of what may stand beside a badge
DIRECTIONS = "https://www.openstreetmap.org/directions"


@dataclass(frozen=True)
class Origin:
    """Where someone starts: a name and a position. Read from the address of the page, never kept."""

    name: str
    position: tuple[float, float]
    municipality: Municipality

    def km_to(self, location: Location) -> float | None:
        """Give the distance in a straight line; nothing for a place that is secret or not known."""
        return km_between(self.position, location.position) if location.position else None


@dataclass(frozen=True)
class Fact:
    """An icon and a few words."""

    icon: str
    words: str


def origin_of(text: str) -> Origin | None:
    """Find where someone starts by a municipality, a village or a postcode; nothing when we do not know it."""
    plain = " ".join(text.split())[:80]
    municipality = Municipality.objects.named(plain).first() if plain else None
    if municipality and municipality.latitude is not None and municipality.longitude is not None:
        return Origin(municipality.name, (municipality.latitude, municipality.longitude), municipality)
    place = Place.objects.matching(plain).select_related("municipality").first() if plain else None
    return Origin(place.name, (place.latitude, place.longitude), place.municipality) if place else None


def lines(text: str) -> list[str]:
    """Split what an editor wrote one per line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def for_whom(service: Service) -> list[str]:
    """Say for whom it is, one condition a line; age and papers are added when no line tells them."""
    told = lines(service.eligibility_description)
    everything = " ".join(told).casefold()
    if (age := _age(service)) and " jaar" not in everything:
        told.append(age)
    if service.undocumented_ok and "verblijf" not in everything:
        told.append(_("You do not need residence papers."))
    return told


def _age(service: Service) -> str:
    low, high = service.minimum_age, service.maximum_age
    if low and high:
        return _("You are between %(low)d and %(high)d years old.") % {"low": low, "high": high}
    if low:
        return _("You are %(low)d or older.") % {"low": low}
    return _("You are %(high)d or younger.") % {"high": high} if high else ""


def facts(service: Service) -> list[Fact]:
    """Give the short facts behind the badges: cost, and how people meet."""
    cost = service.fees_description if len(service.fees_description) <= SHORT else ""
    told = [
        Fact("clock", "" if service.takes_new_people else _wait(service)),
        Fact("euro", cost or service.get_cost_kind_display()),
        Fact("person", _("comes to your home") if service.home_visits else ""),
        Fact("people", _("comes to where you are") if service.outreach else ""),
        Fact("calendar", _("without appointment") if service.walk_in else ""),
        Fact("screen", _("online") if service.online else ""),
    ]
    return [fact for fact in told if fact.words]


def cost_lines(service: Service) -> list[str]:
    """Give what it costs, when the fact behind the badge is too short for it."""
    told = [option.amount_description for option in service.cost_options.all() if option.amount_description]
    if len(service.fees_description) > SHORT:
        told.insert(0, service.fees_description)
    return [line for line in dict.fromkeys(told) if line != service.fees_description or len(line) > SHORT]


def intake(service: Service) -> Fact:
    """Say whether new people can come, and how long they wait."""
    if not service.takes_new_people:
        return Fact("stop", _("takes nobody now"))
    if words := _wait(service):
        return Fact("clock", words)
    return Fact("reached", _("takes new people"))


def _wait(service: Service) -> str:
    weeks = service.waiting_weeks
    if weeks and 0 < len(service.wait_time) <= SHORT:
        return _("waiting time %(time)s") % {"time": service.wait_time}
    if weeks:
        return ngettext("%(count)d week of waiting", "%(count)d weeks of waiting", weeks) % {"count": weeks}
    return ""


def languages(service: Service) -> str:
    """Say 'Nederlands, Frans, Engels'."""
    return ", ".join(dict.fromkeys(filter(None, (one.name or name_of(one.code) for one in service.languages.all()))))


def distance(location: Location, origin: Origin | None) -> str:
    """Say '6,4 km van Zedelgem'; nothing without a start or a position."""
    km = origin.km_to(location) if origin else None
    if origin is None or km is None:
        return ""
    return _("%(km)s km from %(place)s") % {"km": number_format(round(km, 1), decimal_pos=1), "place": origin.name}


def directions(location: Location) -> str:
    """Give a link to the way there, on a map outside; nothing when the place is secret or not known."""
    if location.position is None:
        return ""
    latitude, longitude = location.position
    return f"{DIRECTIONS}?{urlencode({'to': f'{latitude},{longitude}'})}"
