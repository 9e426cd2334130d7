"""The WSGI entry of the demo."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
application = get_wsgi_application()
