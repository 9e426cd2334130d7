"""Production: refuses to start on a missing secret, in a sentence that says what to do."""

from config.environment import CannotStart
from config.settings import base
from config.settings.base import *  # noqa: F403 (a settings module is a namespace)
from core.keys import read_key

NEW_KEY = (
    "Make one with: DJANGO_SETTINGS_MODULE=config.settings.demo .venv/bin/python manage.py new_key, "
    "and keep it outside the database."
)
SHORTEST_SECRET = 50
NEEDED = {
    "SECRET_KEY": "Set it to at least 50 random characters that never change.",
    "FIELD_ENCRYPTION_KEYS": NEW_KEY,
    "AUDIT_KEY": NEW_KEY,
    "DATABASE_URL": "Set it to postgres://user:password@host:5432/name.",
    "SITE_URL": "Set it to the public address, for example https://dorpel.example.",
    "EMAIL_URL": "Set it to smtp+tls://user:password@host:587 so that receivers hear of a question.",
    "ALLOWED_HOSTS": "Set it to the host names of the site, separated by commas.",
}


def problems() -> list[str]:
    """Say of each needed setting what is wrong with it and what to do; never repeat its value."""
    found = [f"{name} is missing. {what_to_do}" for name, what_to_do in NEEDED.items() if not base.env.words(name)]
    if 0 < len(base.env("SECRET_KEY", default="")) < SHORTEST_SECRET:
        found.append(f"SECRET_KEY is too short. {NEEDED['SECRET_KEY']}")
    keys = {
        "AUDIT_KEY": [base.AUDIT_KEY] if base.AUDIT_KEY else [],
        "FIELD_ENCRYPTION_KEYS": base.FIELD_ENCRYPTION_KEYS,
        "KEY_STORE_KEYS": base.KEY_STORE_KEYS,
    }
    found += [f"{name} is not a key. {NEW_KEY}" for name, given in keys.items() if not all(map(is_key, given))]
    if base.env("SITE_URL", default="") and not base.SITE_URL.startswith(("https://", "http://")):
        found.append(f"SITE_URL does not begin with https://. {NEEDED['SITE_URL']}")
    if base.OIDC_SERVER_URL and not (
        base.env("OIDC_CLIENT_ID", default="") and base.env("OIDC_CLIENT_SECRET", default="")
    ):
        found.append("OIDC_SERVER_URL needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET as well.")
    return found


def is_key(text: str) -> bool:
    """Tell whether this is a key of ours."""
    try:
        return bool(read_key(text))
    except ValueError:
        return False


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
