"""The form of one rule, the form of a file, and how the list is narrowed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import CareForm
from search.models import RuleKind, RuleSource, SynonymRule
from search.models.words import LONGEST_SIDE
from search.rules.check import LONGEST_NOTE, Rules, faults
from search.rules.draft import Draft, sides_of
from search.words import exchange

KIND_NOTES = {
    RuleKind.EQUAL: gettext_lazy("Works both ways. Example: “droogrek” and “wasrek”."),
    RuleKind.ONE_WAY: gettext_lazy("Works one way. Example: who types “kot” also finds “studio”, not the other way."),
    RuleKind.KEEP: gettext_lazy("For names that look like a typing error. Example: “Fedasil”."),
    RuleKind.PART: gettext_lazy("Long words are cut at it. Example: “digi” in “digibank”."),
    RuleKind.WHOLE: gettext_lazy("This long word stays one. Example: “huisarts”, or “huis” would find it."),
}


class RuleForm(CareForm):
    """One rule. `rule` is the one that is changed; it does not stand in its own way."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What must search know?"), choices=RuleKind.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what search must know.")},
    )  # fmt: skip
    left = forms.CharField(
        label=gettext_lazy("What people type"), max_length=LONGEST_SIDE, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("A word or a few words, with commas between. Example: “wasdraad, droogrek”."),
    )  # fmt: skip
    right = forms.CharField(
        label=gettext_lazy("What is also to be found"), max_length=LONGEST_SIDE, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Take words that stand in listings. Example: “wasrek”."),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Note for colleagues"), max_length=LONGEST_NOTE, required=False,
        help_text=gettext_lazy("Why this rule is there. Example: “often heard at the desk in Torhout”."),
    )  # fmt: skip

    def __init__(self, *args: Any, rule: SynonymRule | None = None, **kwargs: Any) -> None:
        self.rule = rule
        self.draft: Draft | None = None
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Put each objection at the side that it is about."""
        given = super().clean() or {}
        if not self.errors:
            active = self.rule.active if self.rule else True
            left, right = sides_of(given["left"]), sides_of(given["right"])
            self.draft = Draft(given["kind"], left, right, " ".join(given["note"].split()), active)
            others = SynonymRule.objects.exclude(pk=self.rule.pk) if self.rule else SynonymRule.objects.all()
            for objection in faults(self.draft, Rules(other.draft for other in others)):
                self.add_error(objection.at, objection.text)
        return given


class FileForm(CareForm):
    """A file with rules, or the rules themselves; what was typed is kept when something is wrong."""

    file = forms.FileField(
        label=gettext_lazy("File"), required=False,
        help_text=gettext_lazy("A text file in Solr's format, in UTF-8."),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Or paste the rules"), required=False, max_length=exchange.LARGEST_FILE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One rule on a line. Example: “wasdraad, wasrek” or “kot => studio, kamer”."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Read the file into the text field, so that it stands on the page to be mended."""
        given = super().clean() or {}
        sent = given.get("file")
        if sent:
            if sent.size > exchange.LARGEST_FILE:
                raise ValidationError({"file": _("This file is too large: 2 MB at most.")})
            try:
                given["text"] = sent.read().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise ValidationError({"file": _("The file is not in UTF-8.")}) from error
        if not given.get("text", "").strip() and not self.errors:
            raise ValidationError({"text": _("Choose a file or paste rules.")})
        return given


class NarrowForm(forms.Form):
    """How the list is narrowed; a wrong value narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Word"), required=False, max_length=100)
    soort = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=[("", gettext_lazy("all kinds")), *RuleKind.choices]
    )
    van = forms.ChoiceField(
        label=gettext_lazy("From"), required=False, choices=[("", gettext_lazy("everyone")), *RuleSource.choices]
    )
    stand = forms.ChoiceField(
        label=gettext_lazy("In use"), required=False,
        choices=[("", gettext_lazy("yes and no")), ("aan", gettext_lazy("yes")), ("uit", gettext_lazy("no"))],
    )  # fmt: skip
