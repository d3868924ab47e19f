"""What people do at consoles, step by step, as the five roles do it: by role and label alone.

with north_and_south(chromium, nodes) as desks:
    planner, watch = desks("north", "planner"), desks("south", "watch")
    type_flight(planner, "N-PHOTO", hours=(9, 10)); declare(planner)
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

from console_nodes import HOUR_S, ConsoleNode
from console_seed import circle, declaration, volume
from playwright.sync_api import Browser, Locator, expect

from console import PATIENCE_MS, Console, signed_in
from wideberth.adapters.clock import SystemClock

Desks = Callable[[str, str], Console]
CENTRE = (35.3, 34.2)
CENTRE_TYPED = "34-12-00N 035-18-00E"
FLASH = "C1F"


@contextmanager
def north_and_south(browser: Browser, nodes: tuple[ConsoleNode, ConsoleNode]) -> Iterator[Desks]:
    """Give consoles by party and user; each is signed in once and stays."""
    by_party = {node.party: node for node in nodes}
    made: dict[tuple[str, str], Console] = {}
    with ExitStack() as stack:

        def desk(party: str, user: str) -> Console:
            key = (party, user)
            if key not in made:
                made[key] = stack.enter_context(signed_in(browser, by_party[party], user))
            return made[key]

        yield desk


def hour(after: float) -> float:
    """Return the moment some hours after the hour that began last."""
    return SystemClock().now_s() // HOUR_S * HOUR_S + after * HOUR_S


def typed_hour(after: float) -> str:
    """Return that moment as people type it."""
    return datetime.fromtimestamp(hour(after), UTC).strftime("%Y-%m-%d %H:%MZ")


def hold(node: ConsoleNode, name: str, title: str, hours: tuple[float, float]) -> None:
    """Let a node have declared a flight in the same place, before the day begins."""
    air = volume("air", circle(*CENTRE, 5000.0), (300.0, 1800.0), hours, hour(0))
    node.post("/activities", declaration(node, name, "transit", title, air))


def type_flight(planner: Console, name: str, title: str, hours: tuple[float, float]) -> None:
    """Type a flight into an empty editor, up to 5,000 ft."""
    planner.go("plan/edit?new=1")
    planner.fill("Name", name)
    planner.fill("Title", title)
    planner.fill("Kind", "survey")
    planner.fill("Contact: the role that answers", "planner on duty")
    planner.choose("Shape", "Circle")
    planner.fill("Radius (NM)", "3")
    planner.fill("Place 1", CENTRE_TYPED)
    upper = planner.page.get_by_role("group", name="To (upper)")
    upper.get_by_role("textbox", name="To (upper)").fill("5000")
    type_times(planner, hours)


def type_times(planner: Console, hours: tuple[float, float]) -> None:
    """Type when it begins and ends."""
    for label, after in zip(("Start", "End"), hours, strict=True):
        planner.fill(label, typed_hour(after))


def declare(planner: Console, name: str) -> None:
    """Declare what is in the editor, after the last look; returns when the node has it."""
    planner.press("Declare…")
    expect(planner.dialog()).to_contain_text("What goes to whom", timeout=PATIENCE_MS)
    planner.dialog().get_by_role("button", name="Declare", exact=True).click()
    planner.sees(f"Declared: {name}, revision 1")


def rung(console: Console, peer: str, name: str, *, way: str = "to") -> Locator:
    """Return a rung of the receipts of the notice that the console shows."""
    ladder = console.page.get_by_role("list", name=f"Receipts of the notice {way} {peer}")
    return ladder.get_by_role("listitem").filter(has_text=name)


def climbed(console: Console, peer: str, name: str, *, way: str = "to") -> None:
    """Wait until a rung is shown as reached."""
    expect(rung(console, peer, name, way=way)).to_contain_text("reached", timeout=PATIENCE_MS)


def choose_phrase(console: Console, code: str) -> None:
    """Look a phrase up in the phrase book."""
    console.press("Choose a phrase")
    book = console.dialog()
    book.get_by_label("Search in any language, or by code").fill(code)
    book.get_by_role("button", name=re.compile(f"^{code}")).click()


def the_alert(console: Console, text: str) -> Locator:
    """Return what stands in front of every screen."""
    return console.page.get_by_role("alert").filter(has_text=text).first
