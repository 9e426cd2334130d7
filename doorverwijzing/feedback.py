"""What the receiver may tell back: the contact always, how it ends and free words only when the client agreed."""

from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.models import Consent, Item
from core.verdict import ALLOWED, Verdict
from doorverwijzing.models import CloseResult, Packet, Referral
from doorverwijzing.workflow import Status

# From here on the receiver has spoken with the person; before that, the two sides write about how to reach them.
AFTER_CONTACT = frozenset({Status.CONTACT_MADE, Status.RUNNING, Status.CLOSED})


def may_tell(referral: Referral, item: Item) -> bool:
    """Tell whether the client agreed, today and for this very referral, that the receiver tells this back."""
    sealed: Packet | None = getattr(referral, "packet", None)
    if sealed is None or item not in sealed.items:
        return False
    agreed = Consent.objects.for_purpose(referral.question_id, referral.receiver).valid(timezone.localdate())
    return agreed.filter(client=referral.client_id, item=item).exists()


def may_write(referral: Referral) -> Verdict:
    """Tell whether the receiver may write in free words to the sender now."""
    if referral.state not in AFTER_CONTACT or may_tell(referral, Item.FEEDBACK_WORDS):
        return ALLOWED
    return Verdict(
        _("This person did not agree that you write about it to %(sender)s. Ask to be called instead.")
        % {"sender": referral.sender}
    )


def tells_result(referral: Referral) -> bool:
    """Tell whether the sender may know how it ended."""
    is_known = bool(referral.result) and referral.result != CloseResult.UNTOLD
    return is_known and may_tell(referral, Item.FEEDBACK_OUTCOME)


def result_for_sender(referral: Referral, *, told: bool) -> str:
    """Say how it ended, as far as the sender may know: `told` is what `tells_result` says."""
    if not referral.result:
        return ""
    if told or referral.result == CloseResult.UNTOLD:
        return str(CloseResult(referral.result).label)
    return _("closed; how it ended was not agreed to be told")


def appointment_for_sender(referral: Referral) -> str:
    """Give the next appointment, as far as the sender may know: free words, told when those were agreed."""
    contact = referral.contact
    return contact.appointment if contact and may_tell(referral, Item.FEEDBACK_WORDS) else ""


def in_words(referral: Referral) -> str:
    """Say to the receiver what may be told back."""
    said = [_("that there was contact")]
    if may_tell(referral, Item.FEEDBACK_OUTCOME):
        said.append(_("how it ends"))
    if may_tell(referral, Item.FEEDBACK_WORDS):
        said.append(_("messages in your own words"))
    return ", ".join(said)
