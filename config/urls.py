"""Every address of the site. Paths are Dutch and short; Wagtail serves what no room claims."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from organisaties import single_login
from sociale_kaart import keeping_views

# The stock login pages of Wagtail would let a password in past the throttling: closed from the start.
to_login = login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("core.account_urls")),
    path("account/oidc/<str:provider_id>/login/callback/", single_login.callback, name="openid_connect_callback"),
    path("account/", include("allauth.urls")),
    path("beheer/login/", to_login),
    path("beheer/password_reset/", to_login),
    path("beheer/", keeping_views.editors_home),
    path("beheer/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    path("zoeken/", include("search.urls")),
    path("api/", include("search.api.urls")),
    path("zoekwoorden/", include("search.words.urls")),
    path("zoekmotor/", include("search.operating.urls")),
    path("", include("search.listening.urls")),
    path("bewaarde-zoekvragen/", include("bewaarde_zoekvragen.urls")),
    path("rechten/", include("rechtenverkenning.urls")),
    path("leernetwerk/", include("leernetwerk.urls")),
    path("", include("clienten.emergency.urls")),
    path("leden/", include("organisaties.urls")),
    path("gesprekken/", include("vraagverheldering.urls")),
    path("", include("core.urls")),
    path("", include("sociale_kaart.urls")),
    path("", include("clienten.urls")),
    path("", include("doorverwijzing.urls")),
    path("", include("website.urls")),
    # Wagtail's own serve view is not marked as public; everything it serves is.
    re_path(r"^((?:[\w\-]+/)*)$", login_not_required(wagtail_views.serve), name="wagtail_serve"),
]

handler400 = "core.views.bad_request"
handler403 = "core.views.forbidden"
handler404 = "core.views.not_found"
handler500 = "core.views.server_error"
