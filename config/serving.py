"""The application that a server serves, read whole before its processes part."""

import gc

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config.environment import told_in_a_sentence


def application() -> WSGIHandler:
    """Read the settings and all code, or say in a sentence what is missing."""
    # Nothing of it is waste.
    gc.disable()
    with told_in_a_sentence():
        handler = get_wsgi_application()
        # Otherwise the first visitor of each process waits for half of the code.
        _ = get_resolver().url_patterns
    settle()
    return handler


def settle() -> None:
    """Leave what was read out of every search for waste: it stays as long as the process.

    That spares a page the walk along hundreds of thousands of objects, and shared memory stays shared.
    """
    gc.freeze()
    gc.set_threshold(10_000, 50, 100)
    gc.enable()
