"""What both pages of a referral show beside the question: speaking together, who keeps the overview, what was used."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import User
from doorverwijzing import overview, used
from doorverwijzing.live import showing
from doorverwijzing.models import Referral
from doorverwijzing.views.known import receiver_page, side_field
from doorverwijzing.workflow import Side
from organisaties.models import CARE_PLACES


class KeeperForm(forms.Form):
    """Who keeps the overview, and who stands in."""

    keeper = forms.ChoiceField(label=gettext_lazy("Who keeps the overview?"))
    fallback = forms.ChoiceField(label=gettext_lazy("Who stands in?"), required=False)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        """Take the colleagues to choose from."""
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        choices = [(pk, str(person)) for pk, person in self.people.items()]
        self.fields["keeper"].choices = choices  # type: ignore[attr-defined]
        self.fields["fallback"].choices = [("", _("Nobody yet")), *choices]  # type: ignore[attr-defined]


def keeper_form(found: overview.Keepers, data: Any = None) -> KeeperForm:
    """Give the form with who it is now."""
    now = {"keeper": found.keeper.pk, "fallback": found.fallback.pk if found.fallback else ""}
    return KeeperForm(data, people=overview.colleagues_of(found.organization), initial=now)


def works_on_both(referral: Referral, user: User) -> bool:
    """Tell whether this person handles questions at both sides: each has its own page."""
    return {(referral.sender_id,), (referral.receiver_id,)} <= {*CARE_PLACES.rows(user)}


def context(referral: Referral, user: User, side: Side) -> dict[str, object]:
    """Give what the page of one side of a referral shows of all three."""
    found = overview.of(referral)
    ours, both = side is Side.SENDER, works_on_both(referral, user)
    return {
        "live": showing.show(referral, user),
        "keepers": found,
        "keeper_form": keeper_form(found) if ours else None,
        "use": used.of(referral),
        "both": both,
        "receiver_page": receiver_page(referral) if both else "",
        "side_field": side_field() if both and not ours else "",
        **({} if ours else used.shown(referral)),
    }
