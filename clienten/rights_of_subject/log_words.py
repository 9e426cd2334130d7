"""What the actions of the audit chain are called in the file that a person reads."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "client.opened": _("made your card"),
    "client.changed": _("changed your card"),
    "client.read": _("looked at your card"),
    "emergency.opened": _("opened your card in an emergency"),
    "emergency.read": _("looked at your card in an emergency"),
    "emergency.ended": _("closed your card after an emergency"),
    "emergency.judged": _("looked back at an emergency"),
    "client.exported": _("gave out everything that is kept"),
    "client.corrected": _("wrote a correction down"),
    "client.asked": _("noted what you asked about your data"),
    "client.planned": _("planned to erase your file"),
    "consent.given": _("wrote your yes down"),
    "consent.withdrawn": _("took your yes back"),
    "referral.prepared": _("prepared a question"),
    "referral.send": _("sent your question"),
    "referral.open": _("opened your question"),
    "referral.read": _("looked at your data"),
    "referral.accept": _("said yes to your question"),
    "referral.refuse": _("said no to your question"),
    "referral.confirm_contact": _("said that they spoke with you"),
    "referral.client_answered": _("wrote your answer down"),
    "referral.message": _("wrote a message"),
    "referral.redacted": _("took a part back"),
    "referral.withdraw": _("took the question back"),
    "referral.close": _("closed your question"),
}


def in_words(action: str) -> str:
    """Say what was done; what has no words of its own is a step of the work."""
    return str(WORDS.get(action, _now("took a step in the work")))
