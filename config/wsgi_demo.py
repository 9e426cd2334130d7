"""The WSGI entry of the demo."""

import os

from django.core.wsgi import get_wsgi_application

from config.environment import told_in_a_sentence

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
with told_in_a_sentence():
    application = get_wsgi_application()
