"""Where people read that a rule says no: at the form, or as a message on the next page."""

from types import TracebackType

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from core.errors import NotAllowed, Refusal


class AtForm:
    """Show a Refusal of the block at the form; what was typed stays. After the block the page is drawn again."""

    def __init__(self, form: forms.BaseForm, field: str | None = None) -> None:
        self.form, self.field = form, field

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Refusal):
            return False
        self.form.add_error(self.field, str(error))
        return True


class AsMessage:
    """Say what was done when the block ends, or show its Refusal; who may not do it at all still gets a 403."""

    goes_on: tuple[type[Refusal], ...] = (NotAllowed,)

    def __init__(self, request: HttpRequest, done: str = "") -> None:
        self.request, self.done = request, done

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None and self.done:
            messages.success(self.request, self.done)
        if not isinstance(error, Refusal) or isinstance(error, self.goes_on):
            return False
        messages.warning(self.request, str(error), extra_tags=error.key)
        return True


class OnThePage(AsMessage):
    """The same for who stands on the page of the thing: also who may not do it now reads there why."""

    goes_on = ()
