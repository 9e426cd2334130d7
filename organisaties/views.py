"""The people of an organization, and the door by which new ones come in."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import Refusal
from core.models import User
from core.refusals import AtForm, OnThePage
from core.requests import UserRequest
from organisaties import actions, departures
from organisaties.absence_forms import HeirForm
from organisaties.forms import BeginForm, InviteForm, RolesForm
from organisaties.models import Invitation, Membership, Organization
from organisaties.people import Colleague, colleagues, happened
from organisaties.permissions import may
from organisaties.roles import in_words


def _known(request: UserRequest, pk: str) -> Organization:
    """Fetch an organization whose people this person may see, or answer 404."""
    return get_object_or_404(Organization.objects.with_people_known_to(request.user), pk=pk)


@require_safe
def members(request: UserRequest, pk: str = "") -> HttpResponse:
    """Show who works here and what each of them may; without an id my own, the first by name."""
    mine = Organization.objects.of(request.user)
    organization = _known(request, pk) if pk else mine.first()
    if organization is None:
        return render(request, "organisaties/nowhere.html")
    return _page(request, organization, InviteForm(by=request.user))


def _page(request: UserRequest, organization: Organization, form: InviteForm) -> HttpResponse:
    """Draw the page; all of it stays when the form is wrong."""
    people = colleagues(organization, first=request.user)
    changes = may(request.user, "change_roles", organization)
    open_ones = Invitation.objects.unanswered().filter(organization=organization) if changes else []
    context = {
        "organization": organization,
        "people": people,
        "managers": sum(person.manages for person in people),
        "others": Organization.objects.of(request.user).exclude(pk=organization.pk),
        "may_change": changes,
        "invitations": [(invitation, in_words(invitation.roles)) for invitation in open_ones],
        "happened": happened(organization) if changes else [],
        "form": form,
        "lasts": actions.INVITATION_LASTS.days,
    }
    return render(request, "organisaties/members.html", context)


@require_http_methods(["GET", "POST"])
def invite(request: UserRequest, pk: str) -> HttpResponse:
    """Invite a colleague by e-mail."""
    organization = _known(request, pk)
    may(request.user, "invite", organization).require()
    form = InviteForm(request.POST or None, by=request.user)
    if form.is_valid():
        with AtForm(form, "email"):
            invitation = actions.invite(
                organization, email=form.cleaned_data["email"], roles=form.cleaned_data["roles"], by=request.user
            )
            messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email})
            return redirect("organisaties:members", pk=organization.pk)
    return _page(request, organization, form)


def _invitation(request: UserRequest, pk: str, invitation: object) -> Invitation:
    organization = _known(request, pk)
    return get_object_or_404(organization.invitations.select_related("organization"), pk=invitation)


@require_POST
def withdraw(request: UserRequest, pk: str, invitation: object) -> HttpResponse:
    """Take an invitation away."""
    found = _invitation(request, pk, invitation)
    return _do(
        request,
        found.organization,
        lambda: actions.withdraw_invitation(found, by=request.user),
        _("The invitation of %(email)s is gone.") % {"email": found.email},
    )


@require_POST
def send_again(request: UserRequest, pk: str, invitation: object) -> HttpResponse:
    """Mail an invitation once more."""
    found = _invitation(request, pk, invitation)
    return _do(
        request,
        found.organization,
        lambda: actions.send_again(found, by=request.user),
        _("The invitation is on its way to %(email)s.") % {"email": found.email},
    )


def _do(request: UserRequest, organization: Organization, act: Callable[[], None], done: str) -> HttpResponse:
    """Run one action; a rule that says no becomes a message on the page. Who may not gets 403."""
    may(request.user, "invite", organization).require()
    with OnThePage(request, done):
        act()
    return redirect("organisaties:members", pk=organization.pk)


def _colleague(organization: Organization, user: int) -> Colleague:
    found = next((person for person in colleagues(organization) if person.user.pk == user), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def change(request: UserRequest, pk: str, user: int) -> HttpResponse:
    """Choose what a colleague may."""
    organization = _known(request, pk)
    may(request.user, "change_roles", organization).require()
    person = _colleague(organization, user)
    shown = {"roles": person.roles, "seen": ",".join(person.roles)}
    form = RolesForm(request.POST or None, by=request.user, initial=shown)
    if form.is_valid():
        seen = [role for role in form.cleaned_data["seen"].split(",") if role]
        try:
            actions.set_roles(person.user, organization, roles=form.cleaned_data["roles"], by=request.user, seen=seen)
        except Refusal as refusal:
            form = RolesForm({**request.POST.dict(), **_again(request, shown)}, by=request.user, initial=shown)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s may now: %(roles)s.") % {
                "name": person.user, "roles": in_words(form.cleaned_data["roles"]),
            })  # fmt: skip
            return redirect("organisaties:members", pk=organization.pk)
    return render(
        request, "organisaties/change.html", {"organization": organization, "colleague": person, "form": form}
    )


def _again(request: HttpRequest, shown: dict[str, Any]) -> dict[str, Any]:
    """Keep what was chosen, and take what is in the database now as seen."""
    return {"roles": request.POST.getlist("roles"), "seen": shown["seen"]}


@require_http_methods(["GET", "POST"])
def leave(request: UserRequest, pk: str, user: int) -> HttpResponse:
    """Stop the access of a colleague, or my own. Pressing twice is one leave."""
    mine = user == request.user.pk
    if mine and request.method == "POST" and _left_already(request, pk):
        return redirect("organisaties:members")
    organization = _known(request, pk)
    if not mine:
        may(request.user, "change_roles", organization).require()
    person = _colleague(organization, user)
    posted = request.POST if request.method == "POST" else None
    form = HeirForm(posted, user=person.user, organization=organization)
    context: dict[str, Any] = {
        "organization": organization, "colleague": person, "mine": mine, "reason": "", "form": form,
        "in_hand": departures.in_hand(person.user, organization),
    }  # fmt: skip
    if form.is_valid():
        try:
            actions.leave(person.user, organization, by=request.user, to=form.heir())
        except Refusal as refusal:
            context["reason"] = str(refusal)
        else:
            messages.success(request, _said_goodbye(person, organization, mine=mine))
            return redirect("organisaties:members") if mine else redirect("organisaties:members", pk=organization.pk)
    return render(request, "organisaties/leave.html", context)


def _left_already(request: UserRequest, pk: str) -> bool:
    mine = Membership.objects.filter(user=request.user, organization=pk)
    return mine.exists() and not mine.current().exists()


def _said_goodbye(person: Colleague, organization: Organization, *, mine: bool) -> str:
    words = {"name": person.user, "organization": organization}
    if mine:
        return _("You no longer work at %(organization)s.") % words
    return _("%(name)s no longer works at %(organization)s.") % words


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Let the invited person in: someone new begins, someone known says yes after the login."""
    invitation = Invitation.objects.open().filter(token=token).select_related("organization").first()
    if invitation is None:
        return _over(request, token)
    if request.user.is_authenticated:
        return _say_yes(request, invitation)
    context: dict[str, Any] = {"invitation": invitation, "may": in_words(invitation.roles)}
    if User.objects.filter(email=invitation.email).exists():
        return render(request, "organisaties/log_in_first.html", context)
    form = context["form"] = BeginForm(request.POST or None, email=invitation.email)
    if form.is_valid():
        try:
            user = actions.begin(invitation, **form.cleaned_data)
        except Refusal:
            # Someone was first, perhaps in another tab. The door knows how it stands now: log in, say yes, or over.
            return redirect(invitation)
        # Who has just chosen the password need not type it again to choose a second step.
        record_authentication(request, user, method="password")
        response: HttpResponse = perform_login(request, user, email=user.email)
        return response
    return render(request, "organisaties/begin.html", context)


def _over(request: HttpRequest, token: str) -> HttpResponse:
    """Say that the link is over; who came in by it and presses again is simply in."""
    if request.user.is_authenticated:
        used = Invitation.objects.filter(token=token, email=request.user.email).exclude(accepted_at=None).first()
        if used and used.organization.has_member(request.user):
            return redirect("organisaties:members", pk=used.organization_id)
    return render(request, "organisaties/link_over.html", status=410)


def _say_yes(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    context = {"invitation": invitation, "may": in_words(invitation.roles), "other": user.email != invitation.email}
    if request.method == "POST":
        with OnThePage(request, _("Welcome at %(organization)s.") % {"organization": invitation.organization}):
            actions.accept_invitation(invitation, user=user)
            return redirect("organisaties:members", pk=invitation.organization_id)
    return render(request, "organisaties/say_yes.html", context)
