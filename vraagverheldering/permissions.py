"""Who may do what in a conversation, asked by button, view and action alike."""

from django.utils.translation import gettext as _

from core.models import User
from core.moments import spoken_date
from core.verdict import ALLOWED, Verdict
from vraagverheldering.models import Conversation


def may(user: User, what: str, conversation: Conversation) -> Verdict:
    """Tell whether this person may "change", "finish" or "reopen" a conversation now."""
    if not conversation.organization.is_cared_for_by(user):
        return Verdict(
            _("Only a worker of %(organization)s can do this.") % {"organization": conversation.organization}
        )
    if what == "reopen":
        return ALLOWED if conversation.finished_at else Verdict(_("This conversation is still open."))
    if conversation.finished_at:
        return Verdict(
            _("This conversation was finished on %(day)s. Take it up again to change something.")
            % {"day": spoken_date(conversation.finished_at)}
        )
    return ALLOWED
