"""Files of FHIR JSON, read without trusting them: sizes, depth, text; each fault with its file and line. No queries."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core.errors import reason as why
from doorverwijzing.fhir.codes import Json

MOST_BYTES = 32 * 1024 * 1024
MOST_FILES = 2000
MOST_RESOURCES = 5000
LONGEST_TEXT = 20_000
# A scan or a signed form inside the JSON, in base64: what a Consent carries as its proof.
LONGEST_FILE = 12 * 1024 * 1024
DEEPEST = 40
LINES = {".ndjson", ".jsonl"}
# XML is read no further than to say that it is not read: nothing in a folder is passed by in silence.
SUFFIXES = {".json", ".xml", *LINES}
KIND = re.compile(r"[A-Z][A-Za-z]{2,39}")
BASE64 = re.compile(r"[A-Za-z0-9+/\s]*={0,2}\s*")
# The versions of one resource and the answer to a batch are no message about someone.
BUNDLES = {"collection", "document", "message", "transaction", "batch", "searchset"}


class UnreadableError(Exception):
    """The source cannot be read at all; the message says why in the language of the site."""


@dataclass(frozen=True)
class Fault:
    """Something that could not be read, and where."""

    file: str
    reason: str
    line: int | None = None
    entry: int | None = None
    kind: str = ""


@dataclass(frozen=True, eq=False)
class Found:
    """One resource as the source gives it, with the name that others point at it by."""

    resource: Json
    url: str
    file: str
    entry: int
    # As it came, where `resource` is no longer that.
    came: Json | None = None

    @property
    def kind(self) -> str:
        """Give the type of the resource."""
        return str(self.resource["resourceType"])

    @property
    def raw(self) -> Json:
        """Give the resource in the form in which it came."""
        return self.came or self.resource


@dataclass
class Parcel:
    """What belongs together: the entries of one bundle, or the loose resources of one folder."""

    found: list[Found] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    names: dict[str, Json] = field(default_factory=dict)


def parcels(path: Path) -> list[Parcel]:
    """Read a file or a folder. Raises UnreadableError when nothing of it can be read."""
    files = _files(path)
    loose, bundles, unread = Parcel(), list[Parcel](), list[Fault]()
    for file in files:
        name = _printable(file.name if path.is_file() else file.relative_to(path).as_posix())
        try:
            for number, document in _documents(file, name, loose.faults):
                _sort(document, name, loose, bundles, number)
        except _UnreadableFileError as error:
            unread.append(error.fault)
    if files and len(unread) == len(files):
        first = unread[0]
        where = _(" (line %(line)s)") % {"line": first.line} if first.line else ""
        raise UnreadableError(f"{first.file}: {first.reason}{where}")
    loose.faults += unread
    made = [*bundles, *([loose] if loose.found or loose.faults else [])]
    if sum(len(one.found) for one in made) > MOST_RESOURCES:
        raise UnreadableError(_("The source holds more than %(count)s resources.") % {"count": MOST_RESOURCES})
    return made


def _printable(name: str) -> str:
    """Give a name of a file as it can be written down, also when the disk keeps it in another encoding."""
    return name.encode(errors="replace").decode()


class _UnreadableFileError(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


def _files(path: Path) -> list[Path]:
    """List the files to read. A link out of the folder is not followed."""
    try:
        if not path.exists():
            raise UnreadableError(_("“%(path)s” does not exist.") % {"path": path})
        if path.is_file():
            files = [path]
        else:
            inside = [one for one in sorted(path.rglob("*")) if one.suffix.lower() in SUFFIXES and one.is_file()]
            files = [one for one in inside if one.resolve().is_relative_to(path.resolve())]
        size = sum(one.stat().st_size for one in files)
    except OSError as error:
        raise UnreadableError(_("The source cannot be read: %(reason)s.") % {"reason": why(error)}) from error
    if not files:
        raise UnreadableError(_("There is no FHIR JSON in this folder."))
    if size > MOST_BYTES or len(files) > MOST_FILES:
        facts = {"size": MOST_BYTES // 1024 // 1024, "count": MOST_FILES}
        raise UnreadableError(_("The source is too large: at most %(size)s MB in %(count)s files is read.") % facts)
    return files


def _documents(file: Path, name: str, faults: list[Fault]) -> Iterator[tuple[int, Any]]:
    """Give the JSON values of a file with their line: one, or one a line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _UnreadableFileError(Fault(name, _("The text is not in UTF-8."))) from error
    except OSError as error:
        reason = _("The source cannot be read: %(reason)s.") % {"reason": why(error)}
        raise _UnreadableFileError(Fault(name, reason)) from error
    if text.lstrip().startswith("<"):
        raise _UnreadableFileError(Fault(name, _("This is XML. Only FHIR as JSON is read.")))
    if file.suffix.lower() in LINES:
        yield from _lines(text, name, faults)
    else:
        yield 1, _value(text, name, 0)


