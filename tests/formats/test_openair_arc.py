"""Arcs become vertices that are off by at most a metre and never make the area smaller."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from wideberth.errors import ImpossibleValueError
from wideberth.formats.openair_arc import Arc, arc_of_angles, arc_of_ends, flattened, ring_of
from wideberth.model.footprint import Part, Point, Polygon, opened

GEOD = Geod(ellps="WGS84")
SAMPLES_AN_EDGE = 6
ROUNDING_M = 1e-3

centres = st.tuples(
    st.sampled_from([-180.0, -179.99, 0.0, 33.25, 179.99]) | st.floats(-180, 180),
    st.sampled_from([-89.0, 0.0, 34.5, 89.0]) | st.floats(-85, 85),
)
radii_m = st.sampled_from([5.0, 926.0, 18520.0, 555_600.0]) | st.floats(1.0, 900_000.0)
bearings = st.sampled_from([-90, 0, 90, 180, 359.99]) | st.floats(-360, 360)
sweeps = st.sampled_from([0.01, 90.0, 179.99, 359.0]) | st.floats(0.01, 359.9)


@st.composite
def arcs(draw: st.DrawFn) -> Arc:
    start, sweep = draw(bearings), draw(sweeps)
    clockwise = draw(st.booleans())
    end = start + sweep if clockwise else start - sweep
    wrapped = (end + 360.0) % 720.0 - 360.0
    return arc_of_angles(draw(centres), draw(radii_m), (start, wrapped), clockwise=clockwise)


def distances_m(arc: Arc, vertices: tuple[Point, ...]) -> list[float]:
    """Distances from the centre to the vertices and to points along the geodesics between."""
    pairs = list(itertools.pairwise(vertices))
    step = max(1, len(pairs) // 40)
    found = [GEOD.inv(*arc.centre, *p)[2] for p in vertices[::step]]
    for a, b in pairs[::step]:
        between = GEOD.npts(*a, *b, SAMPLES_AN_EDGE)
        found += [GEOD.inv(*arc.centre, *p)[2] for p in between]
    return found


@given(arcs())
@settings(max_examples=60, deadline=None)
def test_edges_of_a_bulging_arc_lie_outside_its_circle_by_at_most_a_metre(arc: Arc) -> None:
    found = distances_m(arc, flattened(arc, bulges=True))
    assert min(found) >= arc.from_m - ROUNDING_M
    assert max(found) <= arc.from_m + 1.0


@given(arcs())
@settings(max_examples=60, deadline=None)
def test_edges_of_a_biting_arc_lie_inside_its_circle_by_at_most_a_metre(arc: Arc) -> None:
    found = distances_m(arc, flattened(arc, bulges=False))
    assert max(found) <= arc.from_m + ROUNDING_M
    assert min(found) >= arc.from_m - 1.0


@given(arcs())
@settings(max_examples=60, deadline=None)
def test_an_arc_runs_from_its_start_to_its_end_by_steps_that_add_up_to_its_sweep(arc: Arc) -> None:
    vertices = flattened(arc, bulges=True)
    assert (vertices[0], vertices[-1]) == (arc.start, arc.end)
    bearings_deg = [GEOD.inv(*arc.centre, *p)[0] for p in vertices]
    turns = [(b - a + 180.0) % 360.0 - 180.0 for a, b in itertools.pairwise(bearings_deg)]
    assert sum(turns) == pytest.approx(arc.sweep_deg, abs=1e-5)
    assert len({turn > 0.0 for turn in turns}) == 1


@given(arcs())
@settings(max_examples=40, deadline=None)
def test_an_arc_given_by_its_ends_is_the_arc_given_by_its_bearings(arc: Arc) -> None:
    again = arc_of_ends(arc.centre, arc.start, arc.end, clockwise=arc.sweep_deg > 0.0)
    assert again.sweep_deg == pytest.approx(arc.sweep_deg, abs=1e-4)
    assert again.from_m == pytest.approx(arc.from_m, abs=1e-3)


@given(bearing=st.floats(0, 359), sweep=st.floats(0.01, 359), clockwise=st.booleans())
@settings(max_examples=40, deadline=None)
def test_bearings_rise_clockwise_and_fall_counterclockwise(
    *, bearing: float, sweep: float, clockwise: bool
) -> None:
    turn = sweep if clockwise else -sweep
    ends = (bearing, (bearing + turn) % 360.0)
    arc = arc_of_angles((33.0, 34.0), 5000.0, ends, clockwise=clockwise)
    assert arc.sweep_deg == pytest.approx(turn, abs=1e-9)


@given(radius_deg=st.floats(0.5, 3.0), clockwise=st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_pie_is_an_area_that_bulges_whichever_way_round_it_is_written(
    *, radius_deg: float, clockwise: bool
) -> None:
    centre, radius_m = (33.0, 34.0), radius_deg * 60_000.0
    ends = (20.0, 110.0) if clockwise else (110.0, 20.0)
    ring = ring_of((centre, arc_of_angles(centre, radius_m, ends, clockwise=clockwise)))
    assert Polygon((Part(opened(ring)),))
    assert min(GEOD.inv(*centre, *p)[2] for p in ring[1:]) >= radius_m - ROUNDING_M


def test_an_arc_that_bites_into_a_square_leaves_the_larger_area() -> None:
    centre, radius_m = (33.0, 35.0), 20_000.0
    arc = arc_of_angles(centre, radius_m, (90.0, 270.0), clockwise=True)  # the southern half
    below = ((32.0, 35.0), (32.0, 34.0), (34.0, 34.0), (34.0, 35.0))
    rim = [GEOD.inv(*centre, *p)[2] for p in ring_of((arc, *below)) if p not in below]
    assert max(rim) <= radius_m + ROUNDING_M


@pytest.mark.parametrize("bulges", [True, False])
def test_ends_at_unlike_distances_take_the_distance_that_leaves_the_larger_area(
    *,
    bulges: bool,
) -> None:
    centre = (33.0, 34.0)
    near = GEOD.fwd(*centre, 0.0, 10_000.0)[:2]
    far = GEOD.fwd(*centre, 90.0, 10_050.0)[:2]
    arc = arc_of_ends(centre, near, far, clockwise=True)
    inner = [GEOD.inv(*centre, *p)[2] for p in flattened(arc, bulges=bulges)[1:-1]]
    assert min(inner) >= 10_050.0 if bulges else max(inner) <= 10_000.0


@pytest.mark.parametrize(
    ("radius_m", "angles"), [(0.0, (0, 90)), (-5.0, (0, 90)), (2e6, (0, 90)), (1e4, (90, 90))]
)
def test_an_arc_with_no_radius_or_no_sweep_is_refused(
    radius_m: float, angles: tuple[float, float]
) -> None:
    with pytest.raises(ImpossibleValueError):
        arc_of_angles((33.0, 34.0), radius_m, angles, clockwise=True)


def test_ends_far_off_one_circle_are_refused() -> None:
    with pytest.raises(ImpossibleValueError, match="from its centre"):
        arc_of_ends((33.0, 34.0), (33.0, 34.2), (33.5, 34.0), clockwise=True)
