"""Wagtail in our colours: one style sheet, nothing else restyled."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def admin_colours() -> SafeString:
    """Add the sheet that sets the plinth and the door in the editors' screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
