"""An administrator admits a person and has the ledger verified, in the browser alone."""

from console_nodes import PASSWORD
from playwright.sync_api import expect

from console import PATIENCE_MS, signed_in

NEWCOMER = "deck.officer"


def test_a_new_person_signs_in_and_the_ledger_is_verified(chromium, own_nodes):
    north, _south = own_nodes
    with signed_in(chromium, north, "admin") as console:
        console.go("admin/users")
        console.fill("Name", NEWCOMER)
        console.fill("Password", PASSWORD)
        console.page.get_by_role("checkbox", name="watch officer").check()
        console.press("Make user")
        expect(console.row(NEWCOMER)).to_contain_text("watch officer", timeout=PATIENCE_MS)
        console.go("admin/ledger")
        console.press("Verify the ledger")
        console.sees("whole")
        expect(console.page.get_by_text("NOT WHOLE")).to_have_count(0)
    with signed_in(chromium, north, NEWCOMER) as console:
        paths = {screen.path for screen in console.screens()}
        assert "watch/notices" in paths
        assert "admin/users" not in paths
