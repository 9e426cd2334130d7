"""Production: refuses to start on a missing secret, in a sentence that says what to do."""

import re

from config.environment import NEW_KEY, CannotStart, _
from config.settings import base
from config.settings.base import *  # noqa: F403 (a settings module is a namespace)

SHORTEST_SECRET = 50
# `*` would let any page on any site say that it is this one.
HOST_NAME = re.compile(r"\.?[\w-]+(\.[\w-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)
NEEDED = {
    "SECRET_KEY": _("Set it to at least 50 random characters that never change."),
    "FIELD_ENCRYPTION_KEYS": NEW_KEY,
    "AUDIT_KEY": NEW_KEY,
    "DATABASE_URL": _("Set it to postgres://user:password@host:5432/name."),
    "SITE_URL": _("Set it to the public address, for example https://dorpel.example."),
    "EMAIL_URL": _("Set it to smtp+tls://user:password@host:587 so that receivers hear of a question."),
    "ALLOWED_HOSTS": _("Set it to the host names of the site, separated by commas."),
}


def problems() -> list[str]:
    """Say of each needed setting what is wrong with it and what to do; never repeat its value."""
    found = [
        _("%(name)s is missing. %(what_to_do)s") % {"name": name, "what_to_do": what_to_do}
        for name, what_to_do in NEEDED.items()
        if not base.env.words(name)
    ]
    if 0 < len(base.env("SECRET_KEY", default="")) < SHORTEST_SECRET:
        found.append(_("SECRET_KEY is too short. %(what_to_do)s") % {"what_to_do": NEEDED["SECRET_KEY"]})
    if not all(HOST_NAME.fullmatch(host) for host in base.env.words("ALLOWED_HOSTS")):
        found.append(
            _("ALLOWED_HOSTS holds more than host names. %(what_to_do)s") % {"what_to_do": NEEDED["ALLOWED_HOSTS"]}
        )
    return found


if wrong := problems():
    raise CannotStart("\n".join(wrong))

SECRET_KEY = base.env("SECRET_KEY")
ALLOWED_HOSTS = base.env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [base.SITE_URL]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = base.env.one_of("SECURE_SSL_REDIRECT", ("true", "false"), "true") == "true"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if base.ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
DEMO = False
