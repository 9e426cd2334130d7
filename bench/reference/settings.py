"""The demo's settings with the table of the reference and Wagtail's own search, set to Dutch."""

from config.settings.demo import *  # noqa: F403 (settings)
from config.settings.demo import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "bench.reference"]
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "dutch"},
}
