"""The whole file of one person: for a machine (JSON) and for people (PDF)."""

import base64
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import camel_case_to_spaces, capfirst
from django.utils.translation import gettext as _

from clienten.models import ClientCard
from clienten.permissions import may
from clienten.rights_of_subject import log_words, rooms
from clienten.rights_of_subject.tracing import Found, trace
from core import audit, pdf, sealed_files
from core.errors import Unreadable
from core.key_reference import KeyReference
from core.models import AuditEvent, User
from core.moments import full_date
from organisaties.models import Organization

FORM = "dorpel-person-file/1"
# Means nothing to a reader; the file for a machine has it.
FOR_MACHINES = ("digest", "strokes")


@dataclass(frozen=True)
class Part:
    """One kind of rows, with a title for people."""

    model: type[models.Model]
    title: str
    rows: list[models.Model]


@transaction.atomic
def file_of(card: ClientCard, *, by: User | str) -> dict[str, Any]:
    """Give everything that is kept about one person, ready for JSON. Raises NotAllowed. Asking is written down."""
    if isinstance(by, User):
        may(by, "answer_requests", card).require()
    found = trace(card)
    made = {
        "form": FORM,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "controller": {"id": card.organization_id, "name": card.organization.name},
        "person": str(card.pk),
        "parts": [
            {"kind": part.model._meta.label, "title": part.title, "rows": [row_of(row) for row in part.rows]}
            for part in parts(found)
        ],
        "log": list(log_of(found)),
    }
    audit.record("client.exported", subject=card, by=by, organization=card.organization)
    return made


def parts(found: Found) -> Iterator[Part]:
    """Give what was found in a fixed order: the card first, then each kind by its title, oldest rows first."""
    for model in sorted(found, key=lambda model: (model is not ClientCard, model._meta.label)):
        rows = sorted(found[model].values(), key=_when)
        yield Part(model, title_of(model), rows)


def _when(row: models.Model) -> str:
    return str(getattr(row, "created_at", ""))


def title_of(model: type[models.Model]) -> str:
    """Name a kind of rows for people."""
    return str(rooms.TITLES.get(model) or capfirst(camel_case_to_spaces(model._meta.object_name or "")))


def row_of(row: models.Model) -> dict[str, object]:
    """Give every field of a row, sealed content opened; the ids of keys stay out."""
    openers = rooms.OPENERS.get(type(row), {})
    made: dict[str, object] = {}
    for field in row._meta.concrete_fields:
        if isinstance(field, KeyReference):
            if content := _file(getattr(row, field.attname)):
                made[field.name.removesuffix("_id").removesuffix("key") + "content_base64"] = content
        elif field.name in openers:
            made[field.name] = openers[field.name](row)
        else:
            made[field.name] = _plain(row, field)
    return made


def _file(key_id: UUID | None) -> str:
    """Give a sealed file as it was handed in; empty when the key opens no file, or was destroyed."""
    with suppress(Unreadable):
        return base64.b64encode(sealed_files.take(key_id)).decode()
    return ""


def _plain(row: models.Model, field: "models.Field[Any, Any]") -> object:
    """Give a value that JSON knows; what points to something public is named too. Colleagues stay a number."""
    value = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey) and value is not None:
        target = getattr(row, field.name)
        public = "Privacy" not in type(target).__dict__
        return {"id": str(value), "name": str(target)} if public else str(value)
    if value is None or isinstance(value, bool | int | float | dict | list):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def log_of(found: Found) -> Iterator[dict[str, object]]:
    """Give the lines of the audit chain about what was found: what, when, and which organization; no colleagues."""
    lines: list[AuditEvent] = []
    for model, rows in found.items():
        ids = [str(pk) for pk in rows]
        lines += AuditEvent.objects.filter(subject_type=model._meta.label_lower, subject_id__in=ids)
    names = dict(Organization.objects.filter(pk__in={line.organization for line in lines}).values_list("pk", "name"))
    for line in sorted(lines, key=lambda line: line.sequence):
        yield {
            "at": line.at.isoformat(timespec="seconds"),
            "action": line.action,
            "organization": names.get(line.organization, ""),
            "about": f"{line.subject_type} {line.subject_id}",
        }


def as_json(made: dict[str, Any]) -> bytes:
    """Write the file for a machine."""
    return json.dumps(made, ensure_ascii=False, indent=1, default=str).encode()


def as_pdf(card: ClientCard, made: dict[str, Any]) -> bytes:
    """Write the file for people: what was said and kept, in Dutch, without numbers that mean nothing to them."""
    found = trace(card)
    context = {
        "name": " ".join(part for part in (card.first_name, card.last_name) if part),
        "organization": card.organization,
        "made_on": full_date(timezone.localdate()),
        "parts": [{"title": part.title, "rows": rows} for part in parts(found) if (rows := _readable(part))],
        "log": [_log_line(line) for line in made["log"]],
    }
    return pdf.render("clienten/rights/file.html", context)


def _log_line(line: dict[str, Any]) -> dict[str, object]:
    return {
        "at": datetime.fromisoformat(line["at"]),
        "organization": line["organization"],
        "what": log_words.in_words(line["action"]),
    }


def _readable(part: Part) -> list[list[tuple[str, str]]]:
    rows = [list(_lines(row)) for row in part.rows]
    return [row for row in rows if row]


def _lines(row: models.Model) -> Iterator[tuple[str, str]]:
    """Give the personal fields of a row in words, after the day that it was written."""
    also = rooms.ALSO.get(type(row), {})
    shown = {*row.Privacy.personal, *also}  # type: ignore[attr-defined]
    readers = {**rooms.OPENERS.get(type(row), {}), **rooms.READERS.get(type(row), {})}
    said = []
    for field in row._meta.concrete_fields:
        if field.name not in shown or _points_inside(field):
            continue
        value = readers[field.name](row) if field.name in readers else in_words(row, field)
        if value not in ("", None, {}, []):
            said.append((str(also.get(field.name) or capfirst(str(field.verbose_name))), _spread(value)))
    if said and hasattr(row, "created_at"):
        yield _("Written on"), full_date(row.created_at)
    yield from said


def _points_inside(field: "models.Field[Any, Any]") -> bool:
    return field.name in FOR_MACHINES or (
        isinstance(field, models.ForeignKey) and "Privacy" in (field.related_model.__dict__ or {})
    )


def in_words(row: models.Model, field: "models.Field[Any, Any]") -> object:
    """Say a value as people read it."""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    value = getattr(row, field.name)
    if isinstance(value, date):
        return full_date(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else value


def _spread(value: object) -> str:
    """Write something with parts as lines, such as the pieces of a packet."""
    if isinstance(value, dict):
        return "\n".join(line for part in value.values() if part and (line := _spread(part)))
    if isinstance(value, list):
        return "\n".join(_spread(part) for part in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
