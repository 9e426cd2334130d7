"""What we mail to a receiver without an account: the code, or a new link. Never a name, never the story."""

from django.utils.translation import gettext as _

from core import outbox
from doorverwijzing.models import GuestLink


def code_asked(link: GuestLink, code: str) -> None:
    """Mail the code on its own, to the mailbox of the link."""
    body = _(
        "Your code: %(code)s\n\nType it on the page that asked for it. It works for 15 minutes, once."
        "\nDid you not ask for a code? Then you do not have to do anything.\n"
    )
    outbox.post(to=link.mailbox, subject=_("Your code"), body=body % {"code": code}, about=link.referral)


def link_asked(link: GuestLink, address: str) -> None:
    """Mail a new link, to the mailbox of the link."""
    words = {"sender": link.referral.sender, "link": address}
    body = _("Open this link to answer the question of %(sender)s. Earlier links stop now.\n\n%(link)s\n") % words
    outbox.post(to=link.mailbox, subject=_("Your new link"), body=body, about=link.referral)
