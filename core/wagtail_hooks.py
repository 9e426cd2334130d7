"""Wagtail in our colours, a press that waits for the autosave, and one address for each account."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from core.models import User
from core.own_address import keep_one


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def admin_colours() -> SafeString:
    """Add the sheet that sets the plinth and the door in the editors' screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_editor_js")  # type: ignore[untyped-decorator]
def patient_press() -> SafeString:
    """Add the script that lets a press and an autosave go one after the other."""
    return format_html('<script type="module" src="{}"></script>', static("js/editor.js"))


@hooks.register("after_edit_user")  # type: ignore[untyped-decorator]
def one_address(request: HttpRequest, user: User) -> None:
    """Let an address that was changed here open the account no more."""
    keep_one(user)
