"""The WSGI entry that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from config.environment import told_in_a_sentence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
with told_in_a_sentence():
    application = get_wsgi_application()
