"""Laws of the outline: it covers what the footprint covers, everywhere on the Earth."""

import itertools
import math

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.engine.outline import outline_of
from wideberth.errors import ImpossibleValueError
from wideberth.model.footprint import Circle, Corridor, Everywhere, Polygon, Track

GEOD = pyproj.Geod(ellps="WGS84")

lats = st.one_of(st.floats(-90, 90), st.sampled_from([90.0, -90.0, 89.9, -89.95, 0.0]))
lons = st.one_of(st.floats(-180, 180), st.sampled_from([180.0, -180.0, 179.9, -179.9, 0.0]))
points = st.tuples(lons, lats)
radii_m = st.one_of(st.floats(500, 20e3), st.floats(100e3, 3e6), st.floats(5e6, 1e7))
bearings = st.floats(0, 360)


def ahead(point, bearing_deg, distance_m):
    lon_deg, lat_deg, _ = GEOD.fwd(*point, bearing_deg, distance_m)
    return lon_deg, lat_deg


def distance_m(a, b):
    return GEOD.inv(*a, *b)[2]


def covers(shape, point):
    """Ask for the point and its twin on the other side of the antimeridian."""
    lon_deg, lat_deg = point
    twins = {lon_deg, lon_deg - 360.0, lon_deg + 360.0}
    return any(shape.covers(shapely.Point(x, lat_deg)) for x in twins if -180 <= x <= 180)


def is_sound(shape):
    west, south, east, north = shape.bounds
    inside_the_map = west >= -180 and east <= 180 and south >= -90 and north <= 90
    anticlockwise = all(
        p.exterior.is_ccw and not any(h.is_ccw for h in p.interiors)
        for p in shapely.get_parts(shape)
    )
    return shape.is_valid and inside_the_map and anticlockwise


@settings(max_examples=120, deadline=None)
@given(points, radii_m, bearings, st.sampled_from([-0.3, -2e-6, 2e-6, 0.3]))
def test_a_circle_covers_just_the_points_within_its_radius(centre, radius_m, bearing, share):
    off_m = math.copysign(max(3.0, abs(share) * radius_m), share)
    probe = ahead(centre, bearing, radius_m + off_m)
    outline = outline_of(Circle(centre, radius_m))
    assert is_sound(outline)
    assert covers(outline, probe) is (distance_m(centre, probe) < radius_m)


@settings(max_examples=80, deadline=None)
@given(
    points,
    st.lists(st.tuples(bearings, st.floats(10e3, 2.5e6)), min_size=1, max_size=3),
    st.one_of(st.floats(1e3, 100e3), st.floats(100e3, 800e3)),
    st.sampled_from([90.0, -90.0]),
    st.sampled_from([0.99, 1.01, 0.3]),
    st.floats(0.1, 0.9),
)
def test_a_corridor_covers_just_the_points_within_its_half_width(
    start, legs, half_width_m, turn, share, where
):
    line = [start]
    for leg_bearing, length_m in legs:
        line.append(ahead(line[-1], leg_bearing, length_m))
    azimuth, _, length_m = GEOD.inv(*line[0], *line[1])
    on_line = ahead(line[0], azimuth, where * length_m)
    heading = GEOD.inv(*on_line, *line[1])[0]
    probe = ahead(on_line, heading + turn, share * half_width_m)
    nearest_m = min(
        distance_m(probe, ahead(a, GEOD.inv(*a, *b)[0], d))
        for a, b in itertools.pairwise(line)
        for d in np.linspace(0.0, distance_m(a, b), 300)
    )
    slack_m = 5.0 + max(distance_m(a, b) for a, b in itertools.pairwise(line)) / 600
    outline = outline_of(Corridor(tuple(line), half_width_m))
    assert is_sound(outline)
    if nearest_m < half_width_m - 3.0:
        assert covers(outline, probe)
    if nearest_m > half_width_m + slack_m:
        assert not covers(outline, probe)


