"""Who read a conversation, and who wrote what in it."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.models import User
from core.moments import short_moment
from vraagverheldering.actions import note
from vraagverheldering.models import Conversation, DomainNote


def note_reading(conversation: Conversation, *, by: User, page: str) -> None:
    """Write down that someone read a page of this talk: reading is an event too."""
    note("read", conversation, by=by, page=page)


def who_wrote(found: DomainNote) -> dict[str, tuple[str, str]]:
    """Tell per field of a note who wrote it last, and when."""
    people = {str(user.pk): user for user in User.objects.filter(pk__in={row["by"] for row in found.written.values()})}
    return {
        field: (
            people[row["by"]].first_name if row["by"] in people else _("A colleague"),
            short_moment(datetime.fromisoformat(row["at"])),
        )
        for field, row in found.written.items()
    }
