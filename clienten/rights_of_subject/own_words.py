"""What cards and consents are called in the file that a person reads."""

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clienten import models
from clienten.rights_of_subject import rooms

TITLES: dict[type[Model], str | Promise] = {
    models.ClientCard: _("Your card"),
    models.Consent: _("What you said yes to"),
    models.SubjectRequest: _("What you asked about your data"),
    models.Correction: _("What you corrected"),
    models.Hold: _("Why your file is kept"),
    models.PlannedErasure: _("When your file goes"),
}


def register() -> None:
    """Name the rows of this room."""
    rooms.TITLES.update(TITLES)
