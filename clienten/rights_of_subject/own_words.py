"""What cards and consents are called in the file that a person reads."""

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clienten import models
from clienten.forms import LANGUAGES
from clienten.rights_of_subject import rooms
from clienten.safe_contact import days_in_words

TITLES: dict[type[Model], str | Promise] = {
    models.ClientCard: _("Your card"),
    models.Consent: _("What you said yes to"),
    models.SubjectRequest: _("What you asked about your data"),
    models.Correction: _("What you corrected"),
    models.Hold: _("Why your file is kept"),
    models.PlannedErasure: _("When your file goes"),
    models.ConsentProof: _("How you said yes"),
    models.ConsentRequest: _("When we asked your yes on your own device"),
    models.Override: _("When something was shared without your yes"),
    models.SharingGround: _("On what ground something was shared"),
    models.Withdrawal: _("What you took back"),
    models.TouchedPerson: _("Incidents that touched your data"),
    models.EmergencyAccess: _("When someone opened your card in an emergency"),
}
ALSO: dict[type[Model], dict[str, str | Promise]] = {
    models.ClientCard: {"municipality": _("Municipality"), "language": _("Language")},
    models.Consent: {
        "item": _("What"), "recipient": _("For whom"), "mode": _("How"), "given_at": _("Given on"),
        "valid_until": _("Until"), "withdrawn_at": _("Taken back on"),
    },
    models.SubjectRequest: {
        "kind": _("What"), "asked_on": _("Asked on"), "answered_at": _("Answered on"),
        "outcome": pgettext_lazy("outcome of a request", "Answer"), "longer_because": _("Took longer because"),
    },
    models.Correction: {"item": _("About what?")},
    models.Hold: {"reason": _("Why"), "until": _("Until")},
    models.PlannedErasure: {"erase_on": _("Goes on")},
    models.TouchedPerson: {"known_on": _("Known since")},
}  # fmt: skip


def language_in_words(card: models.ClientCard) -> str:
    """Name the language that this person prefers."""
    return str(dict(LANGUAGES).get(card.language, card.language))


def register() -> None:
    """Name the rows of this room, and say its codes in words."""
    rooms.READERS[models.ClientCard] = {
        "language": language_in_words, "call_days": lambda card: days_in_words(card.call_days)
    }  # fmt: skip
    rooms.TITLES.update(TITLES)
    rooms.ALSO.update(ALSO)
