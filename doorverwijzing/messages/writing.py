"""Writing a message with what goes along: files, colleagues who are named, and a ready-made text."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import NotAllowed, Refusal
from core.models import User
from core.sealed_files import Checked
from doorverwijzing import actions, attachments, notifications
from doorverwijzing.actors import Actor
from doorverwijzing.messages import mentions
from doorverwijzing.models import Message, MessageTemplate, NoticeWish, Referral, Rhythm
from doorverwijzing.workflow import Side
from organisaties.models import Organization


@transaction.atomic
def write(
    referral: Referral, *, text: str, form_key: UUID, by: Actor, files: Iterable[Checked] = (), item: str = "",
    side: Side | None = None,
) -> Message:  # fmt: skip
    """Add a message with its files and mentions; the same form sent twice adds it once. Raises NotAllowed, Refusal.

    `side` says for whom someone writes who works on both sides.
    """
    again = Message.objects.filter(form_key=form_key, referral=referral).exists()
    message = actions.write_message(referral, text=text, form_key=form_key, by=by, side=side)
    if again:
        return message
    for file in files:
        attachments.add(message, file, item=item, by=by)
        # What is written beside a file is about the same piece, and ends with it.
        Message.objects.filter(pk=message.pk).update(item=item)
    for person in mentions.keep(message):
        notifications.mentioned(message, person)
    return message


@transaction.atomic
def ask_to_call(referral: Referral, *, form_key: UUID, by: Actor, side: Side | None = None) -> Message:
    """Ask the other side to call, in fixed words that tell nothing. Raises NotAllowed."""
    return actions.write_message(
        referral, text=_("Please call me about this question."), form_key=form_key, by=by, fixed=True, side=side
    )


def may_change(user: User, organization: Organization, *, own: bool) -> bool:
    """Tell whether this person may write a text of their own here, or one of everyone."""
    return organization.is_cared_for_by(user) if own else organization.is_managed_by(user)


@transaction.atomic
def keep_template(
    template: MessageTemplate | None, *, organization: Organization, own: bool, title: str, text: str, by: User
) -> MessageTemplate:
    """Make or change a ready-made text. Raises NotAllowed."""
    mine = template is None or MessageTemplate.objects.changeable_by(by).filter(pk=template.pk).exists()
    if not mine or not may_change(by, organization, own=own):
        raise NotAllowed(_("Only a team lead of %(organization)s can do this.") % {"organization": organization})
    template = template or MessageTemplate()
    template.organization, template.owner = organization, by if own else None
    template.title, template.text = title, text
    template.save()
    audit.record("template.kept", subject=template, by=by, organization=organization, own=own)
    return template


@transaction.atomic
def drop_template(template: MessageTemplate, *, by: User) -> None:
    """Take a ready-made text away. Raises NotAllowed."""
    if not MessageTemplate.objects.changeable_by(by).filter(pk=template.pk).exists():
        raise NotAllowed(
            _("Only a team lead of %(organization)s can do this.") % {"organization": template.organization}
        )
    audit.record("template.dropped", subject=template, by=by, organization=template.organization)
    template.delete()


def wish_of(user: User) -> NoticeWish:
    """Tell how this person wants to hear of news; what was never chosen is as for everyone, and not kept."""
    return NoticeWish.objects.filter(person=user).first() or NoticeWish(person=user)


@transaction.atomic
def choose_rhythm(user: User, rhythm: str) -> None:
    """Keep how this person wants to hear of news. Raises Refusal when that is no way we know."""
    if rhythm not in Rhythm.values:
        raise Refusal(_("Choose when you want mail."))
    NoticeWish.objects.update_or_create(person=user, defaults={"rhythm": Rhythm(rhythm)})
    audit.record("notices.chosen", subject=user, by=user, rhythm=rhythm)


@transaction.atomic
def choose_before_clock(user: User, wanted: bool) -> None:
    """Keep whether this person wants a mail an hour before a clock runs out."""
    NoticeWish.objects.update_or_create(person=user, defaults={"before_clock": wanted})
    audit.record("notices.chosen", subject=user, by=user, before_clock=wanted)
