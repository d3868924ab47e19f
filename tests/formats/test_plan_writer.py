"""A written plan reads back to the same activities, wherever on the Earth they are."""

import itertools
import math

import pytest
from declared_radios import radios
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from wideberth.engine.edges import pieces_of
from wideberth.errors import ImpossibleValueError
from wideberth.formats.geojson import read
from wideberth.formats.plan_writer import render
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.model.activity import Activity, Disclosure, Flex, State
from wideberth.model.footprint import Circle, Corridor, Everywhere, Part, Polygon, Track
from wideberth.model.radio import Radio
from wideberth.model.span import Datum, FrequencyBand, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Role, Volume

GEOD = Geod(ellps="WGS84")
NOON_S = 1_795_348_800.0
SECONDS = st.sampled_from([0.0, 0.5, 1e-6, 86399.999]) | st.integers(0, 10**8).map(float)


def positions():
    lon = st.sampled_from([-180.0, 180.0, 179.9, -179.9, 0.0, 33.0]) | st.floats(-180.0, 180.0)
    lat = st.sampled_from([0.0, 89.9, -89.9, 90.0, 60.0]) | st.floats(-90.0, 90.0)
    return st.tuples(lon, lat).filter(lambda p: p != (0.0, 0.0))


@st.composite
def rings(draw, centre, scale_m):
    """A ring about a centre: one vertex in each of some equal sectors, near or far."""
    count = draw(st.integers(3, 7))
    turn = draw(st.floats(0.0, 360.0))
    far = draw(st.lists(st.floats(0.5, 1.0), min_size=count, max_size=count))
    return tuple(
        GEOD.fwd(*centre, turn + 360.0 * k / count, scale_m * share)[:2]
        for k, share in enumerate(far)
    )


@st.composite
def polygons(draw):
    centre = draw(positions())
    scale_m = draw(st.sampled_from([500.0, 2e4, 3e5, 1.2e6]))
    outer = draw(rings(centre, scale_m))
    holes = (draw(rings(centre, scale_m * 0.1)),) if draw(st.booleans()) else ()
    return Polygon((Part(outer, holes),))


def _far_from_opposite(points):
    return all(GEOD.inv(*a, *b)[2] < 1.5e7 for a, b in itertools.pairwise(points))


LINES = st.lists(positions(), min_size=2, max_size=4).filter(_far_from_opposite).map(tuple)


@st.composite
def tracks(draw):
    points = draw(LINES)
    steps = draw(st.lists(st.integers(36000, 90000), min_size=len(points), max_size=len(points)))
    times_s = tuple(NOON_S + total for total in itertools.accumulate(steps))
    return Track(points, times_s, draw(st.floats(0.0, 1e5)))


FOOTPRINTS = st.one_of(
    polygons(),
    st.builds(Circle, positions(), st.floats(0.0, 1e6)),
    st.builds(Corridor, LINES, st.floats(0.0, 1e6)),
    tracks(),
)
LIMITS = st.builds(
    HeightLimit,
    st.sampled_from([-math.inf, 0.0, 304.8]) | st.floats(-1e4, 0),
    st.sampled_from(Datum),
)
UPPER = st.builds(
    HeightLimit, st.sampled_from([math.inf, 9144.0]) | st.floats(305, 2e5), st.sampled_from(Datum)
)
WINDOWS = st.builds(
    lambda start, length, before, further: TimeWindow(
        -math.inf if before else NOON_S + start, math.inf if further else NOON_S + start + length
    ),
    SECONDS,
    st.integers(1, 10**7),
    st.booleans(),
    st.booleans(),
)
BANDS = st.builds(
    lambda low, width: FrequencyBand(low, low + width),
    st.sampled_from([121.5e6, 9.4e9, 518e3]) | st.floats(1e3, 1e11),
    st.sampled_from([25e3, 8.33e3, 1e9]) | st.floats(1.0, 1e9),
)
FITTING = st.sampled_from(["", "H002A1A"])  # two thousandths of a hertz fit any band
DECLARED = radios(FITTING).filter(lambda radio: radio != Radio())


