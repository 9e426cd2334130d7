"""The way from the editors' menu to the words of search and to what people look for, and the right to teach words."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.permissions import may_follow_gaps, may_run_search
from search.words.permissions import PERMISSION, may_teach


class WordsMenuItem(MenuItem):
    """Shown to who may teach search words."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the same rule as the page itself."""
        return bool(may_teach(request.user))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def words_menu_item() -> MenuItem:
    """Put the words of search beside the other things that editors change."""
    return WordsMenuItem(
        _("Search words"), reverse("woorden:rules"), name="search-words", icon_name="search", order=270
    )


class GapsMenuItem(MenuItem):
    """Shown to who coordinates the region."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the same rule as the page itself."""
        return bool(may_follow_gaps(request.user))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def questions_menu_item() -> MenuItem:
    """Put what people look for beside the words of search."""
    return WordsMenuItem(
        _("Search questions"), reverse("luisteren:asked"), name="search-questions", icon_name="help", order=271
    )


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def gaps_menu_item() -> MenuItem:
    """Put what the region lacks beside it."""
    return GapsMenuItem(_("Gaps"), reverse("luisteren:gaps"), name="search-gaps", icon_name="warning", order=272)


class EngineMenuItem(MenuItem):
    """Shown to who runs the installation."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the same rule as the page itself."""
        return bool(may_run_search(request.user))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def engine_menu_item() -> MenuItem:
    """Put how the indexes are at the end."""
    return EngineMenuItem(
        _("Search engine"), reverse("zoekmotor:engine"), name="search-engine", icon_name="cogs", order=273
    )


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def words_permission() -> QuerySet[Permission]:
    """Let the operator give the words to a group of editors."""
    app, _dot, codename = PERMISSION.partition(".")
    return Permission.objects.filter(content_type__app_label=app, codename=codename)
