"""QR codes as inline SVG, so that they print sharp and need no file."""

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def qr(address: str) -> SafeString:
    """Draw the QR code of an address. The address must stand beside it in words: a code is never the only way."""
    drawing = segno.make(address, error="m").svg_inline(
        border=0, omitsize=True, svgclass="qr", lineclass="qr-line", title=_("QR code, the address stands beside it")
    )
    return mark_safe(drawing)  # noqa: S308 (segno draws it; the address is only black squares)
