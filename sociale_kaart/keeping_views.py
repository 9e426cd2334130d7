"""The page of who keeps listings: what must be looked at first, and the way to change each."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.home import HomeView
from wagtail.permission_policies.pages import PagePermissionPolicy

from core.requests import UserRequest
from sociale_kaart.keeping import Kept, beside
from sociale_kaart.permissions import edits_everything, may_keep_listings

ROWS = 25
CORRECTIONS = 10
LONGEST_WORDS = 80
OF_PAGES = ["add", "change", "publish"]


@require_safe
def listings(request: UserRequest) -> HttpResponse:
    """List the listings that this person keeps; which part, and with which words, stands in the address."""
    may_keep_listings(request.user).require()
    kept = Kept(request.user, timezone.localdate())
    part = request.GET.get("toon", "")
    part = part if part in kept.parts else ""
    asked = " ".join(request.GET.get("naam", "").replace("\0", "").split())[:LONGEST_WORDS]
    rest = {name: value for name, value in (("toon", part), ("naam", asked)) if value}
    context: dict[str, Any] = {
        "kept": kept,
        "choices": kept.choices(part),
        "part": part,
        "asked": asked,
        "page": Paginator(kept.of(part, asked), ROWS).get_page(request.GET.get("page")),
        "query": f"{urlencode(rest)}&" if rest else "",
        "due_before": kept.due_before,
        "beside": beside(kept),
        "corrections": list(kept.corrections.for_list()[:CORRECTIONS]),
        "waiting": kept.corrections.count(),
    }
    return render(request, "sociale_kaart/keeping.html", context)


@never_cache
@require_admin_access  # type: ignore[untyped-decorator]
def editors_home(request: UserRequest) -> HttpResponse:
    """Lead who keeps listings and no pages to that list: Wagtail's first screen would ask which page to change."""
    user = request.user
    more = edits_everything(user) or PagePermissionPolicy().user_has_any_permission(user, OF_PAGES)
    if more or not may_keep_listings(user):
        return HomeView.as_view()(request)
    return redirect("sociale_kaart:listings")
