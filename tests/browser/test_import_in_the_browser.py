"""A planner takes in what another wrote, sees what was not understood, and declares the rest."""

from playwright.sync_api import expect

from console import PATIENCE_MS, signed_in

UNREAD = "KEEP CLEAR OF THE FLOATING CRANE"
WARNING = f"""NAVAREA III 0123/26
EASTERN MEDITERRANEAN
GUNNERY EXERCISES 101000Z TO 101400Z DEC 26
IN AREA BOUNDED BY
34-00.0N 033-30.0E
34-00.0N 033-50.0E
34-20.0N 033-50.0E
34-20.0N 033-30.0E
{UNREAD}.
"""


def test_what_was_not_read_of_a_file_is_shown_before_the_rest_is_declared(chromium, own_nodes):
    north, _south = own_nodes
    with signed_in(chromium, north, "planner") as console:
        console.go("plan/import")
        console.page.get_by_role("main").get_by_role("textbox").first.fill(WARNING)
        console.press("Read it")
        unread = console.region("Detail")
        expect(unread).to_contain_text(UNREAD, timeout=PATIENCE_MS)
        console.page.get_by_role("checkbox", name="Accept").first.check()
        console.fill("Contact for all of them", "planner on duty")
        console.press("Declare 1 accepted…")
        console.dialog().get_by_role("button", name="Declare", exact=True).click()
        console.sees("1 of 1 declared, 0 failed")
