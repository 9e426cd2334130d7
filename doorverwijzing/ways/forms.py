"""The forms of the other ways of referring: consultation, co-signature, transfer, bridging, and the right to refer."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import CareForm, DayField, answers
from doorverwijzing.models import RightKind, TransferReason
from doorverwijzing.ways.transfer import CHECKLIST
from organisaties.models import Organization, OrganizationQuerySet
from sociale_kaart.models import TaxonomyTerm


class ConsultForm(CareForm):
    """With whom of the coordination, and when."""

    person = forms.CharField(
        label=_("With whom of the coordination did you speak?"), max_length=80,
        error_messages={"required": _("Write with whom you spoke.")},
    )  # fmt: skip
    day = DayField(label=_("When?"), initial=timezone.localdate, error_messages={"required": _("Say on which day.")})


class SignatureForm(forms.Form):
    """Which core partner stands beside it."""

    asked_of = forms.ModelChoiceField(
        label=_("Who signs with you?"), queryset=Organization.objects.none(), empty_label=_("Choose"),
        error_messages={"required": _("Choose an organization.")},
    )  # fmt: skip

    def __init__(self, *args: Any, partners: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_of"].queryset = partners  # type: ignore[attr-defined]


class TransferForm(CareForm):
    """Why another OCMW, since when, and what is done."""

    reason = forms.ChoiceField(
        label=_("Why another OCMW?"),
        choices=lambda: answers(TransferReason),
        widget=forms.RadioSelect, error_messages={"required": _("Say why another OCMW becomes competent.")},
    )  # fmt: skip
    since = DayField(label=_("Since which day?"), error_messages={"required": _("Say on which day.")})
    done = forms.MultipleChoiceField(
        label=_("What is done?"), choices=lambda: [(check.code, check.label) for check in CHECKLIST],
        widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("You can send once everything is ticked. You may save in between."),
    )  # fmt: skip

    @property
    def reasons(self) -> dict[str, str]:
        """Say under each tick what it means."""
        return {check.code: str(check.why) for check in CHECKLIST}


class TakeOverForm(forms.Form):
    """From which day the new OCMW is competent."""

    takes_over_on = DayField(
        label=_("From which day do you take over?"), initial=timezone.localdate,
        error_messages={"required": _("Say on which day.")},
    )  # fmt: skip


class BridgeForm(CareForm):
    """Who keeps contact until the other help runs."""

    name = forms.CharField(
        label=_("Who keeps contact?"), max_length=80, required=False, help_text=_("Empty means: nobody.")
    )
    house = forms.CharField(label=_("From which organization?"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone number"), max_length=40, required=False)


class RightForm(forms.Form):
    """How an organization may refer to one kind of service."""

    organization = forms.ModelChoiceField(
        label=_("Organization"), queryset=Organization.objects.public(), empty_label=_("Choose"),
        error_messages={"required": _("Choose an organization.")},
    )  # fmt: skip
    need = forms.ModelChoiceField(
        label=_("Kind of service"), queryset=TaxonomyTerm.objects.none(), required=False,
        empty_label=_("everything else"),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("How may they refer?"),
        choices=lambda: answers(RightKind),
        widget=forms.RadioSelect, error_messages={"required": _("Choose how they may refer.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs = TaxonomyTerm.objects.filter(vocabulary="needs").order_by("position")
        self.fields["need"].queryset = needs  # type: ignore[attr-defined]
