"""The WSGI entry of the demo."""

import os

from config import serving

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
application = serving.application()
