"""Who may teach search words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.verdict import ALLOWED, Verdict
from organisaties.models import Membership
from organisaties.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models import User

EDITORS = frozenset({Role.NETWORK_COORDINATOR, Role.LEARNING_EDITOR})
# Given to a group of editors by the operator, it opens the words to others too.
PERMISSION = "search.change_synonymrule"


def may_teach(user: "User | AnonymousUser") -> Verdict:
    """Tell whether this person may see and change the words of search."""
    if user.is_active and (user.has_perm(PERMISSION) or Membership.objects.of(user).filter(role__in=EDITORS).exists()):
        return ALLOWED
    return Verdict(_("Only a network coordinator or an editor of the learning network changes words of search."))
