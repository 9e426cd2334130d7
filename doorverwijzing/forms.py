"""The forms of both sides and of the client."""

import uuid
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import CareForm, DayField, answers
from doorverwijzing.live.asks import ASKS
from doorverwijzing.models import Channel, CloseResult, Initiative, Reached, RefusalCode, Warmth
from doorverwijzing.packet import Piece
from sociale_kaart.models import Service

SHARE, NOT = "share", "not"


SEARCH, NOTHING = "search", "nothing"


class ShareForm(CareForm):
    """Item by item: share or not. Nothing is preset; unanswered is not shared."""

    colleague = forms.CharField(label=_("Colleague you spoke with"), required=False, max_length=80)
    warmth = forms.TypedChoiceField(
        label=_("How do you hand it over?"), choices=lambda: answers(Warmth), coerce=int, required=False,
        widget=forms.RadioSelect, empty_value=Warmth.ANNOUNCED,  # type: ignore[arg-type]
    )  # fmt: skip

    def __init__(self, *args: Any, pieces: Iterable[Piece], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = list(pieces)
        for piece in self.pieces:
            self.fields[piece.item] = forms.ChoiceField(
                label=piece.label, choices=[(SHARE, _("Share")), (NOT, _("Not"))], required=False
            )

    @property
    def asks(self) -> dict[str, str]:
        """Say under each degree of warmth what it asks of the worker."""
        return {str(degree): str(words) for degree, words in ASKS.items()}

    def shared(self) -> dict[str, bool]:
        """Give the answers; the button "share everything" answers all at once."""
        if "all" in self.data:
            return {piece.item: True for piece in self.pieces}
        answers = {piece.item: self.cleaned_data.get(piece.item) for piece in self.pieces}
        return {item: answer == SHARE for item, answer in answers.items() if answer}


class RefuseForm(CareForm):
    """Why not, and who can help instead."""

    code = forms.ChoiceField(
        label=_("Why not?"), choices=RefusalCode.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Say why you cannot take this question.")},
    )  # fmt: skip
    way_on = forms.ChoiceField(
        label=_("Who can help?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose who can help, or say that nothing exists.")},
    )  # fmt: skip
    other = forms.CharField(label=_("Name of the other service"), required=False, max_length=120)
    note = forms.CharField(
        label=_("For your colleague who sent it"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, alternatives: Iterable[Service], may_end: bool = True, **kwargs: Any) -> None:
        """Take the services to propose. Without `may_end` one of them, or another, has to be named."""
        super().__init__(*args, **kwargs)
        self.alternatives = {str(service.pk): service for service in alternatives}
        choices = [(pk, service.name) for pk, service in self.alternatives.items()]
        self.fields["way_on"].choices = [  # type: ignore[attr-defined]
            *choices,
            (SEARCH, _("Another service: write its name")),
            *([(NOTHING, _("Nothing exists. Report this as a gap in the region."))] if may_end else []),
        ]
        if not may_end:
            self.fields["way_on"].error_messages["required"] = _("Choose who can help.")

    def clean(self) -> dict[str, Any]:
        """Find the service that was meant."""
        cleaned = super().clean()
        if cleaned.get("way_on") == SEARCH:
            cleaned["found"] = self._named(cleaned.get("other", ""))
        return cleaned

    def _named(self, words: str) -> Service | None:
        """Find the one service with this name; of several with one name the organization behind a comma tells which."""
        known = Service.objects.public().select_related("organization")
        name, _comma, house = (part.strip() for part in words.rpartition(","))
        found = list(known.filter(name__iexact=words.strip()).order_by("pk")[:2]) if words.strip() else []
        if not found and name:
            found = list(known.filter(name__iexact=name, organization__name__iexact=house).order_by("pk")[:2])
        if not found:
            self.add_error("other", _("We do not know a service with this name. Look it up and write it the same."))
        elif len(found) > 1:
            say = gettext("More than one service has this name. Write the organization with it: %(name)s, %(house)s.")
            self.add_error("other", say % {"name": found[0].name, "house": found[0].organization})
        return found[0] if len(found) == 1 else None

    @property
    def houses(self) -> dict[str, str]:
        """Say under each proposal of whom it is."""
        return {pk: service.organization.name for pk, service in self.alternatives.items()}

    @property
    def alternative(self) -> Service | None:
        """Give the chosen service, or None when nothing exists."""
        way: str = self.cleaned_data["way_on"]
        return self.cleaned_data.get("found") if way == SEARCH else self.alternatives.get(way)

    @property
    def nothing_exists(self) -> bool:
        """Tell whether there is nothing to propose."""
        return bool(self.cleaned_data["way_on"] == NOTHING)

    @property
    def done(self) -> str:
        """Say what was done with it."""
        if self.nothing_exists:
            return gettext("Sent back. It counts as a gap in the region.")
        return gettext("Sent back with your proposal.")


class ContactForm(CareForm):
    """Did you speak with the person? When, how, and who began."""

    YES, TRIED = "yes", "tried"
    spoken = forms.ChoiceField(
        label=_("Did you speak with the person?"), widget=forms.RadioSelect,
        choices=[(YES, _("Yes, spoken")), (TRIED, _("Tried, did not work"))],
        error_messages={"required": _("Say whether you spoke with this person.")},
    )  # fmt: skip
    day = DayField(label=_("When?"), initial=timezone.localdate, error_messages={"required": _("Say on which day.")})
    channel = forms.ChoiceField(
        label=_("How?"), choices=lambda: answers(Channel), widget=forms.RadioSelect,
        error_messages={"required": _("Say how: by phone, here or at home.")},
    )  # fmt: skip
    initiative = forms.ChoiceField(
        label=_("Who took the initiative?"),
        choices=lambda: answers(Initiative),
        widget=forms.RadioSelect,
        required=False,
    )
    appointment = forms.CharField(
        label=_("Next appointment"), required=False, max_length=120, help_text=_("May stay empty.")
    )
    note = forms.CharField(
        label=_("What happened?"), required=False, max_length=200,
        help_text=_("Only when it did not work. For example: nobody answered."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask who began when there was contact."""
        cleaned = super().clean()
        if cleaned.get("spoken") == self.YES and not cleaned.get("initiative"):
            self.add_error("initiative", _("Say who took the initiative."))
        return cleaned

    @property
    def at(self) -> datetime:
        """Give the moment: now for today, noon for another day."""
        day = self.cleaned_data["day"]
        if day == timezone.localdate():
            return timezone.now()
        return timezone.make_aware(datetime.combine(day, time(12)))


class CloseForm(forms.Form):
    """How it ended."""

    result = forms.ChoiceField(
        label=_("How did it end?"), widget=forms.RadioSelect,
        choices=lambda: answers(one for one in CloseResult if one is not CloseResult.UNTOLD),
        error_messages={"required": _("Say how it ended.")},
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The client's own answer: one neutral question."""

    answer = forms.ChoiceField(
        label=_("Did someone speak with you?"), choices=lambda: answers(Reached), widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four answers.")},
    )  # fmt: skip


class MessageForm(CareForm):
    """A message to the other side."""

    text = forms.CharField(
        label=_("Your message"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your message first.")},
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class WithdrawForm(forms.Form):
    """Take back the yes: all of it, or some items."""

    ALL = "all"

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"] = forms.MultipleChoiceField(
            label=_("What is taken back?"), choices=list(items), widget=forms.CheckboxSelectMultiple, required=False,
            help_text=_("Choose nothing to take back everything."),
        )  # fmt: skip


class CodeField(forms.CharField):
    """A short code from a sheet or a screen, as someone types it: spaces and lower case are fine."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=24, **kwargs)


class CodeForm(forms.Form):
    """The code of the sheet."""

    code = CodeField(
        label=_("Type the code of your sheet"), error_messages={"required": _("Type the code of your sheet.")}
    )
