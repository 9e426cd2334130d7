"""When the workers of an organization can be in a call or a visit. Without any hours: office hours."""

from collections.abc import Iterable
from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import NotAllowed
from core.models import User
from doorverwijzing.models import WorkingHours
from organisaties.models import Organization, is_coordinator


def may_change(user: User, organization: Organization) -> bool:
    """Tell whether this person may say when people work here: who manages here, or coordinates the network."""
    return organization.is_managed_by(user) or is_coordinator(user)


@transaction.atomic
def keep(organization: Organization, stretches: Iterable[tuple[int, time, time]], *, by: User) -> None:
    """Replace the hours by these: weekday (0 is Monday), from, until. Raises NotAllowed."""
    if not may_change(by, organization):
        raise NotAllowed(_("Only who manages %(organization)s can do this.") % {"organization": organization})
    Organization.objects.select_for_update().filter(pk=organization.pk).order_by().first()
    WorkingHours.objects.filter(organization=organization).delete()
    rows = [
        WorkingHours(organization=organization, weekday=weekday, opens_at=opens, closes_at=closes)
        for weekday, opens, closes in stretches
    ]
    WorkingHours.objects.bulk_create(rows)
    audit.record("working_hours.changed", subject=organization, by=by, organization=organization, stretches=len(rows))
