"""Who may follow what the region lacks. Who may listen to what people look for is who may teach search words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.verdict import ALLOWED, Verdict
from organisaties.models import is_coordinator

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models import User


def may_follow_gaps(user: "User | AnonymousUser") -> Verdict:
    """Tell whether this person may read the register of gaps, and say what is done about them."""
    return ALLOWED if is_coordinator(user) else Verdict(_("Only a network coordinator can do this."))


def may_run_search(user: "User | AnonymousUser") -> Verdict:
    """Tell whether this person may see how the indexes are, and have them checked or built anew."""
    return ALLOWED if user.is_superuser else Verdict(_("Only who runs the installation can do this."))