@st.composite
def volumes(draw, name):
    footprint = draw(FOOTPRINTS)
    arena = draw(st.sampled_from(Arena))
    window = draw(WINDOWS)
    if isinstance(footprint, Track):
        window = TimeWindow(footprint.times_s[0], footprint.times_s[-1])
    radio = (
        {
            "freq": draw(BANDS),
            "role": draw(st.sampled_from([Role.EMIT, Role.RECEIVE])),
            "eirp_dbm": draw(st.none() | st.floats(-100.0, 100.0)),
            "criterion": draw(st.sampled_from(["", "-6", "I/N -6 dB"])),
            "radio": draw(st.none() | DECLARED),
        }
        if arena is Arena.SPECTRUM
        else {}
    )
    return Volume(name, arena, footprint, HeightBand(draw(LIMITS), draw(UPPER)), window, **radio)


TEXTS = st.sampled_from(["", "Survey", 'Ünïcode "quoted"\n', "12"])


@st.composite
def activities(draw, name):
    count = draw(st.integers(1, 2))
    ids = draw(st.sampled_from([["0", "1"], ["1", "0"], ["a", "b"]]))
    amounts = st.sampled_from([0.0, 1e-3, 1852.0])
    return Activity(
        party=draw(st.sampled_from(["north", "south"])),
        id=name,
        volumes=tuple(draw(volumes(volume)) for volume in ids[:count]),
        title=draw(TEXTS),
        kind=draw(TEXTS),
        priority=draw(st.integers(-3, 3)),
        disclose=draw(st.sampled_from(Disclosure)),
        revision=draw(st.integers(1, 3)),
        state=draw(st.sampled_from(State)),
        flex=draw(st.none() | st.builds(Flex, amounts, amounts, amounts, amounts)),
        equipage=draw(TEXTS),
        linked=draw(TEXTS),
    )


def read_back(text):
    reading = read(text.encode(), "plan.geojson", ReadOptions())
    assert [p for p in reading.problems if p.severity is Severity.ERROR] == []
    return reading.activities


def apart_m(a, b):
    return GEOD.inv(*a, *b)[2]


def assert_same_chain(given_points, found_points):
    """Every given vertex comes again in order, and what is between lies on the geodesic."""
    at = 0
    for a, b in itertools.pairwise(given_points):
        assert apart_m(a, found_points[at]) < 0.01
        azimuth = GEOD.inv(*a, *b)[0]
        length = apart_m(a, b)
        while at + 1 < len(found_points) and apart_m(found_points[at], b) >= 1e-3:
            at += 1
            along = apart_m(a, found_points[at])
            assert along <= length + 0.01
            if along < length:
                on_edge = GEOD.fwd(*a, azimuth, along)[:2]
                assert apart_m(on_edge, found_points[at]) < 0.01
        assert apart_m(found_points[at], b) < 0.01
        if at + 1 < len(found_points) and apart_m(found_points[at + 1], b) < 1e-3:
            at += 1
    assert at == len(found_points) - 1


def assert_same_ring(given_ring, found_ring):
    found = list(found_ring)
    for points in (list(given_ring), list(given_ring)[::-1]):
        first = min(range(len(found)), key=lambda i: apart_m(found[i], points[0]))
        turned = [*found[first:], *found[:first], found[first]]
        try:
            assert_same_chain([*points, points[0]], turned)
        except AssertionError:
            continue
        return
    pytest.fail(f"another ring: {given_ring} is not {found_ring}")


def assert_same_footprint(one, two):
    assert type(one) is type(two)
    if isinstance(one, Polygon):
        for part, other in zip(one.parts, two.parts, strict=True):
            for ring, found in zip(
                (part.outer, *part.holes), (other.outer, *other.holes), strict=True
            ):
                assert_same_ring(ring, found)
    elif isinstance(one, Circle):
        assert one == two
    elif isinstance(one, Corridor):
        assert one.half_width_m == two.half_width_m
        assert_same_chain(one.points, two.points)
    else:
        assert one.radius_m == two.radius_m
        assert_same_chain(one.points, two.points)
        assert_same_speed(one, two)


