"""What the pages of a referral show of the other ways: what lacks before sending, and what stands beside it."""

from typing import Any

from django import template
from django.template import Context

from clienten import limits
from doorverwijzing import packet
from doorverwijzing.models import Referral, RightKind
from doorverwijzing.ways import bridging, copies, family, rights, transfer
from doorverwijzing.words import client_sentence, fetch_where
from doorverwijzing.workflow import AT_RECEIVER

register = template.Library()


@register.inclusion_tag("doorverwijzing/ways/_before_sending.html")
def before_sending(referral: Referral, *, signing: bool = False) -> dict[str, Any]:
    """Show on the sender's road what this referral needs before it can leave; where one signs only what still lacks."""
    change = transfer.of(referral)
    left = len(transfer.missing(change)) if change else 0
    return {
        "referral": referral,
        "standing": rights.standing(referral),
        "co_signed": RightKind.CO_SIGNED.value,
        "consultation": getattr(referral, "consultation", None),
        "signature": getattr(referral, "co_signature", None),
        "volunteers": not signing and limits.is_limited(referral.receiver),
        "can_transfer": transfer.is_possible(referral) if not signing else bool(left),
        "change": change,
        "left": left,
    }


@register.inclusion_tag("doorverwijzing/ways/_beside.html")
def beside(referral: Referral, side: str) -> dict[str, Any]:
    """Show beside a referral that left: its transfer, who bridges, and the other ways of the question."""
    ours = side == "sender"
    return {
        "referral": referral,
        "ours": ours,
        "change": transfer.of(referral),
        "bridge": bridging.partner_of(referral) if ours or packet.is_open(referral) else None,
        "may_bridge": ours and referral.state not in bridging.OVER,
        "ways": family.ways_of(referral.question) if ours else [],
        "children": [] if ours else family.children_of(referral),
        "may_add": ours and referral.state in AT_RECEIVER,
        "may_refer_on": not ours and referral.state in copies.REFERS_ON,
    }


@register.inclusion_tag("doorverwijzing/ways/_for_client.html", takes_context=True)
def all_ways(context: Context, referral: Referral) -> dict[str, Any]:
    """Show the client every other way of the question, with what was referred on."""
    others = [one for one in family.all_for_client(referral) if one.pk != referral.pk]
    fetch_where(others)
    lines = [(one, client_sentence(one)) for one in others]
    return {"lines": lines, "bridge": bridging.partner_of(referral), "helper": context.get("helper")}
