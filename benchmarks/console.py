"""The console beside the reference page, in one run of one browser.

The reference page: MapLibre alone (benchmarks/console), as large as the console's map and with
its view, given what is active at the times that the console showed. A step ends when the map is
idle with areas and tracks of the new time. Both pages were visited before.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

import msgspec
from playwright.sync_api import Browser, Page

from benchmarks.console_pages import SIZE, chromium, reference
from benchmarks.console_world import World
from benchmarks.figure import Figure, at_most
from benchmarks.node_run import NAME, PASSWORD, node_with, two_nodes
from wideberth.adapters.clock import SystemClock
from wideberth.model.activity import Activity
from wideberth.peering.wire import to_wire

STEPS = 12
WARM_UP = 2
STEP_RATIO = 1.3
FIRST_RATIO = 2.0
TOLD_WITHIN_MS = 1000.0
_SCREEN = "#/plan/board"
_NOWHERE = "about:blank"
_AT_REST = 5
_REST_MS = 800
_DRAWN = """(tracks) => new Promise(done => {
  const look = () => {
    const {ground, drawn = '0 0'} = document.querySelector('[data-drawn]')?.dataset ?? {};
    const [areas, movers] = drawn.split(' ').map(Number);
    if (ground && areas > 0 && movers >= tracks) done(performance.now());
    else requestAnimationFrame(look);
  };
  look();
})"""
_STEP = """() => new Promise(done => {
  const place = document.querySelector('[data-drawn]');
  const cursor = document.querySelector('.timebar g.cursor');
  cursor.focus();
  const begun_ms = performance.now();
  new MutationObserver((_, watching) => {
    if (place.dataset.time !== cursor.getAttribute('aria-valuenow')) return;
    watching.disconnect();
    done([Number(place.dataset.time), performance.now() - begun_ms]);
  }).observe(place, {attributeFilter: ['data-drawn']});
  cursor.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}));
})"""
_SHOWN = """() => {
  const place = document.querySelector('[data-drawn]');
  const {width, height} = place.getBoundingClientRect();
  return {width, height, view: place.dataset.view};
}"""
_DECLARE = """async (form) => {
  const {csrf} = await (await fetch('/api/v1/session')).json();
  const begun_ms = performance.timeOrigin + performance.now();
  const answer = await fetch('/api/v1/activities', {
    method: 'POST', body: JSON.stringify(form),
    headers: {'Content-Type': 'application/json', 'X-CSRF-Token': csrf},
  });
  if (answer.status !== 201) throw new Error(await answer.text());
  return begun_ms;
}"""
_TOLD = """(name) => { window.told = new Promise(done => {
  const look = () => {
    if (document.body.innerText.includes(name)) done(performance.timeOrigin + performance.now());
    else requestAnimationFrame(look);
  };
  look();
}) }"""


def figures(count: int = 10_000, *, rounds: int = 3, declarations: int = 20) -> Iterator[Figure]:
    """Yield the console's figures at so many volumes and tracks."""
    world = World(count, SystemClock().now_s())
    label = f"{count:,} volumes and tracks"
    with (
        tempfile.TemporaryDirectory() as name,
        node_with(Path(name), world.activities()) as url,
        reference(world.page()) as page,
        chromium() as browser,
    ):
        yield from _of_the_map(browser, url, page, label=label, rounds=rounds, count=count)
    with (
        tempfile.TemporaryDirectory() as name,
        two_nodes(Path(name)) as urls,
        chromium() as browser,
    ):
        told_ms = _told(browser, urls, declarations)
    yield at_most("declaration shown in the other console, median", median(told_ms), "ms",
                  TOLD_WITHIN_MS)  # fmt: skip


