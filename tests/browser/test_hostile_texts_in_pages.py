"""Whatever people and peers write is shown on every screen, and never runs or breaks the page."""

import json

from console_places import places
from markup_text import PWNED
from playwright.sync_api import expect

from console import PATIENCE_MS, Console, signed_in

MADE_OF_TEXT = "script:not([src]), iframe, object, embed, [onerror], [onload], [onfocus], base"
LEADS_AWAY = "[href^='javascript:' i], [src^='http'], [href^='http']:not([href^='http://127.'])"


def assert_harmless(console: Console, name: str) -> None:
    """Raise AssertionError where a text became part of the page, or broke it."""
    page = console.page
    assert page.evaluate(f"() => window.{PWNED} ?? Object.prototype.{PWNED} ?? null") is None, name
    assert page.locator(MADE_OF_TEXT).count() == 0, name
    assert page.locator(LEADS_AWAY).count() == 0, name
    assert page.locator("main [role=alert] code").count() == 0, f"{name} broke"
    assert page.evaluate("() => document.querySelectorAll('body[data-screens]').length") == 1, name


def test_hostile_texts_are_shown_and_never_run(chromium, hostile_nodes):
    for node in hostile_nodes:
        with signed_in(chromium, node) as console:
            for name, address in places(console):
                console.go(address)
                assert_harmless(console, name)


def test_a_hostile_name_in_the_address_is_no_part_of_the_page(chromium, two_nodes):
    north, _south = two_nodes
    with signed_in(chromium, north) as console:
        for text in ("<img src=x onerror=window.__pwned=1>", "__proto__", "%", "%00", "../admin"):
            console.page.evaluate("hash => { location.hash = hash }", f"#/{text}?id={text}")
            expect(console.page.locator("main")).to_be_visible(timeout=PATIENCE_MS)
            assert_harmless(console, text)


def test_hostile_preferences_and_drafts_are_taken_for_none(chromium, two_nodes):
    north, _south = two_nodes
    with signed_in(chromium, north) as console:
        for kept in ("{", "[]", "null", json.dumps({"theme": "<b>", "language": "__proto__"})):
            console.page.evaluate(
                """kept => { for (const key of Object.keys(localStorage))
                             if (!key.endsWith('signed-in')) localStorage.setItem(key, kept) }""",
                kept,
            )
            console.page.reload()
            console.page.locator("body[data-screens]").wait_for()
            assert_harmless(console, kept)
