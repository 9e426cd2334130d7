"""What a page of an emergency shows of questions: who has them, and whom to call."""

from typing import Any

from django import template

from clienten.models import ClientCard
from doorverwijzing.models import Referral
from doorverwijzing.workflow import ENDED

register = template.Library()


@register.inclusion_tag("doorverwijzing/_running_questions.html")
def running_questions(card: ClientCard) -> dict[str, Any]:
    """List the open questions of one person. Whoever shows it checked who may see the card."""
    return {"referrals": Referral.objects.filter(client=card).exclude(status__in=ENDED).for_list()}
