"""The editors' screens of the catalogue: services, organizations, places, and the words by which people look."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse, reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, SnippetViewSetGroup

from core.editing import EditorForm
from organisaties.models import Organization
from sociale_kaart import panels
from sociale_kaart.forms import LocationForm, ServiceForm
from sociale_kaart.models import LifeDomain, Location, Service, TaxonomyTerm
from sociale_kaart.permissions import ListingPolicy

KEPT = ["change", "view"]
OWNER = Column("organization", label=_("Organization"), sort_key="organization__name")
PUBLISH = "action-publish"

register_permission_policy(Service, ListingPolicy(Service, "organization"))
register_permission_policy(Location, ListingPolicy(Location, "organization"))
register_permission_policy(Organization, ListingPolicy(Organization, "pk"))


class CareEditView(EditView):
    """A row that is changed; who presses on an older version is told so once, and keeps what was typed."""

    def is_valid(self, form: Any) -> bool:
        """Refuse to lay an older version over a newer one unseen; the next press counts, as it was told then."""
        if not self.expects_json_response and self.is_out_of_date:
            self.produced_error_message = _(
                "Someone else saved this in the meantime. What you typed is still here. Look at the newest version"
                " in another window, and press again to put yours over it."
            )
            return False
        return bool(super().is_valid(form))


class OwnListings(SnippetViewSet):
    """A screen on which someone sees and touches only the listings that they keep."""

    edit_view_class = CareEditView

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Keep what this person keeps."""
        policy = policy_registry.get_by_type(self.model)
        return policy.instances_user_has_any_permission_for(request.user, KEPT)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Put one guard before every address with a row in it: Wagtail asks for the model, not for the row."""
        patterns: list[URLPattern] = super().get_urlpatterns()
        for pattern in patterns:
            pattern.callback = self._guarded(pattern.callback)
        return patterns

    def _guarded(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if "pk" in kwargs and not self.get_queryset(request).filter(pk=kwargs["pk"]).exists():
                raise Http404
            return view(request, *args, **kwargs)

        return guarded


class BackToListings:
    """What ends on our own list of listings; a draft stays open, as Wagtail does."""

    def get_success_url(self) -> str:
        """Lead from what was published to the list in the rail."""
        url: str = super().get_success_url()  # type: ignore[misc]
        return reverse("sociale_kaart:listings") if url == reverse(self.index_url_name) else url  # type: ignore[attr-defined]

    def get_success_buttons(self) -> list[Any]:
        """Let the sentence stand alone: on our list the name is the way back in."""
        return []


class ListingCreateView(BackToListings, CreateView):
    """A new listing."""


class ListingEditView(BackToListings, CareEditView):
    """A listing that is changed."""


class ServiceViewSet(OwnListings):
    """Services, with draft, versions and a preview of the public page."""

    model = Service
    add_view_class = ListingCreateView
    edit_view_class = ListingEditView
    icon = "list-ul"
    menu_label = _("Services")
    list_display = ["name", OWNER, "status", "assured_date", UpdatedAtColumn()]
    list_filter = ["status", "takes_new_people"]
    search_fields = ["name", "alternate_name", "organization__name"]
    search_backend_name = None
    ordering = ["name"]
    list_per_page = 50
    edit_handler = ObjectList(panels.SERVICE, base_form_class=ServiceForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Fetch the organization that stands in each row."""
        return super().get_queryset(request).select_related("organization")


class OrganizationViewSet(OwnListings):
    """Organizations, with draft, versions and a preview of the public page."""

    model = Organization
    icon = "group"
    menu_label = _("Organizations")
    list_display = ["name", "partner_type", UpdatedAtColumn()]
    list_filter = ["partner_type"]
    search_fields = ["name", "alternate_name"]
    search_backend_name = None
    ordering = ["name"]
    list_per_page = 50
    edit_handler = ObjectList(panels.ORGANIZATION, base_form_class=EditorForm)


class LocationViewSet(OwnListings):
    """Places, with their address and how people get in."""

    model = Location
    icon = "site"
    menu_label = _("Places")
    list_display = ["name", OWNER, Column("municipality", label=_("Municipality")), "protected"]
    search_fields = ["name", "organization__name"]
    search_backend_name = None
    ordering = ["name"]
    list_per_page = 50
    edit_handler = ObjectList(panels.LOCATION, base_form_class=LocationForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Fetch what stands in each row."""
        return super().get_queryset(request).select_related("organization", "municipality")


class TermViewSet(SnippetViewSet):
    """The words of our own vocabularies; an imported taxonomy is its source's."""

    model = TaxonomyTerm
    icon = "tag"
    menu_label = _("Subjects and groups")
    list_display = ["name", "vocabulary", "position"]
    list_filter = ["vocabulary"]
    ordering = ["vocabulary", "position"]
    edit_handler = ObjectList(panels.TERM, base_form_class=EditorForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Keep our own words."""
        return TaxonomyTerm.objects.exclude(vocabulary="")


class DomainViewSet(SnippetViewSet):
    """The fifteen parts of a life."""

    model = LifeDomain
    icon = "pick"
    menu_label = _("Life domains")
    list_display = ["name", "position", "help_now"]
    ordering = ["position"]
    edit_handler = ObjectList(panels.DOMAIN, base_form_class=EditorForm)


class CatalogueGroup(SnippetViewSetGroup):
    """One menu for the whole catalogue."""

    menu_label = _("Listings")
    menu_icon = "list-ul"
    menu_order = 150
    items = (ServiceViewSet, OrganizationViewSet, LocationViewSet, TermViewSet, DomainViewSet)


register_snippet(CatalogueGroup)


def publish_first(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Make "publish" the button that shows: a listing that is not published helps no one."""
    if context.get("model") in {Service, Organization}:
        menu_items.sort(key=lambda item: item.name != PUBLISH)


hooks.register("construct_snippet_action_menu", publish_first)


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def back_to_work() -> MenuItem:
    """Put the way back to the pages with the dark rail on top of the menu."""
    return MenuItem(_("To Today"), "/vandaag/", name="to-today", icon_name="arrow-left", order=1)


class ListingsMenuItem(MenuItem):
    """Shown to who keeps listings."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask what the group may, that Wagtail asked already: the page itself asks whose listings."""
        return request.user.has_perm("sociale_kaart.change_service")


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def listings_menu_item() -> MenuItem:
    """Put the list of what must be looked at first before the plain lists."""
    return ListingsMenuItem(
        _("What to check first"), reverse_lazy("sociale_kaart:listings"), name="listings-to-check",
        icon_name="history", order=149,
    )  # fmt: skip


def no_help_of_wagtail(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out what Wagtail tells about itself: it is in English, and about the program."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


hooks.register("construct_main_menu", no_help_of_wagtail)


@hooks.register("before_delete_snippet")  # type: ignore[untyped-decorator]
def keep_what_others_need(request: HttpRequest, rows: Iterable[Model]) -> HttpResponse | None:
    """Say why a listing cannot go while questions of people hang on it, before anyone presses."""
    for row in rows:
        try:
            Collector(using=row._state.db or DEFAULT_DB_ALIAS, origin=row).collect([row])
        except (ProtectedError, RestrictedError):
            words = gettext(
                "‘%(name)s’ cannot go: questions of people hang on it. Unpublish it, or set its state to stopped."
            )
            messages.error(request, words % {"name": row})
            return redirect(row.snippet_viewset.get_url_name("edit"), row.pk)  # type: ignore[attr-defined]
    return None
