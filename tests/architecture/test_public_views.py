"""Private by default: everything that a visitor may open stands in this list, third parties included."""

import pytest

from tests.addresses import all_addresses

OURS = {
    "core.health_views.ready",
    "core.second_factor_views.KeyAlone",  # the door itself
    "core.second_factor_views.TypeTheCode",  # the second step, in the middle of a login
    "core.views.display",
    "core.views.gallery",
    "core.views.health",
    "doorverwijzing.client.views.page.answer",
    "doorverwijzing.client.views.page.enter",
    "doorverwijzing.client.views.page.leave",
    "doorverwijzing.client.views.page.scan",
    "doorverwijzing.client.views.page.status",
    "doorverwijzing.client.views.page.take_back",
    "doorverwijzing.client.views.page.write",
    "doorverwijzing.client.views.own_device.choose",
    "doorverwijzing.client.views.own_device.enter",
    "doorverwijzing.client.views.own_device.scan",
    "doorverwijzing.guest.views.door.code",
    "doorverwijzing.guest.views.door.door",
    "doorverwijzing.guest.views.question.accept",
    "doorverwijzing.guest.views.question.attachment",
    "doorverwijzing.guest.views.question.close",
    "doorverwijzing.guest.views.question.contact",
    "doorverwijzing.guest.views.question.join",
    "doorverwijzing.guest.views.question.message",
    "doorverwijzing.guest.views.question.pass_on",
    "doorverwijzing.guest.views.question.question",
    "doorverwijzing.guest.views.question.refuse",
    "doorverwijzing.guest.views.question.start",
    "doorverwijzing.guest.views.question.take_over",
    "doorverwijzing.guest.views.question.tell_use",
    "doorverwijzing.guest.views.together.cancel",
    "doorverwijzing.guest.views.together.choose",
    "doorverwijzing.guest.views.together.decline",
    "doorverwijzing.guest.views.together.invitation",
    "doorverwijzing.guest.views.together.propose",
    "doorverwijzing.guest.views.together.tell",
    "doorverwijzing.views.open_tab.look",  # holds nothing: may what a page shows still be read
    "organisaties.single_login.callback",  # the answer of an employer's login
    "organisaties.views.accept",
    "rechtenverkenning.views.answers",
    "rechtenverkenning.views.checklist",
    "rechtenverkenning.views.overview",
    "rechtenverkenning.views.right",
    "rechtenverkenning.views.sheet_to_print",
    "search.api.views.about",
    "search.api.views.openapi",
    "search.api.views.search",
    "search.page.browsing.need",
    "search.page.browsing.needs",
    "search.page.browsing.services",
    "search.page.comparing.compare",
    "search.listening.gap_views.gap",
    "search.listening.gap_views.gap_thanks",
    "search.listening.views.opened",
    "search.listening.views.settled",
    "search.page.views.completions",
    "search.page.views.here",
    "search.page.views.search",
    "sociale_kaart.views.card",
    "sociale_kaart.views.organization",
    "sociale_kaart.views.organization_card",
    "sociale_kaart.views.organizations",
    "sociale_kaart.views.service",
}
OF_OTHERS = {
    # the doors
    "allauth.account.views._account.AccountInactiveView",
    "allauth.account.views._email_verification.ConfirmEmailView",
    "allauth.account.views._email_verification.email_verification_sent",
    "allauth.account.views._login.ConfirmLoginCodeView",
    "allauth.account.views._login.LoginView",
    "allauth.account.views._logout.LogoutView",
    "allauth.account.views._password_reset.PasswordResetDoneView",
    "allauth.account.views._password_reset.PasswordResetFromKeyDoneView",
    "allauth.account.views._password_reset.PasswordResetFromKeyView",
    "allauth.account.views._password_reset.PasswordResetView",
    "allauth.account.views._signup.SignupView",  # says that it is closed
    "allauth.mfa.base.views.AuthenticateView",  # the second step, in the middle of a login; ours stands before it
    "allauth.mfa.base.views.TrustView",  # a stage of the login that we left out: it leads to the login
    "allauth.mfa.webauthn.views.LoginWebAuthnView",  # never reached: ours stands before it
    "allauth.socialaccount.providers.openid_connect.views.callback",  # never reached: ours stands before it
    "allauth.socialaccount.providers.openid_connect.views.login",
    "allauth.socialaccount.views.LoginCancelledView",
    "allauth.socialaccount.views.SignupView",  # nobody comes this far without an answer, and then it is closed
    "django.views.generic.base.RedirectView",  # Wagtail's login and password reset lead to ours
    "wagtail.admin.views.account.LoginView",  # never reached: ours stands before it
    # what Wagtail publishes
    "wagtail.views.serve",
    # not public at all: Django REST Framework says so of every view, and Wagtail asks itself who it is
    "wagtail.admin.api.views.PagesAdminAPIViewSet",
    "wagtail.documents.api.admin.views.DocumentsAdminAPIViewSet",
    "wagtail.images.api.admin.views.ImagesAdminAPIViewSet",
}
ASK_THEMSELVES = ["/beheer/api/main/pages/", "/beheer/api/main/documents/", "/beheer/api/main/images/"]


def test_only_the_listed_views_are_public():
    public = {address.view for address in all_addresses() if address.is_public}

    assert public - OURS - OF_OTHERS == set()
    assert (OURS | OF_OTHERS) - public == set()


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*ASK_THEMSELVES, "/beheer/api/main/pages/1/", "/beheer/api/main/pages/find/"])
def test_the_machine_side_of_the_editors_turns_a_visitor_away(visitor, address):
    response = visitor.get(address)

    assert response.status_code in {302, 401, 403}
    assert b"items" not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize("address", ASK_THEMSELVES)
def test_the_machine_side_of_the_editors_turns_a_worker_away(log_in, worker, address):
    assert log_in(worker).get(address).status_code in {302, 401, 403}


@pytest.mark.django_db
def test_every_other_plain_address_asks_for_a_login(visitor):
    open_to_all = []
    for address in all_addresses():
        route = "/" + address.route.replace("^", "").rstrip("$")
        if address.is_public or "<" in route or "(" in route:
            continue
        response = visitor.get(route)
        if response.status_code == 200:
            open_to_all.append(route)

    assert open_to_all == []
