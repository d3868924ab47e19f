"""The page about plan files: its example is valid, and it names every key there is."""

import re
from pathlib import Path

from wideberth.formats.geojson import read
from wideberth.formats.plan_keys import FLEX_KEYS, PLAN_KEYS
from wideberth.formats.plan_writer import render
from wideberth.formats.reading import ReadOptions
from wideberth.model.footprint import Circle, Corridor, Polygon, Track

PAGE = (Path(__file__).parents[2] / "docs" / "formats" / "plan.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_of_the_page_is_read_without_a_remark():
    example, _ = EXAMPLES
    reading = read(example.encode(), "page.geojson", ReadOptions())
    assert reading.problems == ()
    assert [a.id for a in reading.activities] == ["N-7", "N-8", "N-9"]
    shapes = [type(v.footprint) for a in reading.activities for v in a.volumes]
    assert shapes == [Polygon, Circle, Track, Corridor]
    again = read(render(reading.activities).encode(), "again.geojson", ReadOptions())
    assert [a.id for a in again.activities] == ["N-7", "N-8", "N-9"]


def test_the_page_names_every_key():
    named = set(re.findall(r"`([a-z0-9_]+)`", PAGE))
    assert PLAN_KEYS - named == set()
    assert FLEX_KEYS - named == set()


def test_the_radar_of_the_page_is_read_without_a_remark_and_written_back():
    _, radar = EXAMPLES
    reading = read(radar.encode(), "page.geojson", ReadOptions())
    assert reading.problems == ()
    (volume,) = reading.activities[0].volumes
    assert volume.eirp_dbm == 94.0
    assert (volume.radio.antenna.kind.value, volume.radio.antenna.azimuth_deg) == (
        "radar",
        (90.0, 270.0),
    )
    again = read(render(reading.activities).encode(), "again.geojson", ReadOptions())
    assert again.activities == reading.activities
