"""How a form field becomes component 8 to 12: which control, which words describe it, where its errors lead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from django.forms import BaseForm, BoundField, CharField
from django.utils.html import format_html
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


class Extras(TypedDict, total=False):
    """What a page may ask of one field; an empty `hint` or `placeholder` takes away what the form brought along."""

    label: str
    hint: str
    size: str
    optional: bool
    label_hidden: bool
    icons: Mapping[str, str] | str
    notes: Mapping[str, str]
    ends: tuple[str, str]
    placeholder: str


def show_field(bound: BoundField, *, look: str = "", **extras: Unpack[Extras]) -> Shown:
    """Prepare one field. `look` is list, row, short, fit or scale for radios, bold for a tick."""
    kind = KINDS.get(bound.widget_type, "input")
    choice = kind in ("radios", "ticks")
    hint = extras.get("hint", str(bound.help_text))
    optional = extras.get("optional", False)
    errors = [str(error) for error in bound.errors]
    described = {"helptext": bool(hint or optional), "error": bool(errors)}
    describedby = " ".join(f"{bound.auto_id}_{end}" for end, there in described.items() if there)
    return Shown(
        bound=bound,
        kind=kind,
        look=look or "list",
        label=extras.get("label") or str(bound.label),
        hint=hint,
        errors=errors,
        optional=optional,
        describedby=describedby,
        control="" if choice else bound.as_widget(attrs=control_attrs(bound, kind, describedby, extras)),
        options=list(options(bound, extras)) if choice else [],
        ends=extras.get("ends") or ((_("very hard"), _("very good")) if look == "scale" else None),
        label_hidden=extras.get("label_hidden", False),
    )


def control_attrs(bound: BoundField, kind: str, describedby: str, extras: Extras) -> dict[str, str | bool]:
    """Give the attributes of the control itself, without the empty ones."""
    attrs: dict[str, str | bool] = {
        "class": css_class(bound, kind, extras.get("size", "")),
        "aria-describedby": describedby,
    }
    attrs = {name: value for name, value in attrs.items() if value}
    if "placeholder" in extras:
        attrs["placeholder"] = extras["placeholder"]
    return attrs


def css_class(bound: BoundField, kind: str, size: str) -> str:
    """Join our class, the size and what the form itself asked for."""
    own = CLASSES.get(kind, "input")
    asked = str(bound.field.widget.attrs.get("class", ""))
    return " ".join(part for part in (own, f"input-{size}" if size else "", asked) if part)


def icon_names(icons: Mapping[str, str] | str) -> Mapping[str, str]:
    """Accept a mapping, or a string such as 'yes:check no:cross'."""
    return dict(pair.split(":", 1) for pair in icons.split()) if isinstance(icons, str) else icons


def options(bound: BoundField, extras: Extras) -> Iterator[Option]:
    """Give each radio or tick, without the empty choice that Django adds to optional selects."""
    icons, notes = icon_names(extras.get("icons") or {}), extras.get("notes") or {}
    for widget in bound.subwidgets:
        value = str(widget.data["value"])
        if value:
            icon, note = icons.get(value, ""), notes.get(value, "")
            yield Option(widget.tag(), widget.id_for_label, widget.choice_label, icon, note)


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
    """Put the name of the field before a message that does not stand alone, nor says that name itself."""
    label = str(bound.label)
    if message.startswith(label):
        return message
    return format_html("{} {}" if label.endswith("?") else "{}: {}", label, message)


def first_control(bound: BoundField) -> str:
    """Give the id of the first thing that can take focus: a group of radios has none of its own."""
    if KINDS.get(bound.widget_type) in ("radios", "ticks") and bound.subwidgets:
        return str(bound.subwidgets[0].id_for_label)
    return str(bound.auto_id)


def typed_texts(form: BaseForm) -> list[str]:
    """Give the texts that someone typed in a form that was sent; what the form adds itself is not theirs."""
    fields = [form[name] for name, field in form.fields.items() if isinstance(field, CharField)]
    said = [str(one.value() or "").strip() for one in fields if form.is_bound and not one.is_hidden]
    return [text for text in said if text]
