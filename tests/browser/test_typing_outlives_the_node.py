"""What a person typed into a form outlives the death of the node, and can be sent afterwards."""

import pytest
from console_work import choose_phrase, declare, type_flight
from playwright.sync_api import expect

from console import PATIENCE_MS, signed_in

CUT = ("ERR_CONNECTION", "ERR_INCOMPLETE_CHUNKED", "ERR_NETWORK", "ERR_EMPTY_RESPONSE")
WORDS = "It is ours; it turns back now."


def _type_flight(console):
    type_flight(console, "N-KEPT", "Kept flight", (9, 10))


def _declare(console):
    declare(console, "N-KEPT")


def _type_concern(console):
    console.go("council/concerns")
    console.press("Raise a concern")
    console.fill("Title", "Unlit ships")
    console.fill("In words", WORDS)
    console.field("Clause of the agreement").select_option(value="S3")


def _raise(console):
    console.press("Sign and send")
    expect(console.page.get_by_role("article", name="Unlit ships")).to_contain_text(
        "raised", timeout=PATIENCE_MS
    )


def _type_answer(console):
    console.go("watch/hotline")
    console.pick("south")
    choose_phrase(console, "L1N")
    console.fill("Own words (kept as they are)", WORDS)


def _answer(console):
    console.press("Answer")
    expect(console.page.get_by_role("article")).to_contain_text("answered", timeout=PATIENCE_MS)


def _ring(south):
    """Ring north, so that somebody may answer there."""
    words = {"words": "Say what that is.", "language": "en", "precedence": "immediate"}
    south.post("/council/call", {"role": "duty officer", "to_role": "duty officer"} | words)


@pytest.mark.parametrize(
    ("typed", "kept", "send"),
    [
        (_type_flight, "Kept flight", _declare),
        (_type_concern, WORDS, _raise),
        (_type_answer, WORDS, _answer),
    ],
    ids=["editor", "concern", "hotline"],
)
def test_what_was_typed_is_there_after_the_node_died_and_can_be_sent(
    chromium, own_nodes, typed, kept, send
):
    north, south = own_nodes
    if typed is _type_answer:
        _ring(south)
    with signed_in(chromium, north) as console:
        for part in CUT:
            console.seen.expect(part)
        typed(console)
        north.process.kill()
        console.page.locator("html[data-stale=true]").wait_for(state="attached")
        north.restart()
        console.page.locator("html[data-stale=false]").wait_for(state="attached")
        assert kept in _values(console)
        send(console)


def _values(console):
    """Return what stands in the fields of the page."""
    return (
        console.page.get_by_role("main")
        .get_by_role("textbox")
        .evaluate_all("all => all.map(one => one.value)")
    )
