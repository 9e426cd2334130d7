"""Someone at a screen: what is pressed and typed is counted, and what goes wrong on the page is kept."""

from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from demo.accounts import PASSWORD
from tests.journeys.installation import Site

PATIENCE = 20_000
# The browser tells a refused answer twice: the answer itself says more.
SAID_TWICE = "Failed to load resource"
# Who types on breaks off the question before; a request that fails says "sendError" or "responseError" as well.
BROKEN_OFF = ("htmx:sendAbort", "htmx:afterRequest")


class Person:
    """A browser of one's own, at one address."""

    def __init__(self, browser: Browser, site: Site, *, width: int = 1280, javascript: bool = True, state=None) -> None:
        self.site = site
        self.javascript = javascript
        self.context = browser.new_context(
            base_url=site.url, viewport={"width": width, "height": 900}, java_script_enabled=javascript,
            locale="nl-BE", timezone_id="Europe/Brussels", reduced_motion="reduce", storage_state=state,
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        self.problems: list[str] = []
        self.expected: set[int] = set()
        self.page = self.open_tab()
        self.interactions = 0

    def open_tab(self) -> Page:
        """Open one more page, watched like the first."""
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on("response", self._look_at)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        """Keep what the browser complains about: scripts that fail and a content policy that is broken."""
        if message.type == "error" and not any(words in message.text for words in (SAID_TWICE, *BROKEN_OFF)):
            self.problems.append(f"{message.page.url if message.page else ''}: {message.text}")

    def _look_at(self, response: Response) -> None:
        if response.status < 400 or response.status in self.expected:
            return
        # Wagtail saves a draft while one writes, and answers 400 as long as the form lacks something.
        if response.status == 400 and response.request.method == "POST" and "/beheer/" in response.url:
            return
        self.problems.append(f"{response.status} {response.request.method} {response.url}")

    @contextmanager
    def expecting(self, status: int):
        """Let the site answer with a refusal for a while."""
        self.expected.add(status)
        try:
            yield
        finally:
            self.expected.discard(status)

    def go(self, path: str) -> int:
        """Open an address and tell what the site answered."""
        answer = self.page.goto(path)
        return answer.status if answer else 0

    def press(self, name: str, *, role: str = "button", exact: bool = False, within=None) -> None:
        """Press what says this, and wait for the page it leads to."""
        self.interactions += 1
        target = (within or self.page).get_by_role(role, name=name, exact=exact).first
        with self.page.expect_event("load"):
            target.click()

    def follow(self, name: str, **options) -> None:
        """Follow a link by what it says."""
        self.press(name, role="link", **options)

    def unfold(self, text: str) -> None:
        """Open a part of the page that is folded."""
        self.interactions += 1
        self.page.locator("summary").filter(has_text=text).first.click()

    def choose(self, label: str, *, group: str = "", exact: bool = True) -> None:
        """Choose a radio or a tick by its label, in the group with this name when there are more."""
        self.interactions += 1
        where = self.page.get_by_role("radiogroup", name=group) if group else self.page
        where.get_by_label(label, exact=exact).first.check(force=True)

    def type(self, label: str, text: str, *, exact: bool = False) -> None:
        """Type in a field by its label."""
        self.interactions += 1
        self.page.get_by_label(label, exact=exact).first.fill(text)

    def log_in(self, address: str) -> None:
        """Fill in the page on which the site asks who one is."""
        self.type("E-mail", address)
        self.type("Wachtwoord", PASSWORD)
        self.press("Meld me aan")

    def sees(self, text: str) -> None:
        """Fail unless the page shows a text."""
        self.page.get_by_text(text).first.wait_for(state="visible")

    def sees_not(self, text: str) -> None:
        """Fail when the source of the page holds a text anywhere."""
        assert text not in self.page.content(), f"{self.page.url} shows {text!r}"

    @property
    def path(self) -> str:
        """Give where one is, without the host and what stands behind the path."""
        return urlsplit(self.page.url).path

    @property
    def title(self) -> str:
        """Give the one heading of the page."""
        return self.page.get_by_role("heading", level=1).inner_text()
