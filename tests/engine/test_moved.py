"""How far an activity moved: nothing for what stayed, the very distance for what was carried."""

import dataclasses
import itertools
import math

import drawing
import pytest
from builders import NOON_S, a_volume, an_activity
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import GEOD, brute_gap

from wideberth.engine.moved import moved
from wideberth.model.footprint import Circle, Corridor, Everywhere, Part, Polygon, Track
from wideberth.model.span import Datum, HeightBand, TimeWindow
from wideberth.model.volume import Arena

LAW = settings(max_examples=60, deadline=None)
SQUARE_KM = ((-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0))


def change_of(before, after):
    return moved(an_activity(a_volume(before)), an_activity(a_volume(after)))


def text_of(before, after):
    return moved(an_activity(before), an_activity(after)).text


def at_km(centre, east_km, north_km):
    azimuth = math.degrees(math.atan2(east_km, north_km))
    return drawing.go(centre, azimuth, 1000.0 * math.hypot(east_km, north_km))


def square(centre, *, scale=1.0):
    return Polygon.of([at_km(centre, scale * x, scale * y) for x, y in SQUARE_KM])


def bent(centre):
    return Corridor(tuple(at_km(centre, x, y) for x, y in ((-8, 0), (0, 3), (7, -4))), 1500.0)


def dart(centre):
    return Polygon.of([at_km(centre, x, y) for x, y in ((-6, -6), (0, -1), (6, -6), (0, 8))])


SHAPES = (square, bent, dart, lambda centre: Circle(centre, 4000.0))


def slow_off_m(one, other):
    """The farthest of many points of a disc or line's rim from another's middle line, by hand."""
    rim = [drawing.go(one.centre, azimuth, one.radius_m) for azimuth in range(360)]
    return max(GEOD.inv(*p, *other.centre)[2] - other.radius_m for p in rim)


@LAW
@given(st.sampled_from(drawing.ANCHORS).flatmap(lambda a: drawing.footprints(a, 20_000.0)))
def test_what_stayed_has_not_moved(footprint):
    change = change_of(footprint, footprint)
    assert change.is_same
    assert (change.lateral_m, change.text) == (0.0, "nothing moved")


@LAW
@given(
    st.sampled_from(SHAPES),
    st.sampled_from([a for a in drawing.ANCHORS if abs(a[1]) < 75.0]),
    drawing.azimuths,
    st.floats(2.0, 4.0).map(lambda e: 10.0**e),
)
def test_what_is_carried_some_metres_has_moved_that_far(shape, anchor, azimuth, distance_m):
    other = drawing.go(anchor, azimuth, distance_m)
    change = change_of(shape(anchor), shape(other))
    assert change.lateral_m == pytest.approx(distance_m, rel=0.01)
    assert change.volumes[0].centre_m == pytest.approx(distance_m, rel=0.01)


@LAW
@given(drawing.pairs())
def test_the_way_back_is_as_far(pair):
    there, back = change_of(*pair), change_of(*pair[::-1])
    assert there.lateral_m == back.lateral_m
    assert there.volumes[0].centre_m == pytest.approx(back.volumes[0].centre_m, abs=1e-6)


@LAW
@given(drawing.pairs())
def test_no_vertex_of_one_lies_farther_off_the_other_than_is_said(pair):
    one, other = pair
    said_m = change_of(one, other).lateral_m
    for shape, against in ((one, other), (other, one)):
        points = (
            shape.parts[0].outer if isinstance(shape, Polygon)
            else (shape.centre,) if isinstance(shape, Circle)
            else shape.points
        )  # fmt: skip
        for point in points[:3]:
            assert brute_gap(Circle(point, 0.0), against) <= said_m * 1.001 + 1.0


@given(
    st.floats(0.0, 30_000.0), st.floats(100.0, 9000.0), st.floats(100.0, 9000.0), drawing.azimuths
)
@settings(max_examples=40, deadline=None)
def test_discs_lie_off_one_another_as_their_rims_do(apart_m, one_m, other_m, azimuth):
    one, other = (
        Circle((33.0, 34.0), one_m),
        Circle(drawing.go((33.0, 34.0), azimuth, apart_m), other_m),
    )
    truth_m = max(0.0, slow_off_m(one, other), slow_off_m(other, one))
    assert change_of(one, other).lateral_m == pytest.approx(truth_m, rel=1e-3, abs=0.5)


