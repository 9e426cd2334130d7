"""Who may touch a client's card."""

from django.utils.translation import gettext as _

from clienten.models import ClientCard, answers_for
from core.models import User
from core.verdict import ALLOWED, Verdict
from organisaties.models import Organization


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
    return may_answer_for(user, card.organization)


def may_answer_for(user: User, organization: Organization) -> Verdict:
    """Tell whether this person answers for the data of an organization."""
    if answers_for(user).filter(pk=organization.pk).exists():
        return ALLOWED
    return Verdict(
        _("Only a team lead or the data-protection contact of %(organization)s can do this.")
        % {"organization": organization}
    )
