"""Asks clamd whether a file is clean, over its own protocol. Without CLAMD_ADDRESS nothing is asked."""

import logging
import os
import socket
import struct
from contextlib import closing

from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import Refusal

log = logging.getLogger(__name__)
CHUNK = 64 * 1024
# A scan of a large file takes seconds; a server that answers nothing must not hold a page.
SECONDS = 20
# Who only asks whether it is there, does not wait for a page of an operator.
GREETING_SECONDS = 2
LONGEST_ANSWER = 4096


class NotScanned(Refusal):
    """The scanner is away or answers nothing that we know: the file does not come in."""


def is_configured() -> bool:
    """Tell whether files are scanned here."""
    return bool(settings.CLAMD_ADDRESS)


def require_clean(content: bytes) -> None:
    """Raise Refusal when a file holds a virus, NotScanned when nobody could tell. Call it outside a transaction."""
    if not is_configured():
        return
    try:
        answer = _ask(content)
    except (OSError, ValueError) as error:
        log.error("The virus scanner does not answer: %s", type(error).__name__)
        answer = ""
    if answer.endswith(" FOUND"):
        log.warning("The virus scanner refused a file")
        raise Refusal(_("This file is not safe. It did not come in."))
    if answer != "stream: OK":
        raise NotScanned(_("We cannot check files at the moment. Try again later; nothing was sent."))


def answers() -> bool:
    """Tell whether the scanner is there, for the operator."""
    try:
        with closing(_connect(GREETING_SECONDS)) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except (OSError, ValueError):
        return False


def _ask(content: bytes) -> str:
    """Send a file as clamd's INSTREAM: each piece behind its length in four bytes, ended by a length of nothing."""
    with closing(_connect()) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            piece = content[start : start + CHUNK]
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        return _answer(line)


def _connect(seconds: int = SECONDS) -> socket.socket:
    """Open a line to `host:port`, or to a socket on this machine when the address is a path."""
    address = str(settings.CLAMD_ADDRESS)
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        if fault := line.connect_ex(address):
            line.close()
            raise OSError(fault, os.strerror(fault))
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def _answer(line: socket.socket) -> str:
    """Read one answer, up to its NUL or to the end of the line."""
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()
