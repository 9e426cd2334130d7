"""Tells the stories of the demo: each once, with the actions that users take."""

from django.db import transaction

from demo.stories import messages, network, together, watching, ways


def tell() -> None:
    """Tell every story that is not there yet. Settings of the network come last, so that no date of a case moves."""
    for story in (*together.STORIES, *ways.STORIES, *messages.STORIES, *watching.STORIES, *network.STORIES):
        with transaction.atomic():
            story()
