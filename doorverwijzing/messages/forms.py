"""Forms about messages: writing one with files, ready-made texts, and when mail may come."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clienten.models import Item
from core import sealed_files
from core.errors import Refusal
from core.file_kinds import ACCEPT
from core.forms import CareForm
from core.sealed_files import Checked
from doorverwijzing.attachments import MOST_PER_MESSAGE
from doorverwijzing.forms import MessageForm
from doorverwijzing.models import Rhythm
from organisaties.models import Organization


class ManyFiles(forms.ClearableFileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each looked at before it comes in: size, kind, virus."""

    widget = ManyFiles(attrs={"accept": ACCEPT, "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check every file. Raises ValidationError with the reason of the first that may not come in."""
        uploads: list[UploadedFile] = [file for file in (data or []) if file]
        if len(uploads) > MOST_PER_MESSAGE:
            raise forms.ValidationError(_("Five files with a message at most."))
        try:
            return [sealed_files.check(file) for file in uploads]
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from None


class FullMessageForm(MessageForm):
    """A message with files. The sending side says which agreed piece its files are about."""

    attached = FilesField(label=_("Files"), required=False)
    item = forms.ChoiceField(label=_("What are the files about?"), required=False)

    def __init__(self, *args: Any, pieces: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Take the pieces that were agreed; None for the receiving side, which is not asked."""
        super().__init__(*args, **kwargs)
        self.asks = pieces is not None
        if pieces is None:
            del self.fields["item"]
            return
        named = [(piece, capfirst(str(Item(piece).label))) for piece in pieces if piece in Item.values]
        self.fields["item"].choices = [("", _("Choose a piece that was agreed")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the piece when there are files."""
        cleaned = super().clean()
        if self.asks and cleaned.get("attached") and not cleaned.get("item") and "item" not in self.errors:
            self.add_error("item", _("Say which agreed piece this file is about. What was not agreed cannot go along."))
        return cleaned

    @property
    def checked(self) -> list[Checked]:
        """Give the files that may come in."""
        return list(self.cleaned_data.get("attached") or [])


class TemplateForm(CareForm):
    """A ready-made text, for oneself or for everyone in an organization."""

    title = forms.CharField(
        label=_("Name of the text"), max_length=60,
        error_messages={"required": _("Give the text a name.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Text"), max_length=1000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("No names and nothing about one person: you fill those in with the message."),
        error_messages={"required": _("Write the text.")},
    )  # fmt: skip
    whose = forms.ChoiceField(label=_("For whom?"), widget=forms.RadioSelect)
    OWN = "own:"

    def __init__(self, *args: Any, own: Iterable[Organization], led: Iterable[Organization], **kwargs: Any) -> None:
        """Take the organizations where this person works with clients, and those that they lead."""
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in (*own, *led)}
        self.fields["whose"].choices = [  # type: ignore[attr-defined]
            *(
                (f"{self.OWN}{place.pk}", _("Only for me, at %(organization)s") % {"organization": place})
                for place in own
            ),
            *((str(place.pk), _("Everyone of %(organization)s") % {"organization": place}) for place in led),
        ]

    @property
    def organization(self) -> Organization:
        """Give the organization of the text."""
        return self.places[self.cleaned_data["whose"].removeprefix(self.OWN)]

    @property
    def is_own(self) -> bool:
        """Tell whether the text is of one colleague only."""
        return bool(self.cleaned_data["whose"].startswith(self.OWN))


class RhythmForm(forms.Form):
    """When mail about news may come."""

    rhythm = forms.ChoiceField(
        label=_("When do you want mail about news?"), choices=Rhythm.choices, widget=forms.RadioSelect,
        help_text=_("What needs your answer always comes at once: a question that came back, a reminder."),
    )  # fmt: skip