def assert_same_speed(one, two):
    """At each time of the read track the written one is in the same place, to a centimetre."""
    for point, time_s in zip(two.points, two.times_s, strict=True):
        leg = max(0, sum(t <= time_s for t in one.times_s[:-1]) - 1)
        a, b = one.points[leg : leg + 2]
        start_s, end_s = one.times_s[leg : leg + 2]
        azimuth, _, length = GEOD.inv(*a, *b)
        share = (time_s - start_s) / (end_s - start_s)
        assert apart_m(GEOD.fwd(*a, azimuth, length * share)[:2], point) < 0.02


def without_footprints(activity):
    bare = Circle((1.0, 1.0), 0.0)
    fields = {name: getattr(activity, name) for name in Activity.__slots__}
    fields["volumes"] = tuple(
        Volume(*(bare if n == "footprint" else getattr(v, n) for n in Volume.__slots__))
        for v in activity.volumes
    )
    return Activity(**fields)


@given(st.tuples(activities("alpha"), activities("bravo")))
@settings(max_examples=35, deadline=None)
def test_what_is_written_reads_back_the_same(given_activities):
    text = render(given_activities)
    found = read_back(text)
    assert [without_footprints(a) for a in found] == [
        without_footprints(a) for a in given_activities
    ]
    for one, two in zip(given_activities, found, strict=True):
        for volume, other in zip(one.volumes, two.volumes, strict=True):
            assert_same_footprint(volume.footprint, other.footprint)


def a_flight(footprint, **changes):
    volume = Volume(
        "0", Arena.AIR, footprint, HeightBand.of(0.0, 900.0), TimeWindow(NOON_S, NOON_S + 60)
    )
    return Activity("north", "flight", (volume,), **changes)


def test_an_edge_on_the_equator_does_not_put_a_vertex_on_null_island():
    square = Polygon((Part(((-10.0, 0.0), (10.0, 0.0), (10.0, 5.0), (-10.0, 5.0))),))
    assert read_back(render([a_flight(square)]))


def test_written_edges_are_within_a_metre_of_their_geodesics_as_they_stand():
    square = Polygon((Part(((170.0, 60.0), (-170.0, 60.0), (-170.0, 65.0), (170.0, 65.0))),))
    (activity,) = read_back(render([a_flight(square)]))
    ring = activity.volumes[0].footprint.parts[0].outer
    assert all(pieces_of(a, b) == 1 for a, b in itertools.pairwise([*ring, ring[0]]))


def test_a_track_straight_over_the_pole_reads_back():
    track = Track(((10.0, 80.0), (-170.0, 80.0)), (NOON_S, NOON_S + 7200.0), 500.0)
    volume = Volume(
        "0", Arena.AIR, track, HeightBand.of(0.0, 900.0), TimeWindow(NOON_S, NOON_S + 7200.0)
    )
    (activity,) = read_back(render([Activity("north", "flight", (volume,))]))
    assert_same_footprint(track, activity.volumes[0].footprint)


def test_what_a_plan_cannot_say_is_refused_not_dropped():
    with pytest.raises(ImpossibleValueError, match="whole Earth"):
        render([a_flight(Everywhere())])


def test_a_plan_written_twice_or_once_more_is_the_same_to_the_byte():
    outer = ((26.0, 36.0), (26.0, 37.0), (28.0, 37.0), (28.0, 36.0))
    hole = ((26.5, 36.5), (26.5, 36.6), (26.6, 36.6))
    once = render([a_flight(Polygon((Part(outer, (hole,)),)))])
    assert render(read_back(once)) == once


def test_no_activity_is_an_empty_plan():
    assert read_back(render([])) == ()
