"""What we mail about memberships: a link, never the story."""

from django.conf import settings
from django.utils.translation import gettext as _

from core import outbox
from core.moments import full_date
from organisaties.models import Invitation


def invitation_sent(invitation: Invitation) -> None:
    """Put the link that lets someone in into the outbox."""
    outbox.post(
        to=invitation.email,
        subject=_("%(organization)s invites you to %(site)s")
        % {"organization": invitation.organization, "site": settings.SITE_NAME},
        body=_("Open this link to begin. It works until %(day)s.\n\n%(link)s\n")
        % {
            "day": full_date(invitation.expires_at),
            "link": settings.SITE_URL + invitation.get_absolute_url(),
        },
        about=invitation,
    )
