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
    "client.answered": _("answered what you asked about your data"),
    "client.answer_later": _("told that the answer to your question takes longer"),
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
    "client.held": _("kept your file longer, with a reason"),
    "consent.taken_back": _("took back what you had said yes to"),
    "consent.overridden": _("shared something without your yes"),
    "consent.override_reviewed": _("looked back at what was shared without your yes"),
    "consent.proof_read": _("looked at how you said yes"),
    "conversation.started": _("began a talk with you"),
    "conversation.read": _("looked at the talk"),
    "conversation.reworded": _("changed how your question is written"),
    "conversation.finished": _("closed the talk"),
    "conversation.handed_over": _("let a colleague go on with the talk"),
    "clarifiedquestion.read": _("looked at your question"),
    "guest.entered": _("came in with a code by mail"),
    "handover.proposed": _("proposed moments to speak together"),
    "handover.agreed": _("agreed on a moment to speak together"),
    "handover.held": _("wrote down that you spoke together"),
    "overview.handed_over": _("handed over who keeps the overview"),
    "paper.printed": _("put it on paper"),
    "referral.typed_in": _("typed in a form on paper"),
    "referral.present": _("laid the pieces before you"),
    "referral.attempt": _("tried to reach you"),
    "referral.give_back": _("gave the question back: not reached"),
    "referral.pass_on": _("proposed another service"),
    "referral.start": _("began to help"),
    "referral.expire": _("did not answer in time"),
    "referral.attached": _("added a file"),
    "referral.client_wrote": _("got a message from you"),
    "referral.wrote_to_client": _("wrote to you"),
    "referral.bridge_set": _("wrote down who keeps contact with you"),
    "referral.copied_inside": _("took your question over to refer on"),
    "referral.handed_over": _("let a colleague go on with your question"),
    "referral.consent_renewed": _("wrote your new yes down"),
    "referral.taken_back": _("took back what was shared"),
    "consent.asked": _("asked your yes on your own phone"),
    "emergency.reminded": _("asked again to look back at an emergency"),
}
# What the other actions are about, by how they begin.
KINDS: dict[str, str | Promise] = {
    "conversation": _("went on with the talk"),
    "referral": _("went on with your question"),
    "handover": _("arranged to speak together"),
    "consent": _("did something about your yes"),
}


def in_words(action: str) -> str:
    """Say what was done; of what has no words of its own at least what it was about."""
    about = KINDS.get(action.partition(".")[0], _now("took a step in the work"))
    return str(WORDS.get(action, about))
