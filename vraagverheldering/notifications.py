"""What we mail about conversations: a link, never who or what they are about."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import outbox
from core.models import User


def handed_over(to: User, count: int) -> None:
    """Tell who took over that there are conversations of a colleague to go on with."""
    subject = ngettext("%(count)s conversation is yours now", "%(count)s conversations are yours now", count)
    outbox.post(
        to=to.email,
        subject=subject % {"count": count},
        body=_(
            "A colleague is away or left, and did not finish them. Go on with each, or finish it.\n\n%(link)s\n\n"
            "This mail holds no personal data. Log in to read more.\n"
        )
        % {"link": settings.SITE_URL + reverse("gesprekken:list")},
    )
