"""A watch officer's work at two consoles: a flash is taken and answered, a notice dealt with.

The watch is taken with all that is open. What a screen says was done is asked of the other node.
"""

import pytest
from console_seed import circle, declaration, volume
from ending_waits import until
from playwright.sync_api import expect

from console import PATIENCE_MS, signed_in
from wideberth.adapters.clock import SystemClock

RESCUE = {
    "role": "duty officer",
    "to_role": "duty officer",
    "precedence": "flash",
    "code": "D3T",
    "values": ["7", "36-12-00.00N 026-06-00.00E"],
    "parties": ["north", "south"],
}
CALL = "/council/call/south/C-1"


@pytest.fixture
def on_watch(chromium, own_nodes):
    """A person at north's console, and south's node."""
    north, south = own_nodes
    with signed_in(chromium, north) as console:
        yield console, south


def _notice(node):
    return node.get("/notices")["items"][0]


def test_a_flash_is_taken_two_clicks_after_it_rings_and_answered_by_the_phrase_book(on_watch):
    console, south = on_watch
    south.post("/council/call", RESCUE)
    console.page.get_by_role("link", name="Go to the call").first.click()
    console.page.get_by_role("article").get_by_role("button", name="Take the call").click()
    console.sees("Taken: south sees that duty officer holds the call.")
    console.press("Choose a phrase")
    console.page.get_by_role("searchbox").fill("help-on-the-way")
    console.page.get_by_role("dialog").get_by_role("listitem").get_by_role("button").click()
    console.page.get_by_role("textbox", name="Call sign").fill("RESCUE 4")
    console.page.get_by_role("textbox", name="Time").fill("2031-05-14T12:10:00+02:00")
    expect(console.button("Answer")).to_be_enabled(timeout=PATIENCE_MS)
    console.page.get_by_role("textbox", name="Call sign").press("Enter")
    console.sees("Said.")
    until("south has the answer", lambda: south.get(CALL)["stand"]["state"] == "answered")
    stand = south.get(CALL)["stand"]
    assert stand["holder"] == "duty officer"
    assert stand["texts"][1]["values"] == ["RESCUE 4", "2031-05-14T10:10:00Z"]


def test_a_notice_is_read_passed_on_and_acknowledged_for_a_unit(on_watch):
    console, south = on_watch
    area = volume(
        "air", circle(33.0, 34.0, 5000.0), (300.0, 900.0), (30, 32), SystemClock().now_s()
    )
    south.post("/activities", declaration(south, "S-1", "survey", "Survey", area))
    console.go("watch/notices")
    console.press("I have read it")
    console.sees("Read: south sees it.")
    console.page.get_by_role("group", name="Pass to units").get_by_role("checkbox").first.check()
    console.press("Pass to units")
    console.press("Acknowledge for the unit")
    console.sees("Acknowledged.")
    until("south knows of it", lambda: _notice(south)["rung"] == "acknowledged")
    assert _notice(south)["units"][0]["acknowledged_s"]


def test_the_watch_is_taken_only_with_every_open_item(on_watch):
    console, south = on_watch
    south.post("/council/call", RESCUE | {"precedence": "routine"})
    console.go("watch/log")
    console.sees("call/south/C-1")
    console.button("Take the watch").first.click()
    dialog = console.page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Take the watch")).to_be_disabled()
    console.page.keyboard.press("Escape")
    for box in console.page.get_by_role("listitem").get_by_role("checkbox").all():
        box.check()
    console.button("Take the watch").first.click()
    dialog.get_by_role("button", name="Take the watch").click()
    expect(console.button("Hand over")).to_be_visible(timeout=PATIENCE_MS)
    held = console.node.get("/watch")["watches"]
    assert [one["user"] for one in held if one["role"] == "duty officer"] == [console.user]
