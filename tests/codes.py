"""What a QR code on a page holds: its squares beside those of an address."""

import re

import segno


def drawn_code(page: str) -> str:
    """Give the squares of the one code on a page."""
    (found,) = re.findall(r'<svg[^>]* class="qr"[^>]*>.*?<path[^>]* d="([^"]+)"', page, re.DOTALL)
    return found


def code_of(address: str) -> str:
    """Give the squares of an address."""
    return drawn_code(segno.make(address, error="m").svg_inline(border=0, svgclass="qr"))
