"""Files about people: each sealed under a key of its own in the key store, and given out as a download only.

A file lies in FILES_DIR under the id of its key. Whoever keeps one names that id in a `KeyReference` of a row, in the
transaction that is open; `doom` the key and the file opens nowhere any more, backups included. What is left of it on
the disk goes with `sweep`.
"""

import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from csp.constants import HEADER
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from core import destroyed_keys, doomed_keys, durable, keystore, virus_scan
from core.encryption import NONCE_BYTES
from core.errors import Refusal, Unreadable
from core.file_kinds import KINDS, Kind, kind_of
from core.keys import read_key

log = logging.getLogger(__name__)
LONGEST_NAME = 80


class Checked(NamedTuple):
    """A file that may come in: its content, what it is, and the name that people gave it."""

    content: bytes
    kind: Kind
    name: str


def check(upload: UploadedFile) -> Checked:
    """Look at a file at the door: size, kind and virus. Raises Refusal. Call it outside a transaction."""
    most = settings.UPLOAD_MAX_BYTES
    if (upload.size or 0) > most:
        raise Refusal(_("This file is too large: %(most)s at most.") % {"most": filesizeformat(most)})
    content = upload.read(most + 1)
    if not content:
        raise Refusal(_("This file is empty."))
    kind = kind_of(content)
    if kind is None:
        raise Refusal(
            _("We cannot take this kind of file. Choose one of these: %(kinds)s.") % {"kinds": ", ".join(sorted(KINDS))}
        )
    virus_scan.require_clean(content)
    return Checked(content, kind, clean_name(upload.name or "", kind))


def clean_name(name: str, kind: Kind) -> str:
    """Give a name that is safe on every disk and ends as the content does."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    safe = "".join(sign for sign in stem if sign.isprintable() and sign not in '/:*?"<>|').strip(" .")
    return f"{safe[:LONGEST_NAME] or get_valid_filename(_('file'))}.{kind.extension}"


def keep(content: bytes) -> UUID:
    """Seal a file under a new key and write it down; give the id of its key. It is on the disk when this returns.

    A row that names the id must follow in the transaction that is open; what no row names is swept later. Raises
    Refusal when the disk takes it not.
    """
    nonce = os.urandom(NONCE_BYTES)
    try:
        key_id, key = keystore.make()
        durable.write(path_of(key_id), nonce + AESGCM(read_key(key)).encrypt(nonce, content, _context(key_id)))
    except OSError as error:
        log.error("A file cannot be kept: %s", error.strerror)
        raise Refusal(_("We cannot keep files at the moment. Try again later; nothing was sent.")) from error
    return key_id


def take(key_id: UUID | None) -> bytes:
    """Open a file. Raises Unreadable when its key was destroyed, or when it is not there or not what it was."""
    if key_id is None:
        raise Unreadable("The key of this file was destroyed.")
    key = keystore.take(key_id)
    try:
        sealed = path_of(key_id).read_bytes()
        return AESGCM(read_key(key)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _context(key_id))
    except (FileNotFoundError, InvalidTag, ValueError):
        raise Unreadable(f"The file of key {key_id} does not open.") from None


def path_of(key_id: UUID) -> Path:
    """Tell where a file lies."""
    return Path(settings.FILES_DIR) / key_id.hex[:2] / str(key_id)


def _context(key_id: UUID) -> bytes:
    return f"core.sealed_files.{key_id}".encode()


def sweep() -> int:
    """Take every file away whose key was destroyed, and what a crash left half written; tell how many.

    A file whose key is only missing stays: the store may be a disk that is away.
    """
    root = Path(settings.FILES_DIR)
    gone = doomed_keys.sweep_halves([root])
    for path in sorted(root.glob("??/*")):
        with suppress(ValueError):
            if destroyed_keys.holds(UUID(path.name)):
                gone += durable.shred(path)
    return gone


def as_download(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """Answer with a file that a browser saves and never shows, guesses at, runs or keeps."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response[HEADER] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response