def star(centre, reaches_m):
    step = 360.0 / len(reaches_m)
    return [ahead(centre, i * step, r) for i, r in enumerate(reaches_m)]


@settings(max_examples=80, deadline=None)
@given(
    points,
    st.lists(st.floats(0.4, 1.0), min_size=4, max_size=9),
    st.floats(5e3, 2e6),
    st.booleans(),
    st.integers(0, 8),
)
def test_a_polygon_is_bounded_by_its_geodesics_and_holds_its_middle(
    centre, shares, size_m, is_reversed, edge
):
    ring = star(centre, [size_m * s for s in shares])
    try:
        polygon = Polygon.of(ring[::-1] if is_reversed else ring)
    except ImpossibleValueError:
        return  # a vertex fell on the antimeridian from both sides
    outline = outline_of(polygon)
    assert is_sound(outline)
    assert covers(outline, centre)
    a, b = ring[edge % len(ring)], ring[(edge + 1) % len(ring)]
    azimuth, _, length_m = GEOD.inv(*a, *b)
    on_edge = ahead(a, azimuth, 0.37 * length_m)
    heading = GEOD.inv(*on_edge, *b)[0]
    assert covers(outline, ahead(on_edge, heading + 90, 3.0))
    assert not covers(outline, ahead(on_edge, heading - 90, 3.0))


@pytest.mark.parametrize("pole", [90.0, -90.0])
def test_a_ring_about_a_pole_is_closed_along_the_pole(pole):
    lat = math.copysign(80.0, pole)
    outline = outline_of(Polygon.of([(-100, lat), (20, lat), (140, lat)]))
    assert outline.geom_type == "Polygon"
    assert outline.bounds[0] == -180.0
    assert outline.bounds[2] == 180.0
    assert pole in outline.bounds


def test_a_hole_about_the_pole_stays_open():
    outer = [(0, 70), (90, 70), (180, 70), (-90, 70)]
    outline = outline_of(Polygon.of(outer, [(10, 86), (130, 86), (-110, 86)]))
    assert not covers(outline, (45, 89.9))
    assert covers(outline, (45, 80))


def test_an_area_over_the_antimeridian_is_cut_in_two():
    outline = outline_of(Polygon.of([(179, 0), (-179, 0), (-179, 1), (179, 1)]))
    assert sorted(round(p.bounds[0]) for p in outline.geoms) == [-180, 179]
    assert is_sound(outline)


def test_a_map_centred_on_the_antimeridian_is_not_cut_there():
    footprint = Polygon.of([(179, 0), (-179, 0), (-179, 1), (179, 1)])
    outline = outline_of(footprint, centre_lon_deg=180.0)
    assert outline.geom_type == "Polygon"
    assert [round(v) for v in outline.bounds] == [179, 0, 181, 1]


def test_what_has_no_width_is_a_point_or_a_line():
    assert outline_of(Circle((179, 5), 0.0)).geom_type == "Point"
    assert outline_of(Corridor(((0, 0), (1, 1)), 0.0)).geom_type == "LineString"
    over = outline_of(Corridor(((179, 0), (-179, 1)), 0.0))
    assert over.geom_type == "MultiLineString"
    assert over.bounds[0] == -180.0
    assert over.bounds[2] == 180.0


def test_a_track_is_the_room_it_sweeps_and_may_stay_in_one_place():
    path = ((10.0, 50.0), (10.0, 50.0), (11.0, 50.0))
    track = outline_of(Track(path, (0.0, 60.0, 600.0), 5e3))
    assert track.equals(outline_of(Corridor(path[1:], 5e3)))


def test_everywhere_is_the_whole_map():
    assert outline_of(Everywhere()).bounds == (-180.0, -90.0, 180.0, 90.0)


def test_the_same_footprint_gives_the_same_bytes():
    footprint = Corridor(((170, 10), (-170, 20), (-160, 0)), 50e3)
    assert outline_of(footprint).wkb == outline_of(footprint).wkb
