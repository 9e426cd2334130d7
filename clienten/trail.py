"""Who changed which field last, as the audit chain tells it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.models import AuditEvent, User
from core.moments import short_moment

Written = dict[str, tuple[str, str]]


def who_changed(lines: Iterable[AuditEvent], fields: Iterable[str]) -> Written:
    """Tell per field who changed it last, and when; `lines` name the fields they are about in their details."""
    newest: dict[str, AuditEvent] = {}
    for line in lines:
        newest.update(dict.fromkeys(line.details.get("fields", ()), line))
    people = {str(user.pk): user for user in User.objects.filter(pk__in={line.actor for line in newest.values()})}
    return {field: _words(newest.get(field), people) for field in fields}


def _words(line: AuditEvent | None, people: dict[str, User]) -> tuple[str, str]:
    if line is None:
        return _("A colleague"), ""
    colleague = people.get(line.actor)
    return (colleague.first_name if colleague else "") or _("A colleague"), short_moment(line.at)
