"""Tests: plain static files, mail in memory, keys that open nothing else."""

from config.settings import base
from config.settings.base import *  # noqa: F403 (a settings module is a namespace)

SECRET_KEY = "tests only, never for an installation"  # noqa: S105 (it opens nothing)
FIELD_ENCRYPTION_KEYS = ["dGVzdGtleS10ZXN0a2V5LXRlc3RrZXktdGVzdGtleS0="]
AUDIT_KEY = FIELD_ENCRYPTION_KEYS[0]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
INSTALLED_APPS = ["demo", *base.INSTALLED_APPS]
DEMO = True
SITE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = SITE_URL

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **base.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [name for name in base.MIDDLEWARE if "whitenoise" not in name]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_AT_ONCE = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
# A test asks for the second step and the clock of the session when it is about them.
SECOND_FACTOR = "optional"
SESSION_IDLE_MINUTES = SESSION_HOURS = 0
# Counts of questions wait until a test writes them down.
SEARCH_LOG = "wait"
if base.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that it can be reused between runs.
    DATABASES = {"default": {**base.DATABASES["default"], "TEST": {"NAME": str(base.DATA_DIR / "test.sqlite3")}}}
    # What a test wrote need not outlive a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"
