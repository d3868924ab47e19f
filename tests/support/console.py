"""A person at a console: signs in, goes to screens, and works by role and label as people do.

with signed_in(browser, north, "planner", theme="night") as console:
    console.go("plan/board")
    console.fill("Title", "Survey"); console.press("Declare")
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from console_browser import Seen, watched
from console_nodes import EVERYONE, PASSWORD, ConsoleNode
from playwright.sync_api import Browser, Locator, Page, expect

THEMES = ("day", "dusk", "night")
LANGUAGES = ("en", "ru", "he", "ar", "fr")
SIZES = {"1280x800": (1280, 800), "1920x1080": (1920, 1080)}
PATIENCE_MS = 30_000.0  # a busy machine is no failure
PREFERENCES = "wideberth.prefs"
SHOTS = Path("build/screens")


@dataclass
class Screen:
    """A screen as the page lists it: its path in the hash, and the right it needs."""

    path: str
    needs: str = ""


@dataclass
class Console:
    """A page of the console, signed in or not."""

    node: ConsoleNode
    page: Page
    seen: Seen
    user: str = EVERYONE
    _shots: list[Path] = field(default_factory=list)

    def open(self) -> None:
        """Load the page anew and wait for the frame."""
        self.page.goto(f"{self.node.url}/")

    def sign_in(self) -> None:
        """Fill the form of the first page and wait until the screens are there."""
        form = self.page.locator("form", has=self.page.locator("[autocomplete=current-password]"))
        form.locator("[autocomplete=username]").fill(self.user)
        form.locator("[autocomplete=current-password]").fill(PASSWORD)
        form.locator("[autocomplete=current-password]").press("Enter")
        self.page.locator("body[data-screens]").wait_for()

    def screens(self) -> list[Screen]:
        """Return what screens there are for this person."""
        listed = self.page.locator("body").get_attribute("data-screens") or "[]"
        return [Screen(one["path"], one.get("needs") or "") for one in json.loads(listed)]

    def go(self, path: str) -> None:
        """Go to a screen by the address, as a bookmark does, and wait until it stands."""
        self.page.evaluate("path => { location.hash = '#/' + path }", path)
        name = path.split("?", maxsplit=1)[0]
        self.page.locator(f"body[data-screen='{name}'] main > *").first.wait_for()
        self.settle()

    def settle(self) -> None:
        """Wait until the page has all it asked for, and drew it."""
        self.seen.settle(self.page)

    def prefer(self, **chosen: str) -> None:
        """Load the page anew with another theme, language or unit, as if chosen before."""
        self.page.evaluate(
            """([key, chosen]) => {
                 const kept = JSON.parse(localStorage.getItem(key) ?? '{}');
                 localStorage.setItem(key, JSON.stringify({...kept, ...chosen}));
               }""",
            [PREFERENCES, chosen],
        )
        self.page.reload()
        self.page.locator("body[data-screens]").wait_for()

    def turn_to(self, theme: str) -> None:
        """Change the theme by its key until it is this one."""
        root = self.page.locator("html")
        for _ in THEMES:
            if root.get_attribute("data-theme") == theme:
                break
            self.page.keyboard.press("Alt+t")
        assert root.get_attribute("data-theme") == theme, "the key turns through all themes"
        self.settle()

    def button(self, name: str) -> Locator:
        """Return a button by what it says."""
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, name: str) -> None:
        """Press a button."""
        self.button(name).click()

    def field(self, label: str) -> Locator:
        """Return a field by its label, be it required or not."""
        return self.page.get_by_label(re.compile(rf"^{re.escape(label)} ?\*?$"))

    def fill(self, label: str, value: str) -> None:
        """Fill a field by its label."""
        self.field(label).fill(value)

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a list by its label."""
        self.field(label).select_option(label=option)

    def region(self, name: str) -> Locator:
        """Return a part of the page by its name."""
        return self.page.get_by_role("region", name=name, exact=True)

    def dialog(self) -> Locator:
        """Return the question in front of everything."""
        return self.page.get_by_role("dialog")

    def pick(self, text: str) -> None:
        """Press the first button that says a text among other things, as rows of lists do."""
        self.page.get_by_role("main").get_by_role("button", name=text).first.click()

    def row(self, text: str) -> Locator:
        """Return the row of a table that has a text."""
        return self.page.get_by_role("row").filter(has_text=text)

    def sees(self, text: str) -> None:
        """Wait until a text is there to be read."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=PATIENCE_MS)

    def shoot(self, name: str) -> Path:
        """Keep a picture of the page as it is."""
        path = SHOTS / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, animations="disabled", caret="hide")
        self._shots.append(path)
        return path


@contextmanager
def signed_in(
    browser: Browser,
    node: ConsoleNode,
    user: str = EVERYONE,
    *,
    theme: str = "day",
    language: str = "en",
    size: tuple[int, int] = (1280, 800),
    way_in: bool = False,
) -> Iterator[Console]:
    """Give a console at a node; leaving it fails for all that went wrong in the page.

    way_in: not signed in yet.
    """
    with watched(a_context(browser, size)) as seen:
        page = seen.context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        console = Console(node, page, seen, user)
        _remember(page, {"theme": theme, "language": language})
        console.open()
        if not way_in:
            console.sign_in()
        console.settle()
        yield console


def a_context(browser: Browser, size: tuple[int, int]) -> Any:
    """Return a context that is the same on every machine: zone, language, no motion."""
    width, height = size
    return browser.new_context(
        viewport={"width": width, "height": height},
        locale="en-GB",
        timezone_id="Asia/Nicosia",
        reduced_motion="reduce",
        service_workers="block",
    )


def _remember(page: Page, chosen: dict[str, str]) -> None:
    """Let the page find preferences, as if chosen on a day before."""
    text = json.dumps(chosen)
    page.add_init_script(
        f"if (!localStorage.getItem({PREFERENCES!r}))"
        f" localStorage.setItem({PREFERENCES!r}, {text!r})"
    )