def test_a_hole_that_is_filled_is_found():
    hole = [at_km((33.0, 34.0), x / 2, y / 2) for x, y in SQUARE_KM]
    ring = Polygon((Part(square((33.0, 34.0)).parts[0].outer, (tuple(hole),)),))
    assert change_of(ring, square((33.0, 34.0))).lateral_m == pytest.approx(2500.0, rel=0.2)


def test_what_grew_in_place_tells_its_outline_and_no_direction():
    change = change_of(square((33.0, 34.0)), square((33.0, 34.0), scale=1.2))
    assert change.volumes[0].centre_m < 1.0
    assert change.text.startswith("outline changed by up to 1.")


def test_nine_kilometres_to_the_north_east_a_quarter_of_an_hour_earlier_reads_so():
    start = Circle((33.0, 34.0), 5000.0)
    end = Circle(drawing.go(start.centre, 45.0, 9087.0), 5000.0)
    after = a_volume(end, start_s=NOON_S - 900.0)
    assert text_of(a_volume(start), after) == (
        "moved 9.1 km to the north-east; starts 15 min earlier"
    )
    assert text_of(after, a_volume(start)) == "moved 9.1 km to the south-west; starts 15 min later"


def test_heights_bands_and_the_rest_are_told_each():
    before = a_volume()
    higher = dataclasses.replace(before, height=HeightBand.of(3304.8, 3300.0 + 609.6))
    assert text_of(before, higher) == (
        "lower limit 305 m (1,000 ft) higher; upper limit 610 m (2,000 ft) higher"
    )
    ground = dataclasses.replace(before, height=HeightBand.of(3000.0, 3300.0, Datum.GROUND))
    assert "lower limit now 3,000 m (ground)" in text_of(before, ground)
    unlimited = dataclasses.replace(before, height=HeightBand.of(3000.0, math.inf))
    assert text_of(before, unlimited) == "upper limit lifted"
    radio = a_volume(arena=Arena.SPECTRUM)
    other = a_volume(arena=Arena.SPECTRUM, band_hz=(225.5e6, 226.5e6))
    assert text_of(radio, other) == "band now 225.5 MHz to 226.5 MHz"
    louder = dataclasses.replace(radio, eirp_dbm=40.0)
    assert text_of(radio, louder) == "radiates with another power"


def test_windows_that_become_open_or_end_are_told():
    before = a_volume()
    opened = dataclasses.replace(before, time=TimeWindow(NOON_S, math.inf))
    assert text_of(before, opened) == "ends at no stated time"
    assert text_of(opened, before) == "ends at a stated time now"
    later = dataclasses.replace(before, time=TimeWindow(NOON_S + 60.0, NOON_S + 3600.0 + 93600.0))
    assert text_of(before, later) == "starts 1 min later; ends 1 d 2 h later"


def test_a_track_flown_later_only_starts_and_ends_later():
    points = ((33.0, 34.0), (33.5, 34.0), (34.0, 34.2))
    before = Track(points, (NOON_S, NOON_S + 600.0, NOON_S + 1200.0), 500.0)
    shifted = Track(points, tuple(t + 300.0 for t in before.times_s), 500.0)
    slower = Track(points, (NOON_S, NOON_S + 900.0, NOON_S + 1200.0), 500.0)
    assert text_of(a_volume(before), a_volume(shifted)) == "starts 5 min later; ends 5 min later"
    assert text_of(a_volume(before), a_volume(slower)) == "moves at other times along its way"


def test_volumes_new_and_gone_are_named():
    one, two = a_volume(volume_id="a"), a_volume(volume_id="b")
    change = moved(an_activity(one), an_activity(two))
    assert change.text == "volume b is new. volume a is gone"
    assert not change.is_same


def test_one_of_two_volumes_that_moved_is_named_and_both_together_are_not():
    stay, go = a_volume(volume_id="a"), a_volume(volume_id="b")
    gone = a_volume(Circle(drawing.go((33.0, 34.0), 180.0, 2000.0), 5000.0), volume_id="b")
    assert moved(an_activity(stay, go), an_activity(stay, gone)).text == (
        "volume b: moved 2 km to the south"
    )
    later = [dataclasses.replace(v, time=TimeWindow(NOON_S, NOON_S + 7200.0)) for v in (stay, go)]
    assert moved(an_activity(stay, go), an_activity(*later)).text == "ends 1 h later"


def test_to_or_from_everywhere_is_as_far_as_can_be():
    for pair in itertools.permutations((Everywhere(), square((33.0, 34.0)))):
        assert change_of(*pair).lateral_m > 2.0e7
    assert change_of(Everywhere(), Everywhere()).is_same
