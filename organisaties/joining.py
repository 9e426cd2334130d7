"""The first colleague of an organization that so far answered by a link."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.errors import Refusal
from organisaties.actions import INVITATION_LASTS
from organisaties.models import Invitation, Organization
from organisaties.notifications import invitation_sent
from organisaties.roles import Role


@transaction.atomic
def invite_first(organization: Organization, *, email: str, by: str) -> Invitation:
    """Invite the first frontline worker; `by` is who proved to read the mailbox, as the audit chain knows them.

    Only while nobody works here yet, and only to an address of the house of the mailbox. Raises Refusal.
    """
    Organization.objects.select_for_update(no_key=True).filter(pk=organization.pk).order_by().first()
    email = email.strip().lower()
    if organization.has_care_workers():
        raise Refusal(_("%(organization)s has an account already. Log in.") % {"organization": organization})
    house = organization.inbox.rpartition("@")[2].lower()
    if email.rpartition("@")[2] != house:
        raise Refusal(_("Use an address that ends in @%(house)s.") % {"house": house})
    open_ones = Invitation.objects.unanswered().filter(organization=organization, email=email)
    if same := open_ones.open().first():
        return same
    open_ones.update(withdrawn_at=timezone.now())
    invitation = Invitation.objects.create(
        organization=organization,
        email=email,
        roles=[Role.FRONTLINE_WORKER],
        expires_at=timezone.now() + INVITATION_LASTS,
    )
    invitation_sent(invitation)
    audit.record("invitation.sent", subject=invitation, by=by, organization=organization)
    return invitation
