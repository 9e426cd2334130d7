"""How a person sees the pages: light or dark, and the size of the letters, kept in two cookies."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

A_YEAR = 60 * 60 * 24 * 365
THEMES = (("auto", _("Like my device")), ("light", _("Light")), ("dark", _("Dark")))
SIZES = (("100", _("Normal")), ("118", _("Larger")), ("140", _("Largest")))


class DisplayForm(forms.Form):
    """Two choices; each one is a cookie."""

    theme = forms.ChoiceField(label=_("Light or dark"), choices=THEMES, widget=forms.RadioSelect)
    size = forms.ChoiceField(label=_("Size of the letters"), choices=SIZES, widget=forms.RadioSelect)


def display_form(request: HttpRequest) -> DisplayForm:
    """Give the form as this browser has it now, or as it was sent."""
    if request.method == "POST":
        return DisplayForm(request.POST)
    return DisplayForm(
        initial={"theme": request.COOKIES.get("theme", "auto"), "size": request.COOKIES.get("size", "100")}
    )


def keep_display(response: HttpResponse, chosen: dict[str, str]) -> None:
    """Write the choices into cookies; what is the default leaves no cookie."""
    for name, default in (("theme", "auto"), ("size", "100")):
        if chosen[name] == default:
            response.delete_cookie(name, samesite="Lax")
        else:
            response.set_cookie(name, chosen[name], max_age=A_YEAR, samesite="Lax", httponly=True)
