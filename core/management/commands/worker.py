"""The worker of an installation: mails, the clock of referrals, and the work of the night."""

import threading
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from core import working

# Oftener than this it would do nothing but look, and keep a processor busy with it.
SHORTEST = 0.05


def _seconds(text: str) -> float:
    """Read a pause. Raises ArgumentTypeError for what is no time to wait."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not SHORTEST <= seconds < threading.TIMEOUT_MAX:
        raise ArgumentTypeError(_("give a number of seconds of %(least)s or more.") % {"least": SHORTEST})
    return seconds


class Command(BaseCommand):
    help = _(
        "Send mails, run the clock and the work of the night; runs until it is stopped. Several may run beside each "
        "other. With --once: do what is due now, then stop."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help=_("Do what is due now and stop."))
        parser.add_argument("--interval", type=_seconds, default=1.0, help=_("Seconds between two looks at the queue."))
        parser.add_argument(
            "--alone", action="store_true", help=_("No other worker lives: take up at once what a killed one left.")
        )
        parser.add_argument(
            "--with-parent", action="store_true", help=_("Stop when the process that started it is gone.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["alone"]:
            working.take_over()
        if options["once"]:
            working.run_once()
        else:
            working.Loop(interval=options["interval"], with_parent=options["with_parent"]).run()
