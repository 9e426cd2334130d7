"""Forms of a conversation; every text field refuses a national number and says when it is too long."""

import re
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clienten.forms import LONG, SHORT, MunicipalityField, PlainText, SharedForm
from core.forms import CareForm, DayField
from organisaties.models import Organization
from sociale_kaart.models import LifeDomain
from vraagverheldering.models import ConversationMode, Outcome, Place, Urgency
from vraagverheldering.writing import Entry, Plan, Seen

# The same words stand small in a line and large at the head of a choice.
PLACES = [(value, capfirst(label)) for value, label in Place.choices]
URGENCIES = [(value, capfirst(label)) for value, label in Urgency.choices]
LONGEST_GOAL = 600
HELP, RIGHTS, BROAD = "help", "rights", "broad"
# Who stands before a second "wil", though the sentence began already; the first name too, where the form knows it.
WHO_WANTS = ("ik", "ze", "zij", "hij", "die", "hij/zij", "deze persoon")
YES_NO = [("yes", _("that is right")), ("no", _("that is not right"))]
# The page holds a list of names to choose from; another name may always be typed.
WHO = {"list": "who-options", "autocomplete": "off"}
PERSON = ("first_name", "phone", "contact_note", "municipality", "household", "no_voicemail", "sms_allowed")
QUESTION = ("wish", "urgency", "income", "debts", "tried", "not_again")


def yes_or_no(value: str) -> bool:
    """Read the answer of two radios."""
    return value == "yes"


def tidy_wish(text: str, name: str = "") -> str:
    """Make a wish finish the sentence "Amina wants …": no full stop, and no second "ze wil" in front."""
    words = " ".join(text.split()).rstrip(".").strip()
    who = "|".join(re.escape(word) for word in (*WHO_WANTS, name.strip()) if word)
    return re.sub(rf"^(?:(?:{who}) )?wil (?:graag )?(?=\S)", "", words, count=1, flags=re.IGNORECASE)


def refuse_past(form: forms.Form, name: str) -> None:
    """Put an error at a day that is over."""
    day = form.cleaned_data.get(name)
    if day and day < timezone.localdate():
        form.add_error(name, _("That day is over. Choose today or later."))


def ask_who_and_when(form: forms.Form, who: str, when: str) -> None:
    """Put an error at a step without a name or without a day."""
    if not form.cleaned_data.get(who) and who not in form.errors:
        form.add_error(who, _("Write who does it."))
    if not form.cleaned_data.get(when) and when not in form.errors:
        form.add_error(when, _("Write a day. Without a day it stays undone."))


def fresh(data: Any, *emptied: str) -> Any:
    """Give posted data again with some fields empty, and with a new key for what is added next."""
    again = data.copy()
    for name in emptied:
        again[name] = ""
    again["form_key"] = str(uuid.uuid4())
    return again


def see_version(form: SharedForm, version: int) -> None:
    """Let a form count as shown with this version of the note."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["version"] = version
    form.data = data


class KeyField(forms.UUIDField):
    """The key of one open form: sent twice, it does its work once."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(initial=uuid.uuid4, required=False)

    def clean(self, value: Any) -> uuid.UUID:
        """Read the key; a broken one counts as new."""
        try:
            return super().clean(value) or uuid.uuid4()
        except ValidationError:
            return uuid.uuid4()


