"""The map's planes: every position in view is in the frame, wherever on the Earth it lies."""

import math

import numpy as np
import pytest
import report_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.engine.outline import rings_of
from wideberth.formats.report_facts import volume_index
from wideberth.formats.report_graticule import graticule, scale_bar
from wideberth.formats.report_plane import (
    HEIGHT_PX,
    WIDTH_PX,
    Azimuthal,
    Cylindrical,
    cap,
    fit,
)
from wideberth.formats.report_sight import rough, surroundings, to_be_seen
from wideberth.model.footprint import Circle, Everywhere, Polygon

lons = st.floats(-180, 180) | st.sampled_from([180.0, -180.0, 179.99, -179.99])
lats = st.floats(-90, 90) | st.sampled_from([90.0, -90.0, 89.9, 0.0])
points = st.tuples(lons, lats)


@settings(max_examples=150, deadline=None)
@given(st.lists(points, min_size=1, max_size=6))
def test_all_that_is_to_be_seen_is_in_the_frame(positions):
    view = fit(np.array(positions))
    for position in positions:
        x, y = view.place(position)
        assert -0.5 <= x <= WIDTH_PX + 0.5
        assert -0.5 <= y <= HEIGHT_PX + 0.5


@settings(max_examples=100, deadline=None)
@given(points, st.floats(0, 360), st.floats(1.0, 3e6))
def test_the_azimuthal_plane_keeps_distances_from_its_centre(centre, bearing, distance_m):
    plane = Azimuthal(centre)
    angle = math.radians(bearing)
    xy = np.array([[distance_m * math.sin(angle), distance_m * math.cos(angle)]])
    there = plane.invert(xy)
    assert plane.project(there)[0] == pytest.approx(xy[0], abs=0.01)


@settings(max_examples=60, deadline=None)
@given(points, points, st.floats(1e3, 2e6))
def test_a_circle_keeps_its_area_on_the_plane_wherever_it_is(view_at, centre, radius_m):
    plane = Azimuthal(centre)
    area_m2 = plane.shape(rings_of(Circle(centre, radius_m))).area
    assert area_m2 == pytest.approx(math.pi * radius_m**2, rel=0.02)
    elsewhere = Azimuthal(view_at).shape(rings_of(Circle(centre, radius_m)))
    assert elsewhere.area > 0.0


def test_an_area_about_the_far_side_of_the_earth_covers_all_but_its_outside():
    far = Circle((180.0, 0.0), 9.9e6)
    shape = Azimuthal((0.0, 0.0)).shape(rings_of(far))
    at = Azimuthal((0.0, 0.0)).project(np.array([[0.0, 0.0], [170.0, 0.0]]))
    inside = [shape.contains(type(shape.representative_point())(*xy)) for xy in at]
    assert inside == [False, True]


def test_the_plane_for_the_whole_world_is_cut_opposite_its_own_middle():
    footprint = Polygon.of([(170, -10), (-170, -10), (-170, 10), (170, 10)])
    assert Cylindrical((180.0, 0.0)).shape(rings_of(footprint)).geom_type == "Polygon"
    assert Cylindrical((0.0, 0.0)).shape(rings_of(footprint)).geom_type == "MultiPolygon"


@given(points)
def test_one_position_is_its_own_middle(position):
    middle, spread_deg = cap(np.array([position]))
    assert spread_deg == pytest.approx(0.0, abs=1e-5)
    assert middle[1] == pytest.approx(position[1], abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(points, st.floats(1e3, 4e6))
def test_there_are_lines_with_names_on_every_map(centre, radius_m):
    ring = rings_of(Circle(centre, radius_m)).patches[0].outer
    lines = graticule(fit(ring))
    named = [line for line in lines if line.x >= 0.0 and not line.is_fine]
    assert 2 <= len(named) <= 60
    assert all(0.0 <= line.x <= WIDTH_PX and 0.0 <= line.y <= HEIGHT_PX for line in named)
    assert len({line.name for line in named}) == len(named)


@settings(max_examples=60, deadline=None)
@given(points, st.floats(1.0, 4e6))
def test_the_scale_bar_is_round_and_fits(centre, radius_m):
    view = fit(rings_of(Circle(centre, radius_m)).patches[0].outer)
    bar = scale_bar(view)
    assert WIDTH_PX / 20.0 <= bar.length_px <= WIDTH_PX / 6.0 + 1e-6
    assert float(bar.words.split()[0].replace(",", "")) * 1852.0 == pytest.approx(
        bar.length_px * view.metres_per_px, rel=1e-6
    )


def test_a_theatre_wide_area_does_not_shrink_a_conflict_to_a_dot():
    small = samples.an_activity("north", "A", samples.a_volume(footprint=Circle((33, 34), 5e3)))
    wide = samples.an_activity("south", "B", samples.a_volume(footprint=Circle((33, 34), 2e6)))
    result = samples.a_result([small, wide], [samples.a_conflict(small, wide, place=(33, 34))])
    view = fit(to_be_seen(result.conflicts, 9, volume_index(result)))
    assert view.metres_per_px * HEIGHT_PX < 30e3


def test_a_conflict_of_two_areas_without_bounds_is_looked_at_where_it_is():
    a, b = (
        samples.an_activity(name, "R", samples.a_volume(footprint=Everywhere()))
        for name in ("north", "south")
    )
    result = samples.a_result([a, b], [samples.a_conflict(a, b, place=(10.0, 50.0))])
    x, y = fit(to_be_seen(result.conflicts, 9, volume_index(result))).place((10.0, 50.0))
    assert (x, y) == pytest.approx((WIDTH_PX / 2, HEIGHT_PX / 2))


def test_every_volume_is_drawn_or_counted():
    result = samples.crowded(300)
    index = volume_index(result)
    view = fit(rough(samples.a_volume(footprint=Circle((23.0, 21.0), 150e3))))
    near = surroundings(set(), index, view)
    away = int(near.words[-1].split()[0].replace(",", ""))
    assert len(near.outlined) + len(near.dots) + away == len(index)
    assert away > 0
