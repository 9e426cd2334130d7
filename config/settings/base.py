"""What every installation shares; the environment fills in the rest (table in the README)."""

import re
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path

from config.environment import CannotStart, Environment, _, is_site
from config.settings import door
from config.settings.door import *  # noqa: F403 (a settings module is a namespace)

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = Environment()

# Everything that an embedded installation writes lies under one folder.
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
# A name that the installation gives itself; "Dorpel" is the product's.
SITE_NAME = env("SITE_NAME", default="Dorpel")
SITE_TAGLINE = env("SITE_TAGLINE", default="hulp en rechten in je buurt")
SITE_MARK = env("SITE_MARK", default="")
SITE_URL = env.site("SITE_URL", "http://127.0.0.1:8000")
# Named in the footer: "Dorpel is de sociale kaart van …".
SITE_REGION = env("SITE_REGION", default="")
HOME_MUNICIPALITY = env("HOME_MUNICIPALITY", default="Zedelgem")
# Where "Snel weg" on client pages leads: something nobody would look twice at.
QUICK_EXIT_URL = env.site("QUICK_EXIT_URL", "https://www.meteo.be/nl")

INSTALLED_APPS = [
    "website",
    "doorverwijzing",
    "vraagverheldering",
    "clienten",
    "bewaarde_zoekvragen",
    "search",
    "rechtenverkenning",
    "leernetwerk",
    "sociale_kaart",
    "organisaties",
    "gebied",
    "core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "wagtail.contrib.settings",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.admin",
    "wagtail.search",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Below the static files, which lie there compressed, and above all that writes a page.
    "django.middleware.gzip.GZipMiddleware",
    "core.middleware.WithoutNulMiddleware",
    "core.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.AdminContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "organisaties.session_clock.SessionClockMiddleware",
    "organisaties.second_factor.SecondFactorMiddleware",
    "core.kept_words.KeptWordsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "website.context_processors.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

SQLITE = f"sqlite:///{DATA_DIR / 'dorpel.sqlite3'}"
DATABASES = {
    "default": env.address("DATABASE_URL", SQLITE, env.db_url_config, "postgres://user:password@host:5432/name"),
}
# To connect takes milliseconds of every page: over a network, and to read the whole schema out of a file. A restore
# writes into the same file, so who has it open sees what was put back.
DATABASES["default"] = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, **DATABASES["default"]}
if not DATABASES["default"]["ENGINE"].endswith(("sqlite3", "postgresql")):
    raise CannotStart(_("DATABASE_URL names a database that is not known here. Use PostgreSQL, or SQLite for a trial."))
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Secrets never lie in the database; first key writes, all keys read.
FIELD_ENCRYPTION_KEYS: list[str] = env.keys("FIELD_ENCRYPTION_KEYS")
AUDIT_KEY = "".join(env.keys("AUDIT_KEY")[:1])
# The keys of what is shared, each wrapped; apart from the database, and never in its backup.
KEY_STORE = env.folder("KEY_STORE", DATA_DIR / "keys")
# A disk with copies that is away keeps nobody from working: `check --deploy` and the night tell.
KEY_STORE_COPIES = Path(env("KEY_STORE_COPIES", default="") or DATA_DIR / "key-copies").resolve()
KEY_STORE_KEYS: list[str] = env.keys("KEY_STORE_KEYS")

# Language and time ----------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True

# Files ----------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
# Where it will be served from, or where collectstatic will find it.
MARKS = [folder / SITE_MARK.removeprefix(STATIC_URL) for folder in (STATIC_ROOT, *STATICFILES_DIRS)]
if SITE_MARK and not (SITE_MARK.startswith(STATIC_URL) and any(mark.is_file() for mark in MARKS)):
    told = _("SITE_MARK is no file. Put it in %(folder)s, write it as /static/mark.svg and run collectstatic.")
    raise CannotStart(told % {"folder": STATICFILES_DIRS[0]})
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# What a backup takes along beside the database: a name in the backup, and the folder.
BACKUP_FOLDERS = {"media": MEDIA_ROOT, "files": DATA_DIR / "files"}
# Files about people, each under its own key; never below MEDIA_ROOT, which has addresses.
FILES_DIR = BACKUP_FOLDERS["files"]
UPLOAD_MAX_BYTES = env.amount("UPLOAD_MAX_BYTES", 10 * 1024 * 1024, least=1)
# What may come in stays in memory until it is sealed; nothing of a client lies open in a temporary folder.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * UPLOAD_MAX_BYTES
CLAMD_ADDRESS = env("CLAMD_ADDRESS", default="")
if CLAMD_ADDRESS and not re.fullmatch(r"/.+|.+:[1-9]\d{0,4}", CLAMD_ADDRESS):
    raise CannotStart(_("CLAMD_ADDRESS is host:port or the path of a socket."))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.static_files.LightStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
IMPORT_MAX_BYTES = env.amount("IMPORT_MAX_BYTES", 512 * 1024 * 1024, least=1)

# Cache, mail, background work, search ---------------------------------------
CACHES = {
    "default": env.address("CACHE_URL", "dbcache://django_cache", env.cache_url_config, "dbcache://django_cache"),
}
# Counters of failed logins are those of all processes, and must outlast a flood of others.
if "DatabaseCache" in CACHES["default"]["BACKEND"]:
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 100_000)
elif "RedisCache" not in CACHES["default"]["BACKEND"]:
    raise CannotStart(_("CACHE_URL is dbcache://django_cache or redis://host:6379/1: all processes must share it."))
elif find_spec("redis") is None:
    raise CannotStart(_("CACHE_URL needs the package redis. Run .venv/bin/uv pip install redis, or leave it out."))
MAIL_FILES = f"filemail:///{DATA_DIR / 'mail'}"
EMAIL_CONFIG = env.address("EMAIL_URL", MAIL_FILES, env.email_url_config, "smtp+tls://user:password@host:587")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="dorpel@dorpel.example")
if "@" not in parseaddr(DEFAULT_FROM_EMAIL)[1]:
    raise CannotStart(_("DEFAULT_FROM_EMAIL is not a mail address."))
EMAIL_TIMEOUT = 10
# Wagtail's own small chores run at once; the queue lies in the database and needs `manage.py worker`.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "queue": {"BACKEND": "django_tasks_db.backend.DatabaseBackend"},
}
# Whether a mail goes out right after the commit, without a worker: for tests.
MAIL_AT_ONCE = False
SEARCH_URL = env("SEARCH_URL", default="embedded://")
if not all(one.startswith("embedded:") or is_site(one) for one in map(str.strip, SEARCH_URL.split(",")) if one):
    raise CannotStart(_("SEARCH_URL is embedded:// or the http(s) address of an Elasticsearch server."))
SEARCH_DIR = DATA_DIR / "search"
# Whether questions are counted, without anyone in them: on or off.
SEARCH_LOG = env.one_of("SEARCH_LOG", ("on", "off"), "on")

# Wagtail --------------------------------------------------------------------
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "/account/login/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.wagtail_search"}}
WAGTAILDOCS_EXTENSIONS = ["pdf"]
TAGGIT_CASE_INSENSITIVE = True

# Headers --------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *door.OIDC_FORM_ACTION],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

LOG_LEVEL = env.one_of("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"), "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # One line per saved page, per task and per search tells an operator nothing.
    "loggers": {
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "elastic_transport": {"level": "ERROR"},
    },
}