def _of_the_map(
    browser: Browser, url: str, page: str, *, label: str, rounds: int, count: int
) -> Iterator[Figure]:
    """Yield steps and first pictures: console, reference and empty map take turns."""
    first: dict[str, list[float]] = {"empty": [], "console": []}
    step: dict[str, list[float]] = {"reference": [], "console": []}
    with _signed_in(browser, url) as console, _plain(browser, page) as other:
        for _ in range(rounds):
            other.goto(_NOWHERE)
            console.goto(_NOWHERE)
            console.goto(f"{url}/{_SCREEN}")
            first["console"].append(console.evaluate(_DRAWN, count))
            times_s, shown = _console_steps(console, step["console"])
            console.goto(_NOWHERE)
            _reference_steps(other, f"{page}?{urlencode(shown)}", times_s, step["reference"])
            other.goto(_NOWHERE)
            other.goto(f"{page}?{urlencode(shown)}&empty")
            first["empty"].append(other.evaluate("() => window.ready"))
    steps = {name: median(found) for name, found in step.items()}
    firsts = {name: median(found) for name, found in first.items()}
    yield Figure("others at work on this machine, load of a minute", os.getloadavg()[0], "")
    yield Figure(f"reference page, time step, {label}", steps["reference"], "ms")
    yield Figure(f"console, time step, {label}", steps["console"], "ms")
    ratio = steps["console"] / steps["reference"]
    yield at_most(f"console / reference, time step, {label}", ratio, "ratio", STEP_RATIO)
    yield Figure("empty map, first picture", firsts["empty"], "ms")
    yield Figure(f"console, first useful picture, {label}", firsts["console"], "ms")
    ratio = firsts["console"] / firsts["empty"]
    yield at_most(f"console / empty map, first picture, {label}", ratio, "ratio", FIRST_RATIO)


def _console_steps(page: Page, step: list[float]) -> tuple[list[float], dict[str, Any]]:
    """Move the time bar by its arrow key; return the times shown, and the map's size and view."""
    page.wait_for_timeout(1000 * _AT_REST)
    times_s = []
    for number in range(STEPS):
        page.wait_for_timeout(_REST_MS)
        at_s, took_ms = page.evaluate(_STEP)
        times_s.append(at_s)
        if number >= WARM_UP:
            step.append(took_ms)
    return times_s, page.evaluate(_SHOWN)


def _reference_steps(page: Page, url: str, times_s: list[float], step: list[float]) -> None:
    """Show the same times on the reference page."""
    page.goto(url)
    page.evaluate("() => window.ready")
    for number, at_s in enumerate(times_s):
        page.wait_for_timeout(_REST_MS)
        took_ms = page.evaluate("at_s => window.step(at_s)", at_s)
        if number >= WARM_UP:
            step.append(took_ms)


@contextmanager
def _plain(browser: Browser, url: str) -> Iterator[Page]:
    """Give a page for the reference; it was there before, as the console's page was."""
    context = browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]})
    page = context.new_page()
    page.goto(f"{url}?empty")
    page.evaluate("() => window.ready")
    yield page
    context.close()


@contextmanager
def _signed_in(browser: Browser, url: str) -> Iterator[Page]:
    """Give a page of a console, signed in."""
    context = browser.new_context(
        viewport={"width": SIZE[0], "height": SIZE[1]}, reduced_motion="reduce", locale="en-GB"
    )
    page = context.new_page()
    page.goto(url)
    form = page.locator("form", has=page.locator("[autocomplete=current-password]")).first
    form.locator("[autocomplete=username]").fill(NAME)
    form.locator("[autocomplete=current-password]").fill(PASSWORD)
    form.locator("[autocomplete=current-password]").press("Enter")
    page.locator("body[data-screens]").wait_for()
    yield page
    context.close()


def _told(browser: Browser, urls: tuple[str, str], declarations: int) -> list[float]:
    """Return how long after declaring in north's console each activity is shown in south's."""
    north, south = urls
    world = World(2 * declarations, SystemClock().now_s() + 86_400.0 * 3, 1)
    ours = [one for one in world.activities() if one.party == "north"][:declarations]
    took_ms = []
    with _signed_in(browser, north) as here, _signed_in(browser, south) as there:
        there.goto(f"{south}/{_SCREEN}")
        there.get_by_role("tab", name="Theirs").click()
        for activity in ours:
            there.evaluate(_TOLD, activity.id)
            begun_ms = here.evaluate(_DECLARE, _form(activity))
            took_ms.append(there.evaluate("() => window.told") - begun_ms)
    return took_ms


def _form(activity: Activity) -> dict[str, Any]:
    return {"contact": "duty officer", "activity": msgspec.to_builtins(to_wire(activity))}
