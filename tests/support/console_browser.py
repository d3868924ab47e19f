"""Debian's Chromium for tests, and pages that tell all that goes wrong in them.

with launched() as browser, watched(browser.new_context()) as seen:
    page = seen.context.new_page()
    page.goto(url)
# leaving `watched` raises AssertionError with every complaint of every page
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Route,
    sync_playwright,
)

INSTALL = "apt-get install --no-install-recommends chromium fonts-dejavu-core"
DRAWN_BY = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")  # the same on every machine
LOOPBACK = ("127.0.0.1", "localhost")
NOISE = ("GPU stall due to ReadPixels",)
CALM_LOOKS = 3
DRAWN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 30)))"
AT_REST = "() => !document.querySelector('.maplibregl-map:not([data-drawn])')"
STREAM = "/events"  # never ends
_BLOCKED = "securitypolicyviolation"


@contextmanager
def launched() -> Iterator[Browser]:
    """Give a Chromium that ends with the context; AssertionError where none is installed."""
    path = shutil.which("chromium")
    assert path, f"these tests need Chromium, which .ci/run installs: {INSTALL}"
    args = [*DRAWN_BY, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, headless=True, args=args)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Seen:
    """A context, and what its pages complained of. expected: what a test brings about itself."""

    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    _asked: set[Request] = field(default_factory=set)

    def complain(self, what: str) -> None:
        """Keep a complaint, unless it is known noise."""
        if not any(noise in what for noise in NOISE):
            self.complaints.append(what)

    def expect(self, part: str) -> None:
        """Let complaints with these words pass: the test itself is their cause."""
        self.expected.append(part)

    def ask(self, request: Request) -> None:
        """Keep that an answer is awaited."""
        if urlsplit(request.url).path != STREAM:
            self._asked.add(request)

    def heard(self, request: Request) -> None:
        """Keep that the answer came, or will not come."""
        self._asked.discard(request)

    def settle(self, page: Page) -> None:
        """Wait until a page waits for no answer any more, and has drawn what came."""
        calm = 0
        while calm < CALM_LOOKS:
            page.evaluate(DRAWN)
            calm = calm + 1 if not self._asked and page.evaluate(AT_REST) else 0

    @property
    def wrong(self) -> list[str]:
        """Return the complaints that nobody expected."""
        return [one for one in self.complaints if not any(part in one for part in self.expected)]


@contextmanager
def watched(context: BrowserContext) -> Iterator[Seen]:
    """Watch all pages of a context; close it, and raise AssertionError with what went wrong."""
    seen = Seen(context)
    context.route("**/*", lambda route: _allow(seen, route))
    context.expose_function("__blocked", lambda what: seen.complain(f"blocked by policy: {what}"))
    context.add_init_script(
        f"addEventListener('{_BLOCKED}', e => __blocked("
        "e.violatedDirective + ' ' + e.blockedURI + ' at ' + location.hash), true)"
    )
    context.on("page", lambda page: _listen(seen, page))
    context.on("weberror", lambda error: seen.complain(f"page error: {error.error}"))
    try:
        yield seen
        for page in context.pages:  # what was posted and not heard yet
            page.evaluate("1")
    finally:
        context.close()
    assert not seen.wrong, "\n".join(seen.wrong)


def _allow(seen: Seen, route: Route) -> None:
    if urlsplit(route.request.url).hostname in LOOPBACK:
        route.continue_()
        return
    seen.complain(f"request off loopback: {route.request.url}")
    route.abort()


def _listen(seen: Seen, page: Page) -> None:
    page.on("request", seen.ask)
    page.on("requestfinished", seen.heard)
    page.on("requestfailed", seen.heard)
    page.on("console", lambda message: _hear(seen, message))
    page.on("dialog", lambda dialog: (seen.complain(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("crash", lambda _page: seen.complain("the page crashed"))
    page.on("popup", lambda popup: seen.complain(f"popup: {popup.url}"))


def _hear(seen: Seen, message: ConsoleMessage) -> None:
    if message.type in ("error", "warning"):
        where = message.location.get("url", "")
        seen.complain(f"console {message.type}: {message.text} ({where})")
