"""What conversations add to a person's file: words for people, and when a file is still in use."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clienten.rights_of_subject import rooms
from vraagverheldering import models
from vraagverheldering.models import Conversation

TITLES: dict[type[Model], str | Promise] = {
    models.Conversation: _("Our conversations"),
    models.DomainNote: _("What we spoke about"),
    models.ClientWords: _("What you said, in your own words"),
    models.ClarifiedQuestion: _("Your questions"),
    models.NextStep: _("What was agreed"),
    models.RightsResult: _("The rights that you looked at"),
}


def register() -> None:
    """Add this room to a person's file; called once, when the models are there."""
    rooms.TITLES.update(TITLES)
    rooms.BUSY.append(busy)


def busy(since: datetime) -> Iterable[UUID]:
    """Name the cards with a conversation that was written in since."""
    return Conversation.objects.filter(saved_at__gte=since).values_list("client", flat=True)
