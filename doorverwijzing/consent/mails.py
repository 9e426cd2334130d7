"""What we mail about consent: a link and an organization, never a name, never what it is about."""

from django.utils.translation import gettext as _

from core.models import User
from doorverwijzing import notifications
from doorverwijzing.holders import of_sender
from doorverwijzing.models import Referral


def taken_back(referral: Referral) -> None:
    """Tell the receiver that there is nothing to read any more."""
    notifications.referral_withdrawn(referral)


def part_taken_back(referral: Referral) -> None:
    """Tell the receiver that they see less from now on."""
    notifications.tell(
        referral.receiver.inbox,
        _("A part of a question was taken back"),
        _("A part of a question of %(sender)s was taken back. You see the rest.") % {"sender": referral.sender},
        referral,
    )


def client_took_back(referral: Referral) -> None:
    """Tell the worker who sent it that the person took the yes, or a part of it, back without them."""
    notifications.tell(
        of_sender(referral),
        _("Someone took a yes back"),
        _(
            "The person took something back of a question to %(receiver)s. "
            "Was there an appointment? Agree who calls it off."
        )
        % {"receiver": referral.receiver},
        referral,
    )


def consent_ends(referral: Referral) -> None:
    """Tell the worker who sent it that the yes ends soon."""
    notifications.tell(
        of_sender(referral),
        _("A consent ends soon"),
        _("The consent for your question to %(receiver)s ends soon. Ask again if the help goes on.")
        % {"receiver": referral.receiver},
        referral,
    )


def review_waits(reviewer: User, *, path: str, late: bool = False) -> None:
    """Tell a data-protection contact that a sharing without a yes waits for a look."""
    lead = _("Someone shared data without a yes. You look at it within five working days.")
    if late:
        lead = _("A sharing without a yes still waits for you. The five working days are over.")
    notifications.post(reviewer.email, _("A sharing without a yes waits for your review"), lead, path)
