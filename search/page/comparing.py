"""Up to three services side by side: what differs first, then what is the same."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from core.moments import full_date
from search.facets import FIXED
from search.records.derive import language_names
from search.records.listing import Listing, listings
from sociale_kaart.models import Service
from sociale_kaart.opening import opening_of

MOST = 3
MOST_IDS = 12
MOST_AREAS = 6


@dataclass(frozen=True)
class Column:
    """One service, and the comparison without it."""

    service: Service
    phone: str
    remove_url: str


@dataclass(frozen=True)
class Line:
    """One question and what each service answers, in the order of the columns; every answer is a few short texts."""

    label: str
    cells: list[list[str]]

    @property
    def same(self) -> bool:
        """Tell whether all answer the same."""
        return all(cell == self.cells[0] for cell in self.cells)

    @property
    def known(self) -> bool:
        """Tell whether any of them answers."""
        return any(self.cells)


@login_not_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show the services of `?dienst=…&dienst=…`; the link can be kept and shared."""
    asked = list(dict.fromkeys(one.strip()[:100] for one in request.GET.getlist("dienst") if one.strip()))[:MOST_IDS]
    found = {str(one.pk): one for one in Service.objects.public().for_index().filter(pk__in=asked).order_by("pk")}
    keys = [key for key in asked if key in found][:MOST]
    listed = list(listings([found[key] for key in keys], timezone.localdate()))
    lines = [line for line in _lines(listed) if line.known] if len(keys) > 1 else []
    context = {
        "columns": [_column(one, keys) for one in listed],
        "different": [line for line in lines if not line.same],
        "same": [line for line in lines if line.same],
        "left_out": len(asked) > len(keys),
        "too_many": len([key for key in asked if key in found]) > MOST,
        "most": MOST,
        "back_url": _back(request),
    }
    return render(request, "search/compare.html", context)


def _column(one: Listing, keys: list[str]) -> Column:
    rest = [("dienst", key) for key in keys if key != str(one.service.pk)]
    return Column(one.service, one.phone, f"{reverse('zoeken:compare')}?{urlencode(rest)}")


def _back(request: HttpRequest) -> str:
    """Give the list that one came from, when it is one of ours; else the search."""
    came_from = request.headers.get("Referer", "")
    parts = urlsplit(came_from)
    ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    if not ours or "/zoeken/" not in parts.path or parts.path == reverse("zoeken:compare"):
        return reverse("zoeken:search")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _lines(listed: list[Listing]) -> Iterator[Line]:
    questions: list[tuple[str, Callable[[Listing], Iterable[str]]]] = [
        (_("What they do"), _what),
        (pgettext("comparison", "Open"), _hours),
        (_("Takes new people"), _room),
        (pgettext("search", "Way in"), lambda one: _named("referral", [one.referral])),
        (pgettext("search", "Cost"), _cost),
        (pgettext("search", "Language"), lambda one: language_names(one.languages)),
        (_("Works in"), _areas),
        (_("Visiting address"), lambda one: [f"{at.address_1}, {at.postal_code} {at.city}" for at in one.addresses]),
        (pgettext("search", "How"), lambda one: _named("how", one.how)),
        (_("Easy to get in"), lambda one: _named("accessibility", one.ease)),
        (_("For whom"), _for_whom),
        (_("Checked on"), _checked),
    ]
    for label, answer in questions:
        yield Line(str(label), [[text for text in answer(one) if text] for one in listed])


def _what(one: Listing) -> list[str]:
    return [one.service.summary or one.service.client_text or one.service.description]


def _hours(one: Listing) -> list[str]:
    hours = opening_of(one.service, timezone.now(), one.hours)
    return [hours.short] if hours.known else [_("Hours not known. Call first.")]


def _room(one: Listing) -> list[str]:
    if not one.service.takes_new_people:
        return [_("takes nobody now"), one.service.wait_time]
    return [_("Yes"), _("waiting time: %(time)s") % {"time": one.service.wait_time} if one.service.wait_time else ""]


def _cost(one: Listing) -> list[str]:
    return [one.service.fees_description] if one.service.fees_description else _named("cost", [one.cost])


def _areas(one: Listing) -> list[str]:
    names = list(dict.fromkeys(area.name for area in one.areas if area.name))
    rest = len(names) - MOST_AREAS
    return [*names[:MOST_AREAS], _("and %(count)s more") % {"count": rest} if rest > 0 else ""]


def _for_whom(one: Listing) -> list[str]:
    groups = [term.name for term in one.terms if term.vocabulary == "target_groups"]
    return [*groups, *one.service.eligibility_description.splitlines()]


def _checked(one: Listing) -> list[str]:
    day = one.service.assured_date
    return [full_date(day) if day else _("Never checked yet.")]


def _named(group: str, values: Iterable[str]) -> list[str]:
    """Give the names of values in the order of their list."""
    given = set(values)
    return [str(label) for code, label in FIXED[group].items() if code in given]
