"""What we mail about memberships: a link, never the story."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from core.moments import full_date
from organisaties.models import Invitation

log = logging.getLogger(__name__)


def invitation_sent(invitation: Invitation) -> None:
    """Mail the link that lets someone in. A mail server that is away loses nothing: it can be sent again."""
    try:
        send_mail(
            subject=_("%(organization)s invites you to %(site)s")
            % {"organization": invitation.organization, "site": settings.SITE_NAME},
            message=_("Open this link to begin. It works until %(day)s.\n\n%(link)s\n")
            % {
                "day": full_date(invitation.expires_at),
                "link": settings.SITE_URL + invitation.get_absolute_url(),
            },
            from_email=None,
            recipient_list=[invitation.email],
        )
    except (SMTPException, OSError):
        log.exception("Mail about invitation %s was not sent", invitation.pk)
