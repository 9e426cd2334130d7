"""Which files people may hand in, told by what is inside them and never by what they are called. No Django imports."""

import zipfile
from io import BytesIO
from typing import NamedTuple

# Control signs that no text holds; tab, line feed, form feed and carriage return are fine.
_NOT_IN_TEXT = frozenset(range(32)) - {9, 10, 12, 13}
_MACROS = ("vbaproject.bin", "basic/", "scripts/")
# A text document that unpacks to more than this is no letter.
_UNPACKED_MOST = 200 * 1024 * 1024


class Kind(NamedTuple):
    """One kind of file: how it is sent, and how its name ends."""

    content_type: str
    extension: str


PDF = Kind("application/pdf", "pdf")
JPEG = Kind("image/jpeg", "jpg")
PNG = Kind("image/png", "png")
HEIC = Kind("image/heic", "heic")
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
ODT = Kind("application/vnd.oasis.opendocument.text", "odt")
TEXT = Kind("text/plain", "txt")
KINDS = {kind.extension: kind for kind in (PDF, JPEG, PNG, HEIC, DOCX, ODT, TEXT)}
# What a file dialog offers; the check is `kind_of`.
ACCEPT = ",".join(f".{extension}" for extension in KINDS)


def kind_of(content: bytes) -> Kind | None:
    """Tell what a file is; None for anything that may not come in."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[4:12] in (b"ftypheic", b"ftypheix"):
        return HEIC
    if content.startswith(b"PK\x03\x04"):
        return _document(content)
    return TEXT if _is_text(content) else None


def _document(content: bytes) -> Kind | None:
    """Tell which text document lies in a zip; one with macros may not come in."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as box:
            names = [name.lower() for name in box.namelist()]
            told = _first_words(box, "mimetype") if box.namelist()[:1] == ["mimetype"] else b""
            size = sum(part.file_size for part in box.infolist())
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, ValueError):
        return None
    if size > _UNPACKED_MOST or any(name.startswith(_MACROS) or name.endswith(_MACROS[0]) for name in names):
        return None
    if told.decode("ascii", "replace") == ODT.content_type:
        return ODT
    return DOCX if "word/document.xml" in names and "[content_types].xml" in names else None


def _first_words(box: zipfile.ZipFile, name: str) -> bytes:
    """Read the beginning of a part and no more: a small file can unpack to all the memory there is."""
    with box.open(name) as part:
        return part.read(100)


def _is_text(content: bytes) -> bool:
    """Tell whether this is plain text that no browser would take for a page."""
    if not content or _NOT_IN_TEXT.intersection(content):
        return False
    try:
        start = content.decode("utf-8").lstrip("\ufeff").lstrip()[:1]
    except UnicodeDecodeError:
        return False
    return start != "<"
