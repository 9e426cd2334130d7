"""What can go wrong on purpose: a rule says no, or this person may not."""

from django.utils.translation import gettext as _


class Refusal(Exception):
    """A rule says no. The message is one sentence for people; a view shows it at the form.

    `key` names the same sentence in the helper languages of the client's page, where it is told there.
    """

    key = ""

    def __init__(self, message: object) -> None:
        super().__init__(str(message))


class NotAllowed(Refusal):
    """Someone may not do this. Shown as 403 with the reason."""


class Unreadable(Exception):
    """A sealed value cannot be opened: its key is gone or it was tampered with."""


def reason(error: OSError) -> str:
    """Say in the words of people what the machine says no to."""
    return _(error.strerror or type(error).__name__)