def _lines(text: str, name: str, faults: list[Fault]) -> Iterator[tuple[int, Any]]:
    """Give the value of each line with its number. A broken line is a fault of its own, unless all are broken."""
    broken, read = list[Fault](), 0
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            continue
        try:
            value = _value(line, name, number)
        except _UnreadableFileError as error:
            broken.append(error.fault)
            continue
        read += 1
        yield number + 1, value
    if broken and not read:
        raise _UnreadableFileError(broken[0])
    faults += broken


def _value(text: str, name: str, lines_before: int) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_each_name_once)
    except json.JSONDecodeError as error:
        reason = _("This is not valid JSON: %(what)s.") % {"what": error.msg}
        raise _UnreadableFileError(Fault(name, reason, line=lines_before + error.lineno)) from error
    except (ValueError, RecursionError) as error:
        line = lines_before + 1 if lines_before else None
        deep = isinstance(error, RecursionError)
        reason = _("It is nested too deep.") if deep else _("This JSON holds what JSON does not know.")
        raise _UnreadableFileError(Fault(name, reason, line=line)) from error


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _each_name_once(pairs: list[tuple[str, Any]]) -> Json:
    """Make an object; which of two values with one name counts is not ours to guess."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError
    return made


def _sort(document: Any, name: str, loose: Parcel, bundles: list[Parcel], number: int) -> None:
    """Lay a document where it belongs: a bundle is a parcel of its own, the rest lies together."""
    several = isinstance(document, list)
    for place, one in enumerate(document if several else [document], start=1 if several else number):
        if isinstance(one, dict) and one.get("resourceType") == "Bundle":
            bundles += _bundles(one, name)
        else:
            _add(loose, one, "", name, place)


def _bundles(document: Json, name: str) -> list[Parcel]:
    """Give the parcel of a bundle, and one for each bundle that lies inside it, as a document does in a message."""
    parcel, entries = Parcel(), document.get("entry", [])
    made = [parcel]
    if document.get("type") not in BUNDLES:
        parcel.faults.append(Fault(name, _("This kind of bundle is not a message about someone."), kind="Bundle"))
    elif not isinstance(entries, list):
        parcel.faults.append(Fault(name, _("The entries of the bundle are not a list."), kind="Bundle"))
    else:
        for number, entry in enumerate(entries, start=1):
            known: Json = entry if isinstance(entry, dict) else {}
            resource = known.get("resource")
            if isinstance(resource, dict) and resource.get("resourceType") == "Bundle":
                made += _bundles(resource, name)
            else:
                _add(parcel, resource, known.get("fullUrl"), name, number)
    return made


def _add(parcel: Parcel, resource: Any, url: object, name: str, number: int) -> None:
    url = url if isinstance(url, str) else ""
    if reason := _fault_of(resource) or _odd(url, 0):
        kind = resource.get("resourceType") if isinstance(resource, dict) else ""
        told = kind if isinstance(kind, str) and KIND.fullmatch(kind) else ""
        parcel.faults.append(Fault(name, reason, entry=number, kind=told))
        return
    called = url or short_name(resource)
    if called and parcel.names.get(called) == resource:
        parcel.faults.append(Fault(name, _("It stands here twice."), entry=number, kind=resource["resourceType"]))
        return
    parcel.names.setdefault(called, resource)
    parcel.found.append(Found(resource, url, name, number))


def short_name(resource: Json) -> str:
    """Give the name of a resource in its own system; empty without an id."""
    identifier = resource.get("id")
    return f"{resource['resourceType']}/{identifier}" if isinstance(identifier, str) and identifier else ""


def _fault_of(resource: Any) -> str:
    """Say why this is no resource that can be read; nothing when it is one."""
    kind = resource.get("resourceType") if isinstance(resource, dict) else None
    if not isinstance(kind, str) or not KIND.fullmatch(kind):
        return _("This is not a FHIR resource: it has no resourceType.")
    return _odd(resource, 0)


def _odd(value: Any, depth: int) -> str:
    """Walk through a value and say what is too deep, too long or no text at all."""
    if depth > DEEPEST:
        return _("It is nested too deep.")
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            return _("A text in it is too long.")
        return "" if value.isprintable() or not _is_broken(value) else _("A text in it is broken.")
    if isinstance(value, dict):
        file = value.get("data")
        rest = [*value, *(inner for key, inner in value.items() if key != "data" or not _is_file(file))]
    else:
        rest = value if isinstance(value, list) else []
    return next((reason for one in rest if (reason := _odd(one, depth + 1))), "")


def _is_file(value: Any) -> bool:
    """Tell whether this can be a file in base64, which may be longer than a text."""
    return isinstance(value, str) and len(value) <= LONGEST_FILE and BASE64.fullmatch(value) is not None


def _is_broken(text: str) -> bool:
    """Tell whether a text holds half a sign or a nought, which no database keeps."""
    return "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text)
