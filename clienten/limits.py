"""What an organization may ever be told: volunteers keep no professional secrecy, and get the least (S2-41)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from clienten.models import FEEDBACK, Item
from core.errors import Refusal
from organisaties.models import Organization
from organisaties.roles import PartnerType

# The question, how to reach the person safely, and what they may tell back.
LEAST = frozenset({Item.QUESTION, Item.CONTACT, *FEEDBACK})


def is_limited(organization: Organization) -> bool:
    """Tell whether this organization may know only the least."""
    return organization.partner_type == PartnerType.VOLUNTEER


def allowed(organization: Organization) -> frozenset[str]:
    """Give the items that may be shared with an organization."""
    return frozenset(LEAST) if is_limited(organization) else frozenset(Item.values)


def refuse_too_much(organization: Organization, items: Iterable[str]) -> None:
    """Raise Refusal when an item may not go to this organization, whatever the person says."""
    if set(items) - allowed(organization):
        raise Refusal(
            _("%(organization)s works with volunteers. Share only the question and how to reach this person.")
            % {"organization": organization}
        )
