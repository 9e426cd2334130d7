"""An installation as the demo has it, without what needs a build: static files are read as they lie there."""

from config.settings import demo
from config.settings.demo import *  # noqa: F403 (a settings module is a namespace)

STORAGES = {**demo.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MIDDLEWARE = [name for name in demo.MIDDLEWARE if "whitenoise" not in name]
# The people of these tests log in by themselves, and none of them waits for a person.
SECOND_FACTOR = "optional"
SESSION_IDLE_MINUTES = SESSION_HOURS = 0
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SEARCH_LOG = "wait"
