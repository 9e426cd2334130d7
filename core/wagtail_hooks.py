"""Wagtail in our colours, and a press that waits for the autosave: one style sheet and one script, nothing else."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def admin_colours() -> SafeString:
    """Add the sheet that sets the plinth and the door in the editors' screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_editor_js")  # type: ignore[untyped-decorator]
def patient_press() -> SafeString:
    """Add the script that lets a press and an autosave go one after the other."""
    return format_html('<script type="module" src="{}"></script>', static("js/editor.js"))
