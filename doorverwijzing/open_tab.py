"""Whether a page that lies open shows no more than may be read now. It asks by itself, without anyone's session."""

import json

from django.utils import timezone

from core.encryption import open_sealed, seal
from doorverwijzing.models import Packet, Referral

_CONTEXT = "doorverwijzing.open_tab"


def ticket(referral: Referral, *, way_back: str) -> str:
    """Seal what this page shows of a question, and where it leads once that is too much. It opens nothing."""
    shown = _readable(getattr(referral, "packet", None))
    return seal(json.dumps([str(referral.pk), shown, way_back]), context=_CONTEXT)


def way_out(given: str) -> str | None:
    """Give where a page with this ticket must go now; None while all that it shows may be read. Raises Unreadable."""
    pk, shown, way_back = json.loads(open_sealed(given, context=_CONTEXT))
    readable = _readable(Packet.objects.filter(referral=pk).first())
    return None if {*shown} <= {*readable} else str(way_back)


def _readable(packet: Packet | None) -> list[str]:
    return sorted(packet.told(timezone.localdate())) if packet else []
