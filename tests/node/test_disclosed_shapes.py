"""Law: the extent that a peer sees holds all of the activity, and nothing else of it."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st
from two_nodes import T0, a_volume, an_activity

from wideberth.engine.distance import gap
from wideberth.engine.geodesy import GEOD
from wideberth.engine.shape import shape_of
from wideberth.model.activity import Disclosure, Flex
from wideberth.model.footprint import Circle, Corridor, Part, Polygon, Track
from wideberth.model.ring import Gnomonic
from wideberth.model.span import TimeWindow
from wideberth.peering.disclosed import disclosed
from wideberth.peering.wire import to_wire

CENTRE = (33.0, 34.0)
ROUNDING_M = 0.02  # corners are told to 7 digits of a degree, three of them up to 6 mm off each
bearings = st.lists(st.integers(0, 35), min_size=3, max_size=9, unique=True)
reaches_m = st.integers(500, 40_000)


@st.composite
def stars(draw):
    """Draw a ring about a centre whose corners lie at any distance: dents and all."""
    turns = sorted(10.0 * turn for turn in draw(bearings))
    assume_wide = max(b - a for a, b in zip(turns, [*turns[1:], turns[0] + 360.0], strict=True))
    if assume_wide >= 170.0:
        turns = [0.0, 120.0, 240.0]
    points = tuple(GEOD.fwd(*CENTRE, turn, float(draw(reaches_m)))[:2] for turn in turns)
    return Polygon((Part(points[::-1], ()),))


@st.composite
def lines(draw):
    count = draw(st.integers(2, 5))
    points = tuple(GEOD.fwd(*CENTRE, 40.0 * k, float(draw(reaches_m)))[:2] for k in range(count))
    width_m = float(draw(st.integers(10, 5000)))
    if draw(st.booleans()):
        return Corridor(points, width_m)
    return Track(points, tuple(1.8e9 + 7300.0 + 300.0 * k for k in range(len(points))), width_m)


circles = st.builds(lambda r: Circle(CENTRE, float(r)), st.integers(10, 50_000))


def window(footprint):
    if isinstance(footprint, Track):
        return TimeWindow(footprint.times_s[0], footprint.times_s[-1])
    return TimeWindow(T0 + 7200.0, T0 + 9000.0)


def corners(footprint):
    match footprint:
        case Polygon(parts):
            return [point for part in parts for point in part.outer]
        case Circle(centre, _):
            return [centre]
        case Corridor(points, _) | Track(points, _, _):
            return list(points)
    raise AssertionError(footprint)


@settings(max_examples=60, deadline=None)
@given(st.one_of(stars(), lines(), circles))
def test_an_extent_holds_every_corner_and_is_a_plain_shape_without_holes_or_times(footprint):
    activity = an_activity(
        volumes=(a_volume(footprint=footprint, time=window(footprint)),),
        disclose=Disclosure.EXTENT,
        title="T",
        equipage="E",
        flex=Flex(lateral_m=5.0),
        linked="L",
    )
    seen = disclosed(activity)
    wire = to_wire(seen)
    assert (wire.title, wire.equipage, wire.flex, wire.linked) == ("", "", None, "")
    assert all((v.eirp_dbm, v.criterion) == (None, "") for v in wire.volumes)
    shown = seen.volumes[0].footprint
    assert isinstance(shown, Circle | Polygon)
    for corner in corners(footprint):
        assert gap(shape_of(shown), shape_of(Circle(corner, 0.01))).gap_m == 0.0
    if isinstance(shown, Polygon):
        (part,) = shown.parts
        assert part.holes == ()
        plane = Gnomonic(part.outer)  # geodesics are straight there, to the Earth's flattening
        ring = [plane.forward(point) for point in part.outer]
        off_m = [off(ring, k) for k in range(len(ring))]
        assert min(off_m) >= -ROUNDING_M or max(off_m) <= ROUNDING_M


def off(ring, k):
    """Return how far a corner lies off the line through its neighbours, signed metres."""
    (ax, ay), (bx, by), (cx, cy) = (ring[(k + n) % len(ring)] for n in range(3))
    turn = (bx - ax) * (cy - by) - (by - ay) * (cx - bx)
    return 6_371_000.0 * turn / math.hypot(cx - ax, cy - ay)
