#!/usr/bin/env python
"""Django's command line; without further settings it drives the demo."""

import gc
import gettext
import os
import sys

from django.core.management import execute_from_command_line

from config.database import database_told
from config.environment import LOCALE, told_in_a_sentence

if __name__ == "__main__":
    # All that is imported stays: to look for waste in it would take a tenth of the start.
    gc.set_threshold(100_000, 50, 100)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    # What Python itself says of a wrong option stands in our catalogue too.
    os.environ["LANGUAGE"] = "nl"
    gettext.bindtextdomain("django", str(LOCALE))
    gettext.textdomain("django")
    with told_in_a_sentence(), database_told():
        execute_from_command_line(sys.argv)
