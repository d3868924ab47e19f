"""The map is made once: another screen hides it, and what nobody sees is not drawn."""

from console import signed_in

TIME_BAR = ".timebar"  # gone, and not hidden alone: hidden, it would be drawn each second


def test_the_map_outlives_the_screens_and_rests_while_nobody_sees_it(chromium, two_nodes):
    north, _south = two_nodes
    with signed_in(chromium, north) as console:
        console.go("watch/live")
        canvas = console.page.locator("canvas.maplibregl-canvas")
        canvas.evaluate("one => one.setAttribute('data-first', '')")
        assert console.page.locator(TIME_BAR).count() == 1
        console.go("council/overview")
        assert not canvas.is_visible()
        assert console.page.locator(TIME_BAR).count() == 0
        console.go("plan/board")
        assert canvas.is_visible()
        assert canvas.get_attribute("data-first") == ""
        assert console.page.locator(TIME_BAR).count() == 1
