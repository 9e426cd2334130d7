"""What someone can say along with a reading."""

from wagtail.forms import TaskStateCommentForm

from core.forms import CareForm


class RemarkForm(CareForm, TaskStateCommentForm):
    """The remark of the reader to the author."""
