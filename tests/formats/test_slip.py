"""A slip comes back as written or larger, and a slip of tongue or pen is found in its group."""

import dataclasses
import re
from pathlib import Path

import drawing
import numpy as np
import pytest
import scenes
from builders import NOON_S, a_volume, an_activity
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import GEOD

from wideberth.engine.moved_off import largest_off_m, offsets_m
from wideberth.engine.moving import position
from wideberth.engine.shape import shape_of
from wideberth.errors import ImpossibleValueError
from wideberth.formats.slip import write_slip
from wideberth.formats.slip_reader import read_slip
from wideberth.model.activity import Activity, Disclosure, Flex, State
from wideberth.model.footprint import Circle, Corridor, Everywhere, Polygon, Track
from wideberth.model.span import Datum, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Role

PAGE = Path(__file__).parents[2] / "docs" / "formats" / "slip.md"
LAW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])

footprints = st.tuples(st.sampled_from(drawing.ANCHORS), drawing.sizes).flatmap(
    lambda at: drawing.footprints(*at) | drawing.tracks(*at)
)


def of(footprint, **more):
    return an_activity(a_volume(footprint, **more))


def again(activity):
    return read_slip(write_slip(activity))


def samples(footprint):
    """The vertices of a footprint, points along its edges, and its rim, by pyproj alone."""
    if isinstance(footprint, Circle):
        lines = [[footprint.centre]]
    elif isinstance(footprint, Polygon):
        lines = [[*part.outer, part.outer[0]] for part in footprint.parts]
    else:
        lines = [footprint.points]
    radius_m = shape_of(footprint).radius_m
    for line in lines:
        for k, point in enumerate(line):
            azimuth, _, length = GEOD.inv(*line[k - 1], *point) if k else (0.0, 0.0, 0.0)
            for share in (0.5, 1.0):
                on_line = drawing.go(line[k - 1], azimuth, share * length) if k else point
                yield on_line
                if radius_m:
                    yield from (drawing.go(on_line, turn, radius_m) for turn in range(0, 360, 30))


@LAW
@given(footprints)
def test_the_area_read_holds_the_area_written(footprint):
    (volume,) = again(of(footprint)).volumes
    points = np.array(list(samples(footprint)))
    assert offsets_m(points, shape_of(volume.footprint)).max() <= 0.0


@LAW
@given(footprints)
def test_the_area_read_is_hardly_larger_than_the_area_written(footprint):
    (volume,) = again(of(footprint)).volumes
    if type(volume.footprint) is type(footprint) and drawing_is_roomy(footprint):
        grown_m = largest_off_m(shape_of(volume.footprint), shape_of(footprint))
        assert grown_m <= 60.0


def drawing_is_roomy(footprint):
    """Say whether an area has no hole or dent that must be closed over when it grows by metres."""
    return not isinstance(footprint, Polygon) or not footprint.parts[0].holes


@given(st.floats(-180.0, 180.0), st.floats(-90.0, 90.0), drawing.azimuths)
@settings(max_examples=300, deadline=None)
def test_a_place_anywhere_on_the_earth_is_read_within_a_metre(lon, lat, azimuth):
    other = drawing.go((lon, lat), azimuth, 5000.0)
    track = Track(((lon, lat), other), (NOON_S, NOON_S + 60.0), 500.0)
    circle, moving = again(
        an_activity(a_volume(Circle((lon, lat), 9.0)), a_volume(track, volume_id="t"))
    ).volumes
    for point, read in (((lon, lat), circle.footprint.centre), (other, moving.footprint.points[1])):
        assert GEOD.inv(*point, *read)[2] <= 1.0


def test_a_slip_draws_breath_between_what_belongs_together():
    track = Track(((30.2, 33.0), (30.3, 33.0)), (NOON_S, NOON_S + 60.0), 500.0)
    lines = [line[4:-3] for line in write_slip(of(track, volume_id="FIRE-7")).splitlines()[1:]]
    assert "V AXLF IREX LXH7" in lines
    assert "H MU3000 MU3300" in lines
    wanted = r"M N 36S TB \d{5} \d{5} T 20260921 120000000"
    assert any(re.fullmatch(wanted, line) for line in lines)


@LAW
@given(st.sampled_from(drawing.ANCHORS).flatmap(lambda a: drawing.tracks(a, 50_000.0)), st.data())
def test_a_moving_disc_read_covers_where_it_was_at_every_time(track, data):
    (volume,) = again(of(track)).volumes
    read = volume.footprint
    assert read.times_s[0] <= track.times_s[0]
    assert read.times_s[-1] >= track.times_s[-1]
    time_s = data.draw(st.floats(track.times_s[0], track.times_s[-1]))
    apart_m = GEOD.inv(*position(track, time_s), *position(read, time_s))[2]
    assert apart_m + track.radius_m <= read.radius_m + 1e-6


