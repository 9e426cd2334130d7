"""Killed with SIGKILL in the middle of things: what was acknowledged is there once, and every mail goes out."""

import contextlib
import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from statistics import median

import pytest
from django.db import connection

from tests.doorverwijzing.own_installation import installation
from tests.faults.mailbox import Mailbox
from tests.faults.running import Answer, Running

pytestmark = pytest.mark.django_db
# Twenty in all: the suite runs on two databases. `make faults` makes it three hundred.
KILLS = int(os.environ.get("KILLS", "10"))
SEED = int(os.environ.get("SEED", "5"))
FORMS = {
    "send": ("/doorverwijzing/{pk}/ja/", {"mode": "oral", "signature": "Els"}),
    "accept": ("/doorverwijzing/{pk}/aannemen/", {}),
    "withdraw": ("/doorverwijzing/{pk}/intrekken/", {}),
    "erase": ("/clienten/{pk}/gegevens/wissen/", {"name": "Amina"}),
}
TARGETS = {"send": "sent", "accept": "accepted", "withdraw": "withdrawn"}
# The first press did it and its answer was lost: nobody knows of the person any more, nothing is left to take back.
DONE_BEFORE = {("erase", 404), ("withdraw", 200)}
QUIET_SECONDS = 30
MOST_TRIES = 30
# Of ten kills: processes that answer, the whole server, the worker.
DECK = ["process"] * 6 + ["server"] + ["worker"] * 3


class Fire:
    """One run: people do things at the same moment, something is killed, they try again until it is done."""

    def __init__(self, site: Running, prepared: dict, chance: random.Random) -> None:
        self.site, self.chance = site, chance
        self.rounds, self.sessions = prepared["rounds"], prepared["sessions"]
        self.acknowledged: Counter[tuple[str, str]] = Counter()
        self.cut: list[str] = []
        self.seconds = [0.2]

    def ask(self, what: str, pk: str) -> Answer | None:
        """Press the button once; nothing comes back when the process died over it."""
        path, fields = FORMS[what]
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.site.ask("POST", path.format(pk=pk), session=self.sessions[what], fields=fields)
        return None

    def press(self, what: str, pk: str, wait: float) -> None:
        """Press after a moment, and remember whether it was acknowledged."""
        time.sleep(wait)
        start = time.monotonic()
        answer = self.ask(what, pk)
        if answer is None:
            self.cut.append(what)
        elif answer.status == 302:
            self.acknowledged[what, pk] += 1
            self.seconds.append(time.monotonic() - start)

    def round(self, number: int, kill) -> None:
        """Let four people press at once, kill something, and let them press again where nothing came back."""
        work = [(what, self.rounds[number][what]) for what in FORMS]
        threads = [
            threading.Thread(target=self.press, args=(what, pk, self.chance.uniform(0, 0.1))) for what, pk in work
        ]
        for thread in threads:
            thread.start()
        # As long as people wait for an answer here, and a little longer: then nobody may be waiting any more.
        time.sleep(self.chance.uniform(0, 1.1 * median(self.seconds[-20:])))
        kill()
        for thread in threads:
            thread.join()
        self.site.wait()
        for what, pk in work:
            tries = 0
            while not self.acknowledged[what, pk]:
                tries += 1
                answer = self.ask(what, pk)
                assert tries < MOST_TRIES, (what, answer)
                assert answer is None or answer.status in {302, 404, 200}, (what, answer)
                if answer and (answer.status == 302 or (what, answer.status) in DONE_BEFORE):
                    self.acknowledged[what, pk] += 1

    def kills(self):
        """Give what is killed in each round, in an order that depends on the seed only."""
        one = self.site.kill_a_process_of_the_server
        acts = {"process": lambda: one(self.chance), "server": self.site.kill_server, "worker": self.site.kill_worker}
        deck: list[str] = []
        for _round in self.rounds:
            deck = deck or self.chance.sample(DECK, len(DECK))
            yield acts[deck.pop()]


@contextlib.contextmanager
def ended(site, story):
    """End everything that was started."""
    try:
        yield
    finally:
        site.stop()
        story.kill()


def under_fire(folder):
    """Let it happen; give what the installation tells afterwards, who was cut off, and what the mail server got."""
    with installation(folder, connection) as here, Mailbox() as mailbox:
        site = Running({**here, "EMAIL_URL": mailbox.url})
        story = site.program(
            sys.executable, "-m", "tests.faults.story", str(KILLS), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        with story, ended(site, story):
            line = story.stdout.readline()
            assert line, site.log.read_text(errors="replace")[-3000:]
            fire = Fire(site, json.loads(line), random.Random(SEED))
            site.start_server()
            site.start_worker()
            for number, kill in enumerate(fire.kills()):
                fire.round(number, kill)
            return {**until_quiet(story), "fire": fire, "mailbox": mailbox.mails}


def until_quiet(story):
    """Ask how it stands until every mail went, or it takes too long."""
    until = time.monotonic() + QUIET_SECONDS
    while True:
        story.stdin.write(b"tell\n")
        story.stdin.flush()
        told = json.loads(story.stdout.readline())
        if time.monotonic() > until or all(mail["sent"] for mail in told["mails"]):
            return told
        time.sleep(0.3)


def test_after_every_kill_each_step_is_there_once_and_each_mail_went(django_db_setup, django_db_blocker, tmp_path):
    """One test, so that it happens once: two processes of the suite would each let it happen."""
    with django_db_blocker.unblock():
        after = under_fire(tmp_path)

    print(f"{KILLS} kills, cut off: {Counter(after['fire'].cut)}")
    assert after["fire"].cut, "Nobody was cut off in the middle: this proves nothing."
    every_step_is_there_exactly_once(after)
    nothing_is_half_done(after)
    every_mail_went_and_a_repeat_carries_the_same_id(after)


def every_step_is_there_exactly_once(after):
    for made in after["fire"].rounds:
        for what, state in TARGETS.items():
            assert after["states"][made[what]] == state
            assert after["steps"][made[what]].count(what) == 1
            assert after["audit"].count([f"referral.{what}", made[what]]) == 1
        assert after["audit"].count(["client.erased", made["erase"]]) == 1


def nothing_is_half_done(after):
    readable = set(after["readable"])

    assert after["chain"] == []
    for made in after["fire"].rounds:
        assert {made["send"], made["accept"]} <= readable
        assert made["withdraw"] not in readable
        assert made["erased"] not in after["steps"]
        assert made["key"] not in after["keys"], "a packet of someone who was erased can still be opened"


def every_mail_went_and_a_repeat_carries_the_same_id(after):
    written = {mail["id"]: mail for mail in after["mails"]}
    arrived = Counter(str(mail["Message-ID"]) for mail in after["mailbox"])

    assert [mail for mail in after["mails"] if not mail["sent"]] == []
    assert set(written) == set(arrived)
    told = Counter((mail["about"], mail["subject"]) for mail in after["mails"])
    assert [what for what, times in told.items() if times > 1] == []
    for made in after["fire"].rounds:
        for what in (*TARGETS, "erased"):
            assert any(made[what] in about for about, _subject in told), what
