"""Who may open a card of the circle in an emergency, and who looks back at it."""

from django.utils.translation import gettext as _

from clienten.emergency.finding import circle_of
from clienten.models import ClientCard, EmergencyAccess
from core.models import User
from core.verdict import ALLOWED, Verdict
from organisaties.door import policy_of
from organisaties.models import EmergencyUse, Membership, Organization
from organisaties.roles import MANAGER_ROLES, Role


def watchers(organization: Organization, *, other_than: User) -> list[User]:
    """Give who looks back: the data-protection contacts, or who manages when there are none; never who opened it."""
    held = Membership.objects.current().filter(organization=organization, user__is_active=True)
    held = held.exclude(user=other_than).select_related("user").order_by("user_id")
    watching = held.filter(role=Role.DATA_PROTECTION_CONTACT) or held.filter(role__in=MANAGER_ROLES)
    return [membership.user for membership in watching]


def may_open(user: User, card: ClientCard) -> Verdict:
    """Tell whether this person may open this card, by the choice of the organization whose card it is."""
    if not circle_of(user).filter(pk=card.organization_id).exists():
        return Verdict(_("This card is not of your circle."))
    use = policy_of(card.organization).emergency_use
    manages = Membership.objects.of(user).filter(role__in=MANAGER_ROLES).exists()
    if use == EmergencyUse.NOBODY or (use == EmergencyUse.TEAM_LEADS and not manages):
        return Verdict(
            _("%(organization)s does not open its cards for you. Call them, or call 112.")
            % {"organization": card.organization}
        )
    if not watchers(card.organization, other_than=user):
        return Verdict(
            _("%(organization)s has nobody who can look back at this, so its cards stay closed. "
              "Call them, or call 112.")
            % {"organization": card.organization}
        )  # fmt: skip
    return ALLOWED


def may_review(user: User, access: EmergencyAccess) -> Verdict:
    """Tell whether this person may judge this access: who answers for the data, and never who opened it."""
    if EmergencyAccess.objects.reviewable_by(user).filter(pk=access.pk).exists():
        return ALLOWED
    return Verdict(
        _("Only a team lead or the data-protection contact of %(organization)s can do this.")
        % {"organization": access.organization}
    )
