"""What we mail about memberships: a link, never the story."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _

from organisaties.models import Invitation


def invitation_sent(invitation: Invitation) -> None:
    """Mail the invited person the link that lets them in."""
    link = settings.SITE_URL + reverse("organisaties:accept", args=[invitation.token])
    send_mail(
        subject=_("%(organization)s invites you to %(site)s")
        % {"organization": invitation.organization, "site": settings.SITE_NAME},
        message=_("Open this link to begin. It works until %(day)s.\n\n%(link)s\n")
        % {"day": invitation.expires_at.strftime("%d/%m/%Y"), "link": link},
        from_email=None,
        recipient_list=[invitation.email],
    )
