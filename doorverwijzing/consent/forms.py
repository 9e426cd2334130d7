"""The forms of a yes: how it is given, taking it back, sharing without one, and the look at it afterwards."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clienten.consent import strokes, texts
from clienten.consent.giving import Yes
from clienten.consent.overriding import Grounds
from clienten.models import WAYS, GivenBy, Mandate, Mode, Processing, Through, Verdict, Why
from core import sealed_files
from core.errors import Refusal
from core.file_kinds import ACCEPT
from core.forms import CareForm, DayField, answers
from core.models import User
from doorverwijzing.forms import WithdrawForm
from doorverwijzing.seen import marks_in

# What only the worker can weigh, each for itself: two of the five conditions of shared secrecy.
NEEDED = _("I looked at each piece: it is needed for this help")
INTEREST = _("Sharing it is in the interest of this person")
NAME_MISSING = _("Write the name of who signs, or of the witness.")


class YesForm(CareForm):
    """How the client says yes, under which name, and what shows it."""

    mode = forms.ChoiceField(
        widget=forms.RadioSelect, choices=lambda: answers(WAYS),
        error_messages={"required": _("Choose how this person says yes.")},
    )  # fmt: skip
    signature = forms.CharField(
        label=_("First name of who signs, or name of the witness"), max_length=80, required=False
    )
    strokes = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    witness = forms.ModelChoiceField(
        label=_("Colleague who listened"), queryset=User.objects.none(), required=False,
        help_text=_("Not in the list? Write the name above."),
    )  # fmt: skip
    read_aloud = forms.BooleanField(
        label=_("I read the whole text aloud, and this person repeated what is shared"), required=False
    )
    scan = forms.FileField(
        label=_("Photo or scan of the signed paper"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPT})
    )
    language = forms.ChoiceField(
        label=_("In which language did you read it?"), choices=lambda: list(texts.languages().items())
    )
    given_by = forms.ChoiceField(
        label=_("Who says yes?"),
        choices=lambda: answers((GivenBy.CLIENT, GivenBy.REPRESENTATIVE)),
        help_text=_(
            "A representative only for what their mandate covers today: who manages money alone may not do this."
        ),
    )
    mandate = forms.ChoiceField(
        label=_("What may the representative decide?"), required=False,
        choices=lambda: [("", _("Choose")), *answers(Mandate)],
    )  # fmt: skip
    mandate_until = DayField(
        label=_("Until when does the mandate run?"), required=False,
        help_text=_("Leave it empty when the decision names no end. The yes never lasts longer."),
    )  # fmt: skip
    needed = forms.BooleanField(label=NEEDED, required=False)
    interest = forms.BooleanField(label=INTEREST, required=False)

    def __init__(self, *args: Any, colleagues: Iterable[User], language: str, name: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"language": texts.known_language(language), "given_by": GivenBy.CLIENT}
        super().__init__(*args, **kwargs)
        self.fields["mode"].label = _("How does %(name)s say yes?") % {"name": name}
        known = User.objects.filter(pk__in=[one.pk for one in colleagues]).order_by("first_name", "last_name")
        self.fields["witness"].queryset = known  # type: ignore[attr-defined]
        # Who posts only how and under which name reads Dutch, and speaks for themselves.
        for spared in ("language", "given_by"):
            self.fields[spared].required = False

    def clean(self) -> dict[str, Any]:
        """Ask for what this way needs, at the field where it is missing."""
        cleaned = super().clean()
        mode = cleaned.get("mode")
        named = cleaned.get("signature") or (mode == Mode.ORAL and cleaned.get("witness"))
        if mode != Mode.CODE and not named:
            self.add_error("signature", ValidationError(NAME_MISSING, code="required_alone"))
        if mode == Mode.READ_BACK and not cleaned.get("read_aloud"):
            self.add_error("read_aloud", _("Read the whole text aloud first, and let this person repeat it."))
        if mode == Mode.PAPER:
            self._check_scan(cleaned)
        if mode == Mode.SCREEN:
            self._check_strokes(cleaned)
        if mode == Mode.CODE and cleaned.get("given_by") == GivenBy.REPRESENTATIVE:
            self.add_error("given_by", _("With a code only the person says yes. Choose another way."))
        return cleaned

    def _check_scan(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("scan"):
            if "scan" not in self.errors:
                self.add_error("scan", _("Add a photo or a scan of the paper that was signed."))
            return
        try:
            cleaned["checked"] = sealed_files.check(cleaned["scan"])
        except Refusal as refusal:
            self.add_error("scan", str(refusal))

    def _check_strokes(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["strokes"] = strokes.cleaned(cleaned.get("strokes", ""))
        except Refusal as refusal:
            self.add_error(None, str(refusal))

    @property
    def by_code(self) -> bool:
        """Tell whether the client answers on the own device."""
        return bool(self.cleaned_data["mode"] == Mode.CODE)

    def yes(self) -> Yes:
        """Give the yes as it is written down."""
        said = self.cleaned_data
        return Yes(
            mode=said["mode"],
            signature=said["signature"],
            language=said["language"] or texts.DUTCH,
            given_by=said["given_by"] or GivenBy.CLIENT,
            mandate=said["mandate"],
            mandate_until=said["mandate_until"],
            strokes=said["strokes"],
            scan=said.get("checked"),
            witness=said["witness"],
            read_aloud=said["read_aloud"],
            needed=said["needed"],
            interest=said["interest"],
            marks=marks_in(said["seen"]),
        )


class TakeBackForm(WithdrawForm):
    """Take back the yes at the client's wish: all of it or some pieces, and how we heard it."""

    through = forms.ChoiceField(
        label=_("How did you hear it?"), widget=forms.RadioSelect, initial=Through.COUNTER, required=False,
        choices=lambda: answers((Through.COUNTER, Through.PHONE)),
    )  # fmt: skip

    @property
    def heard(self) -> Through:
        """Give how we heard it; at the desk when nothing is said."""
        return Through(self.cleaned_data["through"] or Through.COUNTER)


class EverywhereForm(TakeBackForm):
    """Take back from several organizations at once: pieces of each, or everything from everyone."""

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, items=items, **kwargs)
        self.fields["items"].help_text = _("Choose the pieces. Or take everything back, with the button below.")


class OverrideForm(CareForm):
    """Why it cannot wait for a yes."""

    why = forms.ChoiceField(
        label=_("On what ground?"), widget=forms.RadioSelect,
        choices=lambda: answers(Why),
        error_messages={"required": _("Choose the ground.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why can this not wait for a yes?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write in a few words why this cannot wait for a yes.")},
    )  # fmt: skip
    advised_by = forms.CharField(label=_("Who advised you?"), max_length=120, required=False)
    client_told = forms.BooleanField(label=_("I told this person"), required=False)

    def grounds(self) -> Grounds:
        """Give the grounds as they are written down."""
        return Grounds(**self.cleaned_data)


class ReviewForm(CareForm):
    """What the data-protection contact finds of a sharing without a yes."""

    verdict = forms.ChoiceField(
        label=_("What do you find?"), widget=forms.RadioSelect,
        choices=lambda: answers(Verdict),
        error_messages={"required": _("Choose what you find.")},
    )  # fmt: skip
    remark = forms.CharField(
        label=_("What must happen now?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ProcessingForm(CareForm):
    """On what ground an organization handles data of clients."""

    ground = forms.ChoiceField(
        label=_("Ground"), widget=forms.RadioSelect,
        choices=lambda: answers(Processing),
        error_messages={"required": _("Choose the ground.")},
    )  # fmt: skip
    source = forms.CharField(
        label=_("Law or decree, as it is called now"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
