"""The reading by a colleague that brings a guide from draft to published."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from core.models import User
from leernetwerk.forms import RemarkForm
from leernetwerk.models.guide import MethodGuidePage, in_a_year
from organisaties.roles import Role


def reader_of(user: User) -> str:
    """Name a reader by function and organization, never by person."""
    membership = (
        user.memberships.filter(ended_at=None, role=Role.NETWORK_COORDINATOR).select_related("organization").first()
    )
    if membership is None:
        return gettext("The editors of the learning network")
    return gettext("Network coordinator, %(organization)s") % {"organization": membership.organization}


class ReadingTask(AbstractGroupApprovalTask):
    """A yes to a guide is a reading: it gets the date of today, and a new one when its own was over."""

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        """Leave the yes to someone else than the one who asked for it."""
        actions: list[tuple[str, str, bool]] = super().get_actions(obj, user)
        state = obj.current_workflow_state
        if state and state.requested_by_id == user.pk:
            return [action for action in actions if action[0] != "approve"]
        return actions

    def get_form_for_action(self, action: str) -> type[RemarkForm]:
        """Ask for a remark, in which no national register number may stand."""
        return RemarkForm

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        """Write the reading into the version that is about to be published."""
        if action_name == "approve":
            self._sign(task_state, user)
        super().on_action(task_state, user, action_name, **kwargs)

    def _sign(self, task_state: TaskState, user: User) -> None:
        revision = task_state.workflow_state.content_object.get_latest_revision()
        guide, today = revision.as_object(), timezone.localdate()
        if not isinstance(guide, MethodGuidePage):  # the library's own page passes here too
            return
        guide.reviewed_on, guide.reviewed_by = today, reader_of(user)
        if guide.review_due <= today:
            guide.review_due = in_a_year()
        revision.content = guide.serializable_data()
        revision.save(update_fields=["content"])

    @classmethod
    def get_description(cls) -> str:
        """Say in the editors' screens what this step is."""
        return gettext("A colleague of the chosen groups reads the guide; a yes publishes it with today's date")

    class Meta:
        verbose_name = _("Reading of a method guide")
        verbose_name_plural = _("Readings of method guides")
