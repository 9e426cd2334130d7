"""Requests of several browsers at the same moment, outside the one thread in which Chromium is driven."""

import threading
from collections.abc import Callable, Sequence
from http.cookiejar import Cookie, CookieJar
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from tests.journeys.person import Person

SECONDS = 60


class Answer(NamedTuple):
    """What came of one request, after the redirects."""

    status: int
    url: str
    text: str


class Sender:
    """Somebody's browser without a window: the same cookies, one request at a time."""

    def __init__(self, someone: Person) -> None:
        self.url = someone.site.url
        self.jar = CookieJar()
        for cookie in someone.context.cookies():
            self.jar.set_cookie(_cookie(cookie["name"], cookie["value"]))
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.jar))
        self.token = next(one.value for one in self.jar if one.name == "csrftoken")

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form and follow where it leads."""
        data = urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
        try:
            with self.opener.open(Request(self.url + path, data), timeout=SECONDS) as answer:
                return Answer(answer.status, answer.url, answer.read().decode())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.url, error.read().decode())


def _cookie(name: str, value: str) -> Cookie:
    return Cookie(
        0, name, value, None, False, "127.0.0.1", True, False, "/", True, False, None, True, None, None, {}
    )  # fmt: skip


def at_once(acts: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Let all begin at the same moment, and give the answers in the order of the acts."""
    gate = threading.Barrier(len(acts))
    answers: dict[int, Answer] = {}

    def run(number: int, act: Callable[[], Answer]) -> None:
        gate.wait()
        answers[number] = act()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS * 2)
    assert len(answers) == len(acts), "a request never came back"
    return [answers[number] for number in range(len(acts))]
