"""Who may touch a client's card."""

from django.utils.translation import gettext as _

from clienten.models import ClientCard
from core.models import User
from core.verdict import ALLOWED, Verdict


def may(user: User, what: str, card: ClientCard) -> Verdict:
    """Tell whether this person may "change" a card, write a "consent" or "erase" it."""
    if card.organization.is_cared_for_by(user):
        return ALLOWED
    return Verdict(_("Only a worker of %(organization)s can do this.") % {"organization": card.organization})
