"""The server of the demo: loopback only, two processes, the accounts printed when it is ready."""

import os

from demo.accounts import welcome

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = 2
threads = 4
timeout = 60
graceful_timeout = 5
control_socket_disable = True
# Read the code once, before the processes part.
preload_app = True


def when_ready(server: object) -> None:
    """Tell where to look and as whom."""
    print(welcome(f"http://{bind}"), flush=True)  # noqa: T201 (this line is for the person who typed make demo)