@given(scenes.heights(), scenes.windows())
@settings(max_examples=150, deadline=None)
def test_heights_and_times_read_hold_those_written(height, window):
    (volume,) = again(
        an_activity(dataclasses.replace(a_volume(), height=height, time=window))
    ).volumes
    assert volume.height.lower.datum is height.lower.datum
    assert volume.height.upper.datum is height.upper.datum
    assert (
        height.lower.height_m - 1.0 <= volume.height.lower.height_m <= height.lower.height_m + 1e-6
    )
    assert (
        height.upper.height_m + 1.0 >= volume.height.upper.height_m >= height.upper.height_m - 1e-6
    )
    assert volume.time == window


def test_parts_of_seconds_metres_and_hertz_go_outwards():
    odd = dataclasses.replace(
        a_volume(arena=Arena.SPECTRUM, band_hz=(225.1234567e6 + 0.3, 226e6 + 0.3)),
        height=HeightBand(HeightLimit(-30.5), HeightLimit(152.4, Datum.GROUND)),
        time=TimeWindow(NOON_S + 0.4, NOON_S + 60.6),
        role=Role.RECEIVE,
    )
    (volume,) = again(an_activity(odd)).volumes
    assert volume.height == HeightBand(HeightLimit(-31.0), HeightLimit(153.0, Datum.GROUND))
    assert volume.time == TimeWindow(NOON_S, NOON_S + 61.0)
    assert (volume.freq.low_hz, volume.freq.high_hz) == (225123457.0, 226000001.0)
    assert volume.role is Role.RECEIVE


def told():
    return Activity(
        "north", "Op x/7 – ü", (a_volume(), a_volume(Everywhere(), volume_id="all")),
        title="Not on the slip", kind="live firing", priority=-3, revision=12,
        state=State.CONTINGENT, flex=Flex(time_s=60.0), equipage="none", linked="pair",
    )  # fmt: skip


def test_who_what_and_which_revision_come_back_exactly():
    before, after = told(), again(told())
    for name in ("party", "id", "kind", "priority", "revision", "state", "disclose"):
        assert getattr(after, name) == getattr(before, name)
    assert [v.id for v in after.volumes] == ["0", "all"]
    assert after.volumes[1].footprint == Everywhere()
    assert (after.title, after.equipage, after.linked) == ("", "", "")


def test_a_slip_is_the_same_each_time_and_may_be_written_in_any_case_and_spacing():
    slip = write_slip(told())
    assert slip == write_slip(told())
    loose = "\n\n".join(f"  {line.lower()} " for line in slip.splitlines())
    assert read_slip(loose) == read_slip(slip) == read_slip(slip.replace(" ", ""))


def test_a_private_activity_is_not_written_and_an_extent_only_as_its_hull():
    dent = Polygon.of([(33.0, 34.0), (33.1, 34.05), (33.2, 34.0), (33.1, 34.2)])
    with pytest.raises(ImpossibleValueError):
        write_slip(dataclasses.replace(of(dent), disclose=Disclosure.PRIVATE))
    (volume,) = again(dataclasses.replace(of(dent), disclose=Disclosure.EXTENT)).volumes
    assert offsets_m(np.array([(33.1, 34.03)]), shape_of(volume.footprint))[0] < -1000.0


def test_the_example_of_the_page_says_what_the_page_says():
    (example,) = re.findall(r"```text\n(WIDEBERTH.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    activity = read_slip(example)
    assert (activity.party, activity.id, activity.revision) == ("north", "FIRE-7", 2)
    area, radar = activity.volumes
    assert (area.arena, radar.arena) == (Arena.SEA, Arena.SPECTRUM)
    assert area.height.upper.height_m == 3658.0
    inside = np.array([(30.0, 33.0), (30.2, 33.0), (30.2, 33.15), (30.0, 33.15)])
    assert offsets_m(inside, shape_of(area.footprint)).max() < 0.0
    assert radar.footprint.radius_m == 9261.0
    same = write_slip(activity).splitlines()
    assert [line for line in same if line[4] in "PIRKVHTF"] == [
        line for line in example.splitlines() if line[4] in "PIRKVHTF"
    ]


def test_a_fine_polygon_is_closed_over_rather_than_told_wrong():
    ring = [drawing.go((33.0, 34.0), 360.0 * k / 300, 60.0) for k in range(300)]
    (volume,) = again(of(Polygon.of(ring))).volumes
    assert offsets_m(np.array(ring), shape_of(volume.footprint)).max() <= 0.0


def test_more_places_than_can_be_read_aloud_are_refused():
    ring = [drawing.go((33.0, 34.0), 360.0 * k / 1200, 90_000.0) for k in range(1200)]
    with pytest.raises(ImpossibleValueError, match="at most 999"):
        write_slip(of(Corridor(tuple(ring), 5.0)))


def test_a_point_becomes_a_circle_of_a_metre():
    (volume,) = again(of(Circle((33.0, 34.0), 0.0))).volumes
    assert volume.footprint.radius_m == 1.0
    assert isinstance(
        again(of(Track(((33.0, 34.0), (33.1, 34.0)), (0.0, 0.5), 0.0))).volumes[0].footprint, Track
    )
