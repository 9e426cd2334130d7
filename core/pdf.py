"""A page as PDF: tagged for screen readers (PDF/UA), in its own language and our own letters, without any network."""

from functools import cache
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

STATIC = Path(settings.BASE_DIR) / "static"
OF_OUR_OWN = "static:"
PACKED = ".woff2"


def render(template: str, context: dict[str, Any]) -> bytes:
    """Draw a template as PDF. Its styles may name files of ours as `url(static:fonts/…)`, and nothing else."""
    from weasyprint import HTML  # type: ignore[import-untyped]  # noqa: PLC0415 (slow library)
    from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]  # noqa: PLC0415 (slow library)

    html = render_to_string(template, context)
    document = HTML(string=html, base_url=OF_OUR_OWN, url_fetcher=_fetcher())
    # Its copies of our letters go when the page is made, not when Python happens to tidy up, or never after a kill.
    with TemporaryDirectory(prefix="letters-") as folder:
        fonts = FontConfiguration()
        fonts._folder = Path(folder)
        made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, font_config=fonts)
    return made


def _fetcher() -> Any:
    from weasyprint.urls import (  # type: ignore[import-untyped]  # noqa: PLC0415 (slow library)
        URLFetcher,
        URLFetcherResponse,
    )

    class OurFiles(URLFetcher):
        """Reads files of our own static folder. Raises ValueError for everything else."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            path = (STATIC / url.removeprefix(OF_OUR_OWN)).resolve()
            if not url.startswith(OF_OUR_OWN) or not path.is_relative_to(STATIC):
                raise ValueError("A PDF shows files of our own only.")
            kind = guess_type(path.name)[0] or "application/octet-stream"
            body = _unpacked(path) if path.suffix == PACKED else path.read_bytes()
            # Without its kind a style sheet is no style sheet.
            return URLFetcherResponse(url, body=body, headers={"Content-Type": kind})

    return OurFiles()


@cache
def _unpacked(letters: Path) -> bytes:
    """Unpack letters once for a process: done for each page it takes nearly half of the time of that page."""
    from fontTools.ttLib import woff2  # type: ignore[import-untyped]  # noqa: PLC0415 (comes with weasyprint, slow)

    unpacked = BytesIO()
    woff2.decompress(BytesIO(letters.read_bytes()), unpacked)
    return unpacked.getvalue()
