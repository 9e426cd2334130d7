"""Tags that let any page show a service: its hours, its map, its distance, its lines; and whom to call."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from segno import make_qr

from core.phones import dialled
from organisaties.models import Organization
from sociale_kaart import corrections, opening, reading
from sociale_kaart.map import Map, Spot, draw
from sociale_kaart.models import Correction, Location, Phone, Service
from sociale_kaart.social_houses import House, house_to_call

register = template.Library()


@register.simple_tag
def opening_of(service: Service, now: datetime | None = None) -> opening.Opening:
    """`{% opening_of service as hours %}`: then hours.open_now, hours.words, hours.short, hours.known."""
    return opening.opening_of(service, now or timezone.now())


@register.simple_tag
def services_of(organization: Organization) -> QuerySet[Service]:
    """`{% services_of organization as services %}`: what it does for people, with all that a row shows."""
    return Service.objects.of(organization).public().for_card()


@register.simple_tag
def week_of(service: Service) -> list[opening.DayRow]:
    """`{% week_of service as days %}`: seven days from today; empty when no hours are known."""
    return opening.week(opening.hours_of(service), timezone.localdate())


@register.simple_tag
def remarks_of(service: Service) -> list[str]:
    """Give closures ahead and notes about the hours."""
    return opening.remarks(opening.hours_of(service), timezone.localdate())


@register.simple_tag
def map_of(thing: Service | Organization) -> Map | None:
    """`{% map_of service as map %}`: its places that may be drawn; nothing when there are none."""
    everywhere = thing.places() if isinstance(thing, Service) else thing.locations.all()
    places = [place for place in everywhere if place.position]
    spots = [Spot(place.position, name=place.name) for place in places if place.position]
    here = places[0].municipality if places else None
    title = _("Map: %(service)s is in %(place)s.") % {"service": thing, "place": here} if here else ""
    return draw(spots, here=here, title=title)


@register.simple_tag
def distance(location: Location, origin: reading.Origin | None) -> str:
    """Say '6,4 km van Zedelgem'."""
    return reading.distance(location, origin)


@register.simple_tag
def call_link(phone: Phone | str) -> str:
    """Give the tel: address of a number."""
    return f"tel:{dialled(str(phone))}"


@register.simple_tag
def region_desk() -> House | None:
    """Give the desk of the region: whom to call on a page that may not say whose question it was, nor from whom."""
    return house_to_call()


@register.simple_tag
def correction_link(thing: Service | Organization) -> str:
    """Give a mail to whoever keeps this listing true, with its name and address as the subject."""
    owner = thing.organization if isinstance(thing, Service) else thing
    subject = _("Something is wrong on the page of %(name)s") % {"name": thing}
    body = settings.SITE_URL + thing.get_absolute_url()
    to = thing.email or owner.email or settings.DEFAULT_FROM_EMAIL
    return f"mailto:{to}?{urlencode({'subject': subject, 'body': body}, quote_via=quote)}"


@register.simple_tag
def thanks_to(service: Service) -> Correction | None:
    """Give the last correction of a colleague after which this listing was changed."""
    return corrections.last_thanks(service)


@register.simple_tag
def qr(thing: Service | Organization) -> SafeString:
    """Draw the address of a public page as a QR code, black on white."""
    code = make_qr(settings.SITE_URL + thing.get_absolute_url(), error="m")
    return mark_safe(code.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S308 (our own address)


@register.filter
def lines(text: str) -> list[str]:
    """Split a text of one thing per line."""
    return reading.lines(text)


@register.filter
def bold_start(text: str) -> SafeString:
    """Make the first of several sentences bold; a single sentence stays plain."""
    escaped = conditional_escape(text)
    first, dot, rest = escaped.partition(". ")
    if not rest:
        return escaped
    return format_html("<strong>{}{}</strong> {}", mark_safe(first), dot.strip(), mark_safe(rest))  # noqa: S308 (escaped above)


register.filter("for_whom", reading.for_whom)
register.filter("facts", reading.facts)
register.filter("intake", reading.intake)
register.filter("languages", reading.languages)
register.filter("cost_lines", reading.cost_lines)
register.filter("directions", reading.directions)


@register.filter
def by_weekday(days: list[opening.DayRow]) -> list[opening.DayRow]:
    """Put a week in the order of the calendar, for paper: there is no today on paper."""
    kept = [line for line in days if line.spans or line.day.weekday() < opening.SATURDAY]
    return sorted(kept, key=lambda line: line.day.weekday())


@register.filter
def shown(places: Iterable[Location]) -> list[Location]:
    """Leave secret places out."""
    return [place for place in places if not place.protected]


@register.filter
def any_secret(places: Iterable[Location]) -> bool:
    """Tell whether one of the places is secret."""
    return any(place.protected for place in places)


@register.inclusion_tag("sociale_kaart/_map.html")
def municipality_map(drawing: Map | None, css: str = "") -> dict[str, Any]:
    """Draw a map that `sociale_kaart.map.draw` made."""
    return {"map": drawing, "css": css}
