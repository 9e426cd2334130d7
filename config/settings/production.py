"""Production: refuses to start on a missing secret, in a sentence that says what to do."""

from django.core.exceptions import ImproperlyConfigured

from config.settings import base
from config.settings.base import *  # noqa: F403 (a settings module is a namespace)
from core.keys import read_key

NEW_KEY = "Make one with: python manage.py new_key (run it with the demo settings), and keep it outside the database."


def required(name: str, what_to_do: str) -> str:
    """Read a secret; raise ImproperlyConfigured with the way out when it is missing."""
    value: str = base.env(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is missing. {what_to_do}")
    return value


def check_key(name: str, key: str) -> None:
    """Raise ImproperlyConfigured when a key is not one of ours; never repeat it."""
    try:
        read_key(key)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a key. {NEW_KEY}") from error


SECRET_KEY = required("SECRET_KEY", "Set it to at least 50 random characters that never change.")
required("FIELD_ENCRYPTION_KEYS", NEW_KEY)
AUDIT_KEY = required("AUDIT_KEY", NEW_KEY)
check_key("AUDIT_KEY", AUDIT_KEY)
for _key in base.FIELD_ENCRYPTION_KEYS:
    check_key("FIELD_ENCRYPTION_KEYS", _key)
required("DATABASE_URL", "Set it to postgres://user:password@host:5432/name.")
required("SITE_URL", "Set it to the public address, for example https://dorpel.example.")
required("EMAIL_URL", "Set it to smtp://user:password@host:587 so that receivers hear of a question.")
ALLOWED_HOSTS = required("ALLOWED_HOSTS", "Set it to the host names of the site, separated by commas.").split(",")

CSRF_TRUSTED_ORIGINS = [base.SITE_URL]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = base.env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if base.ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
DEMO = False
