"""What we mail when nobody moves: one link for one question, a list when it is many. Never a name, never the story."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from core.models import User
from doorverwijzing import notifications
from doorverwijzing.guest import magic_link
from doorverwijzing.models import Referral
from doorverwijzing.workflow import Rung, Side

# More than this in one run becomes one mail with a list.
ONE_BY_ONE = 3
LISTED = 50

_SUBJECTS = {
    Rung.REMINDER: gettext_noop("A question still waits for your answer"),
    Rung.SECOND_REMINDER: gettext_noop("Second reminder: a question waits for your answer"),
    Rung.TEAM_LEAD: gettext_noop("A question of your team is late"),
    Rung.COORDINATOR: gettext_noop("A question is stuck between two partners"),
}


def chase(address: str, told: Sequence[tuple[Referral, Rung]]) -> None:
    """Remind one address of what is late, each question once."""
    # A list leads behind the login: who has no account there needs the link of each question.
    listed = [one for one, _rung in told if not (address == one.receiver.inbox and magic_link.is_for_guests(one))]
    if len(listed) > ONE_BY_ONE:
        _list(address, listed, upstairs=any(_is_up(rung) for _r, rung in told))
        told = [(one, rung) for one, rung in told if one not in listed]
    for referral, rung in told:
        if _is_up(rung):
            _to_network(address, referral)
        else:
            notifications.tell(address, _(_SUBJECTS[rung]), _lead(referral), referral)


def _is_up(rung: Rung) -> bool:
    return rung is Rung.COORDINATOR


def _lead(referral: Referral) -> str:
    words = {"sender": referral.sender, "receiver": referral.receiver}
    if referral.turn is Side.SENDER:
        return _("Your question to %(receiver)s is yours to go on with, and its day has gone by.") % words
    return _("%(sender)s still waits for an answer of %(receiver)s.") % words


def _to_network(address: str, referral: Referral) -> None:
    """Tell who coordinates: between which partners, and where the list is. The question itself stays closed."""
    side = referral.sender if referral.turn is Side.SENDER else referral.receiver
    body = _("A question from %(sender)s to %(receiver)s is late. It is the turn of %(side)s. Call them.") % {
        "sender": referral.sender,
        "receiver": referral.receiver,
        "side": side,
    }
    notifications.post(address, _(_SUBJECTS[Rung.COORDINATOR]), body, reverse("doorverwijzing:stuck"), referral)


def _list(address: str, referrals: Sequence[Referral], *, upstairs: bool) -> None:
    """Say how many are late, and where they stand in a row."""
    count = len(referrals)
    subject = ngettext("%(count)s question is late", "%(count)s questions are late", count) % {"count": count}
    lines = [
        _("From %(sender)s to %(receiver)s") % {"sender": one.sender, "receiver": one.receiver}
        for one in referrals[:LISTED]
    ]
    path = reverse("doorverwijzing:stuck") if upstairs else reverse("doorverwijzing:today")
    notifications.post(address, subject, "\n".join(dict.fromkeys(lines)), path)


def came_back(address: str, referrals: Sequence[Referral]) -> None:
    """Tell who sent them that nobody answered: call now."""
    if len(referrals) <= ONE_BY_ONE:
        for referral in referrals:
            notifications.sender_told(referral, "expire")
        return
    count = len(referrals)
    subject = ngettext("%(count)s question came back: call now", "%(count)s questions came back: call now", count)
    lines = [_("%(receiver)s did not answer.") % {"receiver": one.receiver} for one in referrals[:LISTED]]
    notifications.post(
        address, subject % {"count": count}, "\n".join(dict.fromkeys(lines)), reverse("doorverwijzing:today")
    )


def handed_over(to: User, count: int) -> None:
    """Tell who took over that there are questions of a colleague."""
    subject = ngettext("%(count)s question is yours now", "%(count)s questions are yours now", count)
    body = _("A colleague is away or left. You are the contact person from now on.")
    notifications.post(to.email, subject % {"count": count}, body, reverse("doorverwijzing:today"))


def without_owner(address: str, count: int) -> None:
    """Tell the network that there are questions which nobody can answer."""
    subject = ngettext(
        "%(count)s question has nobody who can answer", "%(count)s questions have nobody who can answer", count
    )
    body = _("Nobody who works there can log in any more. Call them, or invite someone.")
    notifications.post(address, subject % {"count": count}, body, reverse("doorverwijzing:stuck"))
