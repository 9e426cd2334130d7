"""Who may touch a client's card."""

from django.utils.translation import gettext as _

from clienten.models import ClientCard, answers_for
from core.models import User
from core.verdict import ALLOWED, Verdict


def may(user: User, what: str, card: ClientCard) -> Verdict:
    """Tell whether this person may "change" a card, write a "consent", "override" one, or "answer_requests"."""
    if what == "answer_requests":
        return _may_answer(user, card)
    if what == "override" and not card.organization.is_managed_by(user):
        return Verdict(_("Only a team lead of %(organization)s can do this.") % {"organization": card.organization})
    if card.organization.is_cared_for_by(user):
        return ALLOWED
    return Verdict(_("Only a worker of %(organization)s can do this.") % {"organization": card.organization})


def _may_answer(user: User, card: ClientCard) -> Verdict:
    """Questions about the data of a person are for a team lead or the data-protection contact."""
    if answers_for(user).filter(pk=card.organization_id).exists():
        return ALLOWED
    return Verdict(
        _("Only a team lead or the data-protection contact of %(organization)s can do this.")
        % {"organization": card.organization}
    )
