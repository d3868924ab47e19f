"""Alarms are not hidden by what a person does meanwhile, and end with the one who signs out."""

import re

import pytest
from playwright.sync_api import expect

from console import PATIENCE_MS, signed_in

RESCUE = {
    "role": "duty officer",
    "to_role": "duty officer",
    "precedence": "flash",
    "code": "D3T",
    "values": ["7", "36-12-00.00N 026-06-00.00E"],
    "parties": ["north", "south"],
}


@pytest.fixture
def on_watch(chromium, own_nodes):
    """A person at north's console, and south's node."""
    north, south = own_nodes
    with signed_in(chromium, north) as console:
        yield console, south


def test_a_flash_call_stands_in_a_dialog_that_was_open_before_it_rang(on_watch):
    console, south = on_watch
    console.page.get_by_role("banner").get_by_role("button").last.click()
    dialog = console.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    south.post("/council/call", RESCUE)
    dialog.get_by_role("link", name="Go to the call").click(timeout=PATIENCE_MS)
    expect(dialog).to_be_hidden()
    expect(console.page).to_have_url(re.compile("#/watch/hotline"))


def test_silencing_one_alarm_does_not_silence_the_next(on_watch):
    console, south = on_watch
    silence = console.page.get_by_role("button", name="Silence")
    south.post("/council/call", RESCUE)
    silence.click(timeout=PATIENCE_MS)
    expect(silence).to_be_hidden()
    south.post("/council/call", RESCUE)
    expect(silence).to_be_visible(timeout=PATIENCE_MS)


def test_the_next_person_finds_nothing_of_the_one_who_signed_out(on_watch):
    console, _south = on_watch
    console.page.evaluate("window.kept = 'of the one before'")
    console.page.get_by_role("banner").get_by_role("button").last.click()
    console.page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(console.button("Sign in")).to_be_visible(timeout=PATIENCE_MS)
    assert console.page.evaluate("window.kept") is None
