"""What we mail about memberships: a link, never the story."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core import outbox
from core.moments import full_date
from organisaties.models import Invitation, Organization


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


def contact_wanted(address: str, organization: Organization) -> None:
    """Tell who can name a data-protection contact that something waits for one."""
    words = {"organization": organization}
    lead = _("Something waits for a look back at %(organization)s, and nobody there may look. "
             "Name a data-protection contact who did not do it.") % words  # fmt: skip
    outbox.post(
        to=address,
        subject=_("%(organization)s has nobody who looks back") % words,
        body=f"{lead}\n\n{settings.SITE_URL}{reverse('organisaties:members', args=[organization.pk])}\n",
        about=organization,
    )
