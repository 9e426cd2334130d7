"""Many workers at the same time: each does what a worker does, and waits a moment between two things."""

import http.client
import json
import random
import subprocess
import sys
import threading
import time
from collections import defaultdict
from statistics import quantiles
from uuid import uuid4

from tests.faults.running import Running

PAUSE = (0.3, 1.2)
# Out of a hundred things that a worker does.
MIX = {
    "today": 20, "inbox": 16, "outbox": 10, "received": 16, "sent": 12, "message": 14, "accept": 5, "send": 4,
    "withdraw": 3,
}  # fmt: skip


class Worker(threading.Thread):
    """One person in one browser."""

    def __init__(self, load: "Load", team: dict, session: str, seed: int) -> None:
        super().__init__(daemon=True)
        self.load, self.team, self.session = load, team, session
        self.chance = random.Random(seed)

    def run(self) -> None:
        """Work until the time is over."""
        while time.monotonic() < self.load.until:
            kind = self.chance.choices(list(MIX), list(MIX.values()))[0]
            self.do(kind)
            time.sleep(self.chance.uniform(*PAUSE))

    def do(self, kind: str) -> None:
        """Do one thing, and note how long it took and whether it went well."""
        method, path, fields, kind, key = self.step(kind)
        start = time.monotonic()
        try:
            answer = self.load.site.ask(method, path, session=self.session, fields=fields)
            good = answer.status in ({200} if method == "GET" else {302})
            said = f"{answer.status} {answer.location}"
        except (OSError, http.client.HTTPException) as error:
            good, said = False, repr(error)
        self.load.note(kind, time.monotonic() - start, "" if good else f"{kind} {path}: {said}")
        if good and key:
            self.load.acknowledged[kind].append(key)

    def step(self, kind: str) -> tuple[str, str, dict[str, str] | None, str, str]:
        """Give the request of one thing; what can be done once becomes a message when it is done.

        The last part is the key by which what it leaves behind is found afterwards.
        """
        sent, received = self.team["sent"], self.team["received"]
        plain = {"today": "/vandaag/", "inbox": "/naar-ons/", "outbox": "/door-ons/"}
        if kind in plain:
            return "GET", plain[kind], None, kind, ""
        if kind in {"received", "sent"}:
            pk = self.chance.choice((received if kind == "received" else sent)["talk"])
            return "GET", f"/doorverwijzing/{pk}/", None, kind, ""
        once = {
            "accept": (received, "aannemen", {}),
            "send": (sent, "ja", {"mode": "oral", "signature": "Els"}),
            "withdraw": (sent, "intrekken", {}),
        }
        if kind in once:
            pool, verb, fields = once[kind]
            if pk := self.load.take(pool[kind]):
                return "POST", f"/doorverwijzing/{pk}/{verb}/", fields, kind, pk
        pk = self.chance.choice(received["talk"])
        said = {"text": "We bellen morgen.", "form_key": str(uuid4())}
        return "POST", f"/doorverwijzing/{pk}/bericht/", said, "message", said["form_key"]


class Load:
    """One run of the load: how long each thing took, and what went wrong."""

    def __init__(self, site: Running, teams: list[dict], *, seconds: float, seed: int) -> None:
        self.site, self.teams, self.seconds, self.seed = site, teams, seconds, seed
        self.until = 0.0
        self.took: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        self.acknowledged: dict[str, list[str]] = defaultdict(list)
        self.lock = threading.Lock()

    def take(self, pool: list[str]) -> str | None:
        """Take something that can be done once."""
        with self.lock:
            return pool.pop() if pool else None

    def note(self, kind: str, seconds: float, error: str) -> None:
        """Keep what came of one thing."""
        with self.lock:
            self.took[kind].append(seconds)
            if error:
                self.errors.append(error)

    def run(self) -> "Load":
        """Let everyone work for a while."""
        people = [(team, session) for team in self.teams for session in team["sessions"]]
        workers = [Worker(self, team, session, self.seed + number) for number, (team, session) in enumerate(people)]
        self.until = time.monotonic() + self.seconds
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self.errors += self.lost()
        return self

    def lost(self) -> list[str]:
        """Ask the installation what it said yes to and did not do once."""
        asking = self.site.program(
            sys.executable, "-m", "tests.load.acknowledged", stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        said = asking.communicate(json.dumps(self.acknowledged).encode())[0]
        return [f"lost: {one}" for one in json.loads(said)]

    def rows(self) -> list[dict]:
        """Give the figures of each kind of work: how often, and in how many milliseconds."""
        rows = []
        for kind, took in sorted(self.took.items()):
            cuts = quantiles(took, n=100, method="inclusive") if len(took) > 1 else took * 99
            shares = {f"p{cut}": round(cuts[cut - 1] * 1000, 1) for cut in (50, 95, 99)}
            rows.append({"workload": kind, "times": len(took), **shares})
        return rows

    def table(self) -> str:
        """Give the figures, one line per kind of work."""
        lines = ["what          times     p50     p95     p99   (milliseconds)"]
        for row in self.rows():
            lines.append("{workload:<12}{times:>7}{p50:>8.0f}{p95:>8.0f}{p99:>8.0f}".format(**row))
        return "\n".join([*lines, f"errors: {len(self.errors)}", *self.errors[:10]])
