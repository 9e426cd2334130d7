"""Taking away the second step of someone who lost it: they are logged out everywhere, and hear of it."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox, trusted_devices
from core.models import User
from organisaties.models import Organization
from organisaties.permissions import may


@transaction.atomic
def take_away(user: User, organization: Organization | None, *, by: User | str) -> int:
    """Remove every second step of this person, and their sessions. Raises NotAllowed. Returns how many steps went.

    Without an organization it is the operator who does it, at the machine itself.
    """
    if organization is not None and isinstance(by, User):
        may(by, "change_roles", organization).require()
    gone, _kinds = Authenticator.objects.filter(user=user).delete()
    trusted_devices.of(user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    audit.record("second_step.removed", subject=user, by=by, organization=organization, steps=gone)
    outbox.post(
        to=user.email,
        subject=_("Your second step is gone"),
        body=_("Log in with your password and choose a new one:\n\n%(link)s\n\nDid you not ask for this? Call who "
               "manages your team now.\n") % {"link": settings.SITE_URL + "/account/2fa/"},
        about=user,
    )  # fmt: skip
    return gone
