"""The demo, with static files as they lie and one page that never changes."""

from config.settings.demo import *  # noqa: F403 (a settings module is a namespace)

ROOT_URLCONF = "bench.urls"
# The last is the name by which Django's test client asks.
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
