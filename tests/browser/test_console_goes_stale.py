"""A frozen picture never looks alive: the console says within 5 s that its node is silent.

And it recovers by itself, with what was typed still there.
"""

import os
import signal

import pytest
from console import PATIENCE_MS, signed_in

STALE_WITHIN_MS = 5_000.0
STALE = "html[data-stale=true]"
FRESH = "html[data-stale=false]"
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
    at_work.sees("old")
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
