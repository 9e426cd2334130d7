"""How a form field becomes component 8 to 12: which control, which words describe it, where its errors lead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

KINDS = {
    "textarea": "textarea",
    "select": "select",
    "nullbooleanselect": "select",
    "checkbox": "tick",
    "radioselect": "radios",
    "checkboxselectmultiple": "ticks",
}
CLASSES = {"textarea": "textarea", "select": "select", "tick": "", "input": "input"}


@dataclass(frozen=True)
class Option:
    """One radio or tick of a choice."""

    control: SafeString
    id: str
    label: str
    icon: str = ""
    note: str = ""


@dataclass(frozen=True)
class Shown:
    """Everything `components/field.html` needs to draw one field."""

    bound: BoundField
    kind: str
    look: str
    label: str
    hint: str
    errors: list[str]
    optional: bool
    describedby: str
    control: SafeString | str = ""
    options: list[Option] = field(default_factory=list)
    ends: tuple[str, str] | None = None
    label_hidden: bool = False

    @property
    def id(self) -> str:
        """Give the id that the label points to."""
        return str(self.bound.id_for_label or self.bound.auto_id)


def show_field(
    bound: BoundField,
    *,
    look: str = "",
    label: str = "",
    hint: str | None = None,
    size: str = "",
    optional: bool = False,
    label_hidden: bool = False,
    icons: Mapping[str, str] | str | None = None,
    notes: Mapping[str, str] | None = None,
    ends: tuple[str, str] | None = None,
    placeholder: str | None = None,
) -> Shown:
    """Prepare one field. `look` is list, row, short, fit or scale for radios; `size` is short, large or code.

    An empty `hint` or `placeholder` takes away what the form brought along.
    """
    kind = KINDS.get(bound.widget_type, "input")
    hint = str(bound.help_text) if hint is None else hint
    errors = [str(error) for error in bound.errors]
    describedby = " ".join(
        f"{bound.auto_id}_{end}" for end, there in (("helptext", hint or optional), ("error", errors)) if there
    )
    choice = kind in ("radios", "ticks")
    attrs = {"class": css_class(bound, kind, size), "aria-describedby": describedby}
    attrs = {name: value for name, value in attrs.items() if value}
    if placeholder is not None:
        attrs["placeholder"] = placeholder
    return Shown(
        bound=bound,
        kind=kind,
        look=look or "list",
        label=label or str(bound.label),
        hint=hint,
        errors=errors,
        optional=optional,
        describedby=describedby,
        control="" if choice else bound.as_widget(attrs=attrs),
        options=list(options(bound, icon_names(icons), notes or {})) if choice else [],
        ends=ends or ((_("very hard"), _("very good")) if look == "scale" else None),
        label_hidden=label_hidden,
    )


def css_class(bound: BoundField, kind: str, size: str) -> str:
    """Join our class, the size and what the form itself asked for."""
    own = CLASSES.get(kind, "input")
    asked = str(bound.field.widget.attrs.get("class", ""))
    return " ".join(part for part in (own, f"input-{size}" if size else "", asked) if part)


def icon_names(icons: Mapping[str, str] | str | None) -> Mapping[str, str]:
    """Accept a mapping, or a string such as 'yes:check no:cross'."""
    if isinstance(icons, str):
        return dict(pair.split(":", 1) for pair in icons.split())
    return icons or {}


def options(bound: BoundField, icons: Mapping[str, str], notes: Mapping[str, str]) -> Iterator[Option]:
    """Give each radio or tick, without the empty choice that Django adds to optional selects."""
    for widget in bound.subwidgets:
        value = str(widget.data["value"])
        if value:
            yield Option(widget.tag(), widget.id_for_label, widget.choice_label, icons.get(value, ""), notes.get(value, ""))


@dataclass(frozen=True)
class FieldError:
    """One thing that is not right yet, with the id of the control where it can be mended."""

    message: str
    target: str


def field_errors(form: BaseForm) -> Iterator[FieldError]:
    """Give what is wrong in the order of the fields; what concerns the whole form comes first."""
    for message in form.non_field_errors():
        yield FieldError(str(message), "")
    for bound in form:
        for error in bound.errors.as_data():
            for message in error.messages:
                yield FieldError(named(bound, message) if error.code == "required" else message, first_control(bound))


def named(bound: BoundField, message: str) -> str:
    """Put the name of the field before a message that does not stand alone."""
    label = str(bound.label)
    return f"{label} {message}" if label.endswith("?") else f"{label}: {message}"


def first_control(bound: BoundField) -> str:
    """Give the id of the first thing that can take focus: a group of radios has none of its own."""
    if KINDS.get(bound.widget_type) in ("radios", "ticks") and bound.subwidgets:
        return str(bound.subwidgets[0].id_for_label)
    return str(bound.auto_id)
