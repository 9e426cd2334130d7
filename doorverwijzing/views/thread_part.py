"""The part with messages, on both pages of a referral."""

from typing import Any

from core.verdict import ALLOWED
from doorverwijzing import attachments, feedback
from doorverwijzing.messages import reading
from doorverwijzing.messages.forms import FullMessageForm
from doorverwijzing.models import MessageTemplate, PaperForm, Referral
from doorverwijzing.views.known import UserRequest
from doorverwijzing.workflow import Side


def messages_of(request: UserRequest, found: Referral, side: Side) -> dict[str, Any]:
    """Give what the part with messages shows on the page of one side of a referral."""
    ours = side is Side.SENDER
    texts = list(MessageTemplate.objects.usable_by(request.user))
    chosen = next((text for text in texts if str(text.pk) == request.GET.get("tekst")), None)
    pieces = attachments.pieces(found)
    form = FullMessageForm(pieces=pieces if ours else None, initial={"text": chosen.text if chosen else ""})
    shown = reading.all_of(found) if ours else reading.for_receiver(found)
    told = ours and feedback.tells_result(found)
    return {
        "paper": PaperForm.objects.filter(referral=found).first() if ours else None,
        "result_words": feedback.result_for_sender(found, told=told) if ours else "",
        "result_told": told,
        "conversation_messages": shown,
        "messages_ended": not ours and len(shown) < found.messages.count(),
        "message_form": form,
        "message_texts": texts,
        "message_text": chosen,
        "may_write": ALLOWED if ours else feedback.may_write(found),
        "may_attach": bool(pieces) or not ours,
        "feedback_words": "" if ours else feedback.in_words(found),
    }