class StartForm(CareForm):
    """The quick road on one page. With a `known` person the fields about that person fall away."""

    form_key = KeyField()
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("For which organization?"), empty_label=None
    )
    first_name = PlainText(
        label=_("First name"), required=True, max_length=SHORT,
        error_messages={"required": _("Write a first name. A name that the person chooses is fine.")},
    )  # fmt: skip
    phone = PlainText(label=_("Phone number"), max_length=40, widget=forms.TextInput(attrs={"type": "tel"}))
    contact_note = PlainText(
        label=_("When and how to reach safely"), max_length=200, help_text=_("For example: only in the afternoon.")
    )
    municipality = MunicipalityField(help_text=_("Where this person lives or wants to live."))
    said = PlainText(
        label=_("What brings you here today?"), rows=3,
        help_text=_("In the person's own words. Nobody changes them later."),
    )  # fmt: skip
    wish = PlainText(
        label=_("What does this person want?"), max_length=240, help_text=_("Finish the sentence: … wants")
    )
    urgency = forms.ChoiceField(
        label=_("How fast?"), choices=URGENCIES, initial=Urgency.ROUTINE, widget=forms.RadioSelect
    )
    place = forms.ChoiceField(label=_("Where do you talk?"), choices=PLACES, initial=Place.DESK, required=False)
    household = PlainText(label=_("Household"), max_length=400, help_text=_("For example: alone with Yusuf, 9 years."))
    income = PlainText(label=_("Income"), max_length=400)
    debts = PlainText(label=_("Debts"), max_length=400)
    tried = PlainText(label=_("What was tried already?"), rows=2, max_length=600)
    not_again = PlainText(label=_("What should nobody ask again?"), rows=2, max_length=400)
    no_voicemail = forms.BooleanField(label=_("Never leave a voice message"), required=False)
    sms_allowed = forms.BooleanField(label=_("A text message is fine"), required=False)

    def __init__(self, *args: Any, organizations: Iterable[Organization], known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = list(organizations)
        if known or len(mine) == 1:
            del self.fields["organization"]
        else:
            self.fields["organization"].queryset = Organization.objects.filter(  # type: ignore[attr-defined]
                pk__in=[organization.pk for organization in mine]
            )
        for name in PERSON if known else ():
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for a wish, unless the road is the broad one: there it comes later."""
        cleaned = super().clean()
        if cleaned.get("wish") or "wish" in self.errors:
            return cleaned
        if self.data.get("road") != BROAD:
            self.add_error("wish", _("Write what this person wants, or begin a broad conversation."))
        elif any(cleaned.get(name) for name in ("income", "debts", "tried", "not_again")):
            self.add_error("wish", _("Write what this person wants. Then we keep what you wrote under More as well."))
        return cleaned

    def clean_wish(self) -> str:
        """Let the wish finish its sentence."""
        return tidy_wish(self.cleaned_data["wish"], self.cleaned_data.get("first_name", ""))

    def person(self) -> dict[str, Any]:
        """Give what the new card holds."""
        return {name: self.cleaned_data[name] for name in PERSON if name in self.fields}

    def question(self) -> dict[str, Any]:
        """Give what the clarified question holds."""
        return {name: self.cleaned_data[name] for name in QUESTION}

    def mode(self) -> str:
        """Tell which road was chosen."""
        return ConversationMode.BROAD if self.data.get("road") == BROAD else ConversationMode.QUICK


class OpeningForm(SharedForm):
    """How a broad talk opens: free, with what was said, and what a good end would be."""

    kept = ("place", "good_end")
    form_key = KeyField()
    new_words = PlainText(label=_("What brings you here today?"), rows=3)
    good_end = PlainText(
        label=_("Suppose it goes better in three months. What is different then?"), rows=3,
        help_text=_("In the person's own words."),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Where do you talk?"), choices=PLACES)

    def entry(self, *, while_writing: bool = False) -> Entry:
        """Give what to save; while someone still writes only what can be changed again."""
        good = {name: self.cleaned_data[name] for name in self.kept if name in self.cleaned_data}
        said = "" if while_writing else self.cleaned_data["new_words"]
        good = self.settled(good) if while_writing else good
        return Entry(good, Seen(self.cleaned_data["form_key"], 0, self.seen_signs()), said)

    def empty_after_saving(self) -> None:
        """Take out what was added, and give the form a new key for what is added next."""
        self.data = fresh(self.data, "new_words")


class NoteForm(SharedForm):
    """One life domain: strengths, wording, the person's own scale, and what is done with it."""

    kept = ("strengths", "wording", "agrees", "score", "outcome", "later_on")
    form_key = KeyField()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    strengths = PlainText(label=_("What goes well?"), rows=2)
    new_words = PlainText(label=_("Add what was said"), rows=3, help_text=_("Exactly as said."))
    wording = PlainText(label=_("Your wording"), rows=5)
    agrees = forms.TypedChoiceField(
        label=_("This person says"), choices=YES_NO, coerce=yes_or_no, empty_value=None, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    score = forms.TypedChoiceField(
        label=_("How is it going here?"), choices=[(str(step), str(step)) for step in range(11)],
        coerce=int, empty_value=None, required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label=_("What do we do with this?"), choices=Outcome.choices, required=False, widget=forms.RadioSelect
    )
    later_on = DayField(label=_("When do we come back to it?"), required=False)
    step_what = PlainText(label=_("What do we do?"), max_length=240)
    step_who = PlainText(label=_("Who does it?"), max_length=SHORT, widget=forms.TextInput(attrs=WHO))
    step_by = DayField(label=_("By when?"), required=False)

    def shown(self, name: str, value: Any) -> Any:
        """Show yes and no as the radios know them, and a score as text."""
        if name == "agrees":
            return {True: "yes", False: "no"}.get(value, "")
        return "" if name == "score" and value is None else value

    def clean(self) -> dict[str, Any]:
        """Ask a day for "later", and a name and a day for a step that was begun."""
        cleaned = super().clean()
        if cleaned.get("outcome") == Outcome.LATER and not cleaned.get("later_on") and "later_on" not in self.errors:
            self.add_error("later_on", _("Choose a day on which you come back to it."))
        if cleaned.get("later_on") != self.current["later_on"]:
            refuse_past(self, "later_on")
        refuse_past(self, "step_by")
        if cleaned.get("step_what"):
            ask_who_and_when(self, "step_who", "step_by")
        return cleaned

    def entry(self, *, while_writing: bool = False) -> Entry:
        """Give what to save; while someone still writes only what can be changed again, and is right already."""
        cleaned = self.cleaned_data
        good = {name: cleaned[name] for name in self.kept if name in cleaned}
        if good.get("outcome") == Outcome.LATER and not good.get("later_on"):
            good = {name: value for name, value in good.items() if name not in ("outcome", "later_on")}
        # Where a choice is still open, each field is compared by itself.
        version = 0 if self.left_open() else cleaned.get("version") or 0
        seen = Seen(cleaned["form_key"], version, self.seen_signs())
        if while_writing:
            return Entry(self.settled(good), seen)
        what = cleaned["step_what"]
        plan = Plan(what, cleaned["step_who"], cleaned["step_by"]) if what else None
        return Entry(good, seen, cleaned["new_words"], plan)

    def empty_after_saving(self) -> None:
        """Take out what was added, and give the form a new key for what is added next."""
        self.data = fresh(self.data, "new_words", "step_what", "step_by")


class AlongForm(SharedForm):
    """What the person answers on the shared screen."""

    kept = ("agrees", "score")
    form_key = KeyField()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    agrees = forms.TypedChoiceField(
        label=_("Is this right?"), choices=[("yes", _("Yes, this is right")), ("no", _("No, change it"))],
        coerce=yes_or_no, empty_value=None, required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    score = forms.TypedChoiceField(
        label=_("How is it going here? You choose."), choices=[(str(step), str(step)) for step in range(11)],
        coerce=int, empty_value=None, required=False, widget=forms.RadioSelect,
    )  # fmt: skip

    shown = NoteForm.shown

    def entry(self) -> Entry:
        """Give what to save."""
        signs = self.seen_signs()
        return Entry(self.mine(), Seen(self.cleaned_data["form_key"], self.cleaned_data.get("version") or 0, signs))


class QuestionForm(SharedForm):
    """One clarified question: the wish, the goal, and a next step that has a name and a day."""

    kept = (
        "wish", "own_words", "goal", "domain", "next_step", "who", "by_when", "urgency", "tried", "not_again",
        "income", "debts",
    )  # fmt: skip
    form_key = KeyField()
    wish = PlainText(
        label=_("What does this person want?"), required=True, max_length=240,
        help_text=_("Finish the sentence: … wants"), error_messages={"required": _("Write what this person wants.")},
    )  # fmt: skip
    own_words = PlainText(label=_("In the person's own words"), rows=3, max_length=LONG)
    goal = PlainText(
        label=_("What is different when it works?"),
        rows=2,
        max_length=LONGEST_GOAL,
        help_text=_("In the person's own words."),
    )
    domain = forms.ModelChoiceField(
        LifeDomain.objects.all(), label=_("Which subject?"), required=False, empty_label=_("No single subject")
    )
    next_step = PlainText(
        label=_("Next step"), max_length=240, help_text=_("Small and concrete: to call, to write, to go along.")
    )
    who = PlainText(label=_("Who does it?"), max_length=SHORT, widget=forms.TextInput(attrs=WHO))
    by_when = DayField(label=_("By when?"), required=False)
    urgency = forms.ChoiceField(label=_("How fast?"), choices=URGENCIES, widget=forms.RadioSelect)
    tried = PlainText(
        label=_("What was tried already?"), rows=2, max_length=600, help_text=_("Then nobody has to ask it again.")
    )
    not_again = PlainText(
        label=_("What should nobody ask again?"), rows=2, max_length=400,
        help_text=_("For example: about the father of the children. The receiver reads it as a request."),
    )  # fmt: skip
    income = PlainText(label=_("Income"), max_length=400)
    debts = PlainText(label=_("Debts"), max_length=400)

    def clean_wish(self) -> str:
        """Let the wish finish its sentence."""
        return tidy_wish(self.cleaned_data["wish"])

    def clean(self) -> dict[str, Any]:
        """Ask a name and a day for the next step: without them nobody does it."""
        cleaned = super().clean()
        if cleaned.get("by_when") != self.current["by_when"]:
            refuse_past(self, "by_when")
        if cleaned.get("next_step"):
            ask_who_and_when(self, "who", "by_when")
        return cleaned


class StepForm(SharedForm):
    """One next step, to change or to tick off."""

    kept = ("what", "who", "by_when", "done")
    what = PlainText(
        label=_("What do we do?"), required=True, max_length=240, error_messages={"required": _("Write what you do.")}
    )
    who = PlainText(
        label=_("Who does it?"), required=True, max_length=SHORT, widget=forms.TextInput(attrs=WHO),
        error_messages={"required": _("Write who does it.")},
    )  # fmt: skip
    by_when = DayField(
        label=_("By when?"), error_messages={"required": _("Write a day. Without a day it stays undone.")}
    )
    done = forms.BooleanField(label=_("This is done"), required=False)
