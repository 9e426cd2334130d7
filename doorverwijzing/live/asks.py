"""What each degree of warmth asks of the worker, and whether it is there yet."""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.errors import Refusal
from doorverwijzing.live.rules import NEEDS_A_MOMENT, Stage
from doorverwijzing.models import Handover, Referral, Warmth

# Under each degree of the form, in the words of who has to do it.
ASKS: dict[int, str | Promise] = {
    Warmth.INFORMATION: _("You tell what exists. The person goes alone."),
    Warmth.DETAILS: _("The receiver gets name and phone, when the person agrees."),
    Warmth.ANNOUNCED: _("A colleague there gets the question here. Did you call first? Then write who."),
    Warmth.APPOINTMENT: _("You propose moments for a call or a visit. They choose one."),
    Warmth.ACCOMPANIED: _("You, or a colleague, go along or stay on the line."),
}


def standing_of(referral: Referral) -> Handover | None:
    """Give the handover that is proposed or agreed."""
    return Handover.objects.standing().with_people().filter(referral=referral).first()


def is_ready(handover: Handover | None) -> bool:
    """Tell whether there is a moment to choose or to keep, or a companion who goes along whenever it is."""
    if handover is None:
        return False
    if handover.state is Stage.AGREED:
        return True
    moments = list(handover.slots.values_list("starts_at", flat=True))
    return not moments or max(moments) > timezone.now()


def lacks_a_moment(referral: Referral) -> bool:
    """Tell whether the chosen warmth asks for a moment or a companion that is not there."""
    return referral.warmth >= NEEDS_A_MOMENT and not is_ready(standing_of(referral))


def refuse_unready(referral: Referral) -> None:
    """Raise Refusal when the chosen warmth asks for a moment or a companion that is not there."""
    if lacks_a_moment(referral):
        raise Refusal(
            _now("For this way of handing over, first propose a moment, or say who goes along. Or choose another way.")
        )
