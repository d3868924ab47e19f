"""A frozen picture never looks alive: the console says within 5 s that its node is silent.

And it recovers by itself, with what was typed still there.
"""

import os
import signal

import pytest
from playwright.sync_api import expect

from console import PATIENCE_MS, signed_in

STALE_WITHIN_MS = 5_000.0
STALE = "html[data-stale=true]"
FRESH = "html[data-stale=false]"
OWN_WORDS = "Own words (kept as they are)"
TYPED = "A boat of ours is adrift."
CUT = ("ERR_CONNECTION", "ERR_INCOMPLETE_CHUNKED", "ERR_NETWORK", "ERR_EMPTY_RESPONSE")


@pytest.fixture
def at_work(chromium, own_nodes):
    """A person at north's console, whose line to its node will be cut."""
    north, _south = own_nodes
    with signed_in(chromium, north) as console:
        for part in CUT:
            console.seen.expect(part)
        console.page.locator(FRESH).wait_for(state="attached")
        yield console


def test_a_killed_node_leaves_its_console_stale_and_back_by_itself(at_work):
    at_work.node.process.kill()
    at_work.page.locator(STALE).wait_for(state="attached", timeout=STALE_WITHIN_MS)
    at_work.sees("STALE")
    at_work.node.restart()
    at_work.page.locator(FRESH).wait_for(state="attached", timeout=PATIENCE_MS)


def test_a_node_that_hangs_leaves_its_console_stale_and_back_by_itself(at_work):
    number = at_work.node.process.number
    os.kill(number, signal.SIGSTOP)
    try:
        at_work.page.locator(STALE).wait_for(state="attached", timeout=STALE_WITHIN_MS)
    finally:
        os.kill(number, signal.SIGCONT)
    at_work.page.locator(FRESH).wait_for(state="attached", timeout=PATIENCE_MS)


def test_what_was_typed_outlives_the_node_and_the_page(at_work):
    at_work.go("watch/hotline")
    words = at_work.page.get_by_label(OWN_WORDS)
    words.fill(TYPED)
    at_work.node.process.kill()
    at_work.page.locator(STALE).wait_for(state="attached", timeout=PATIENCE_MS)
    words.press_sequentially(" Over.")
    at_work.node.restart()
    at_work.page.locator(FRESH).wait_for(state="attached", timeout=PATIENCE_MS)
    expect(words).to_have_value(f"{TYPED} Over.")
    at_work.page.reload()
    expect(words).to_have_value(f"{TYPED} Over.", timeout=PATIENCE_MS)
