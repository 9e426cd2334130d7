"""The WSGI entry that gunicorn serves."""

import os

from config import serving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = serving.application()
