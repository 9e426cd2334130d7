"""Servers that may stand beside this one, such as a virus scanner: which are set, which answer, and since when not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core import jobs
from core.job_words import TITLES
from core.jobs import JobFailedError
from core.models import JobRun

EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Server:
    """One server: its name is that of the job that looks at it, so that what is away reaches the monitor too."""

    name: str
    is_configured: Callable[[], bool]
    answers: Callable[[], bool]

    def look(self) -> Mapping[str, int]:
        """See whether it answers. Raises JobFailedError when it does not."""
        if not self.answers():
            raise JobFailedError(_("It does not answer."))
        return {}


@dataclass(frozen=True)
class ServerState:
    """How a server stands at this moment; `seen` is when it last answered the job."""

    title: str | Promise
    is_configured: bool
    answers: bool = False
    seen: datetime | None = None

    @property
    def is_away(self) -> bool:
        """Tell whether it should answer and does not."""
        return self.is_configured and not self.answers


_servers: dict[str, Server] = {}


def watch(server: Server) -> None:
    """Make a server known, and look at it every five minutes when the settings name one."""
    _servers[server.name] = server
    if server.is_configured():
        jobs.register(jobs.Job(server.name, server.look, every=EVERY))


def states() -> list[ServerState]:
    """Ask each server that is set, now."""
    seen = dict(JobRun.objects.filter(name__in=_servers).values_list("name", "succeeded_at"))
    return [
        ServerState(TITLES[server.name], is_configured=True, answers=server.answers(), seen=seen.get(server.name))
        if server.is_configured()
        else ServerState(TITLES[server.name], is_configured=False)
        for server in _servers.values()
    ]
