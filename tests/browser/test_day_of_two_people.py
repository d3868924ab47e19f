"""Two people at two consoles do the whole of a day, by role and label alone.

Each step asks what a person sees on the other console.
"""

import re

import pytest
from console_nodes import console_nodes
from console_work import (
    FLASH,
    choose_phrase,
    climbed,
    declare,
    hold,
    north_and_south,
    the_alert,
    type_flight,
    type_times,
)
from playwright.sync_api import expect

from console import PATIENCE_MS

CONFLICT = "1 conflict"
SETTLED = "It will keep 1000 feet above the ferry."
FERRY = "The ferry sails at that hour."
SIGNED = "Sign and send"


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    """Two nodes of this day alone."""
    with console_nodes(tmp_path_factory.mktemp("day")) as nodes:
        yield nodes


@pytest.fixture(scope="module")
def desks(chromium, day):
    with north_and_south(chromium, day) as found:
        yield found


def test_a_plan_is_mended_declared_read_back_and_acknowledged_to_unit_level(day, desks):
    hold(day[1], "S-TRANSIT", "Transit of two aircraft", (9, 11))
    planner, watch = desks("north", "planner"), desks("south", "watch")
    watch.go("watch/notices")
    type_flight(planner, "N-PHOTO", "Photo flight", (9, 10))
    found = planner.region("Detail")
    expect(found).to_contain_text(CONFLICT, timeout=PATIENCE_MS)
    expect(found).to_contain_text("S-TRANSIT")
    type_times(planner, (13, 14))
    planner.sees("No conflict found")
    declare(planner, "N-PHOTO")

    watch.pick("N-PHOTO")
    watch.press("I have read it")
    watch.sees("Read: north sees it.")

    planner.page.get_by_role("link", name="See it on the board").click()
    climbed(planner, "south", "Read by the watch")
    planner.go("plan/read-back")
    planner.pick("N-PHOTO")
    expect(planner.page.get_by_role("cell", name="34-12-00.00N 035-18-00.00E")).to_be_visible()
    planner.press("They agree")
    planner.sees("Told to south")

    watch.page.get_by_role("checkbox", name="patrol-2").check()
    watch.press("Pass to units")
    watch.sees("Passed on.")
    watch.press("Acknowledge for the unit")
    climbed(watch, "north", "Acknowledged by units", way="from")
    watch.go("plan/read-back")
    watch.page.get_by_role("tab", name="We received").click()
    expect(watch.page.get_by_role("button", name="N-PHOTO")).to_contain_text(
        "agreed", timeout=PATIENCE_MS
    )

    planner.go("plan/board")
    effective = planner.page.locator("details", has_text="In effect with every peer")
    expect(effective).to_contain_text("N-PHOTO", timeout=PATIENCE_MS)
    climbed(planner, "south", "Acknowledged by units")


def test_a_concern_about_a_notice_is_raised_answered_and_accepted(day, desks):
    hold(day[0], "N-FERRY", "Flight over the ferry", (20, 21))
    secretary, watch = desks("north", "secretary"), desks("south", "watch")
    secretary.go("council/concerns")
    watch.go("watch/notices")
    watch.pick("N-FERRY")
    watch.page.get_by_role("link", name="Raise a concern").click()
    watch.fill("Title", "Low over the ferry")
    watch.fill("In words", FERRY)
    watch.field("Clause of the agreement").select_option(value="S3")
    watch.press(SIGNED)
    watch.sees("raised")

    secretary.row("Low over the ferry").click()
    secretary.sees(FERRY)
    secretary.press("Answer")
    secretary.fill("In words", SETTLED)
    secretary.press(SIGNED)

    watch.sees(SETTLED)
    watch.press("Accept the answer: settled")
    watch.press(SIGNED)
    settled = secretary.page.get_by_role("article", name="Low over the ferry")
    expect(settled).to_contain_text("settled", timeout=PATIENCE_MS)


def test_a_flash_stands_in_front_of_any_screen_until_it_is_taken_and_answered(day, desks):
    hold(day[1], "S-LIVE", "Live firing", (2, 3))
    planner, watch = desks("north", "planner"), desks("south", "watch")
    watch.go("plan/conflicts")
    planner.go("watch/hotline")
    choose_phrase(planner, FLASH)
    planner.fill("Activity (its id)", "S-LIVE")
    planner.press("Send FLASH now")

    flash = the_alert(watch, "FLASH call")
    expect(flash).to_be_visible(timeout=PATIENCE_MS)
    watch.go("council/overview")
    expect(flash).to_be_visible()
    flash.get_by_role("link", name="Go to the call").click()
    expect(watch.page.get_by_role("article")).to_contain_text("Stop. End this activity now: S-LIVE")
    watch.page.get_by_role("article").get_by_role("button", name="Take the call").click()
    expect(the_alert(watch, "FLASH call")).to_be_hidden(timeout=PATIENCE_MS)

    call = planner.page.get_by_role("article")
    expect(call).to_contain_text("taken", timeout=PATIENCE_MS)
    watch.fill("Own words (kept as they are)", "It has ended.")
    watch.press("Answer")
    expect(call).to_contain_text("It has ended.", timeout=PATIENCE_MS)
    expect(call).to_contain_text("answered")


def test_a_watch_is_handed_over_with_all_that_is_open(day, desks):
    hold(day[0], "N-LATER", "Left to the next officer", (30, 31))
    leaving, coming = desks("south", "watch"), desks("south", "everyone")
    for officer in (leaving, coming):
        officer.go("watch/log")
    _accept_all(leaving)
    _act(leaving, "Take the watch")
    leaving.press("Hand over")
    leaving.dialog().get_by_label(re.compile("^To whom")).fill("everyone")
    leaving.dialog().get_by_role("button", name="Hand over", exact=True).click()

    coming.button("Accept the watch").first.wait_for()
    expect(coming.region("Open items")).to_contain_text("N-LATER")
    _accept_all(coming)
    _act(coming, "Accept the watch")
    held = leaving.region("Who has the watch").get_by_role("listitem").first
    expect(held).to_contain_text("everyone", timeout=PATIENCE_MS)
    log = leaving.region("Log").get_by_role("row").filter(has_text="everyone")
    expect(log.first).to_contain_text("accepted")


def _accept_all(officer):
    for item in officer.region("Open items").get_by_role("listitem").all():
        item.get_by_role("checkbox").check()


def _act(officer, name):
    """Press a button of the first watch, and again in the question that follows."""
    officer.button(name).first.click()
    officer.dialog().get_by_role("button", name=name, exact=True).click()
    expect(officer.dialog()).to_have_count(0, timeout=PATIENCE_MS)
