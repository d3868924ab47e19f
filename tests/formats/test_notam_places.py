"""Item E's areas: shapes as written, several in one text, and doubt that takes the Q circle."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from wideberth.formats.notam_places import Places, places_in
from wideberth.formats.notam_positions import tokens_in
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.model.footprint import Circle, Corridor, Footprint, Point, Polygon

GEOD = Geod(ellps="WGS84")
NM = 1852.0
A, B, C, D = "344000N0331000E", "345000N0331000E", "345000N0332000E", "344000N0332000E"
RING = f"{A}-{B}-{C}-{D}-{A}"
FAR = "354000N0331000E-355000N0331000E-355000N0332000E-354000N0331000E"


def places(text: str, options: ReadOptions | None = None) -> Places:
    return places_in(text, options or ReadOptions(), "here")


def at(text: str) -> tuple[Point, ...]:
    return tuple(t.point for t in tokens_in(text) if t.point is not None)


def rings(found: Places) -> list[tuple[Point, ...]]:
    return [area.parts[0].outer for area in found.areas if isinstance(area, Polygon)]


@pytest.mark.parametrize(
    "text",
    [
        f"AREA BOUNDED BY: {RING}.",
        f"AREA BOUNDED BY LINES JOINING {A}, {B}, {C}, {D}, {A}",
        f"WITHIN {A} TO {B} TO {C} TO {D} TO POINT {A}",
        f"{A} THEN STRAIGHT LINE TO {B} THENCE {C} AND {D} BACK TO {A}",
        f"1. {A} 2. {B} 3. {C} 4. {D} 5. {A}",
        f"POINTS: A) {A}, B) {B}, C) {C}, D) {D}, E) {A}",
    ],
)
def test_a_ring_is_read_however_its_positions_are_joined(text: str) -> None:
    found = places(text)
    assert rings(found) == [at(RING)[:-1]]
    assert (found.problems, found.needs_circle) == ([], False)


def test_an_open_ring_is_closed_and_said() -> None:
    found = places(f"AREA {A}-{B}-{C}")
    assert rings(found) == [at(RING)[:3]]
    assert [p.severity for p in found.problems] == [Severity.ASSUMED]


@pytest.mark.parametrize(
    ("words", "radius_m"),
    [
        ("WI 12NM RADIUS OF {}", 12 * NM),
        ("CIRCLE RADIUS 5KM CENTRED ON {}", 5000.0),
        ("RADIUS 2000M CENTER {}", 2000.0),
        ("WITHIN A RADIUS OF 10NM OF {}", 10 * NM),
        ("WI 2.5NM OF {}", 2.5 * NM),
        ("5-NM RADIUS OF {}", 5 * NM),
        ("4KM AROUND {}", 4000.0),
        ("{} RADIUS 2,000M", 2000.0),
        ("PSN {} WITH A RADIUS OF 3NM", 3 * NM),
        ("{}, 500FT RADIUS", 152.4),
        ("A CIRCLE OF 1NM CENTERED AT {}", NM),
    ],
)
def test_a_circle_is_read(words: str, radius_m: float) -> None:
    found = places(f"FIRING {words.format(A)} ACTIVE.")
    assert found.areas == [Circle(at(A)[0], radius_m)]
    assert (found.problems, found.needs_circle) == ([], False)


@pytest.mark.parametrize(
    ("words", "half_m"),
    [
        ("WI 5NM EITHER SIDE OF LINE {}", 5 * NM),
        ("WITHIN 3KM OF THE LINE {}", 3000.0),
        ("CORRIDOR 10NM WIDE {}", 5 * NM),
        ("{} 2NM BOTH SIDES", 2 * NM),
        ("WI 4NM OF {}", 4 * NM),
    ],
)
def test_a_corridor_is_read(words: str, half_m: float) -> None:
    found = places(words.format(f"{A}-{B}-{C}"))
    assert found.areas == [Corridor(at(RING)[:3], half_m)]
    assert found.problems == []


def test_several_areas_are_several() -> None:
    found = places(f"AREA 1: {RING} AREA 2: {FAR} AND WI 2NM OF {C}")
    assert rings(found) == [at(RING)[:-1], at(FAR)[:-1]]
    assert Circle(at(C)[0], 2 * NM) in found.areas
    assert not found.needs_circle


def test_areas_closed_one_after_the_other_are_parted() -> None:
    assert rings(places(f"{RING}, {FAR}")) == [at(RING)[:-1], at(FAR)[:-1]]


def test_each_position_has_its_own_radius() -> None:
    found = places(f"PSN {A} RADIUS 5NM, PSN {B} RADIUS 3NM")
    assert found.areas == [Circle(at(A)[0], 5 * NM), Circle(at(B)[0], 3 * NM)]


def test_a_closed_ring_with_a_radius_keeps_its_inside() -> None:
    assert {type(a) for a in places(f"WI 5NM OF {RING}").areas} == {Polygon, Corridor}


@pytest.mark.parametrize(
    "text",
    [
        f"AREA {A}-346000N0331000E-{C}",
        f"MAST AT {A}",
        f"ALONG ROUTE {A}-{B}-{C}",
        f"{A}-{B}-{C} NEAR THE LIGHTHOUSE {D}-{B}-{C}",
        f"{RING}, {B}",
        f"WI 5NM RADIUS OF ARP AND BOUNDED BY {RING}",
    ],
)
def test_doubt_asks_for_the_q_circle(text: str) -> None:
    found = places(text)
    assert found.needs_circle
    assert Severity.PARTIAL in [p.severity for p in found.problems]


def test_an_arc_gives_a_larger_circle_and_the_q_circle() -> None:
    found = places(f"{A}-{B} THEN CLOCKWISE BY ARC RADIUS 10NM CENTRED ON {C} TO {D}-{A}")
    (circle,) = found.areas
    assert isinstance(circle, Circle)
    for point in at(RING):
        assert GEOD.inv(*circle.centre, *point)[2] + 10 * NM <= circle.radius_m + 0.01
    assert found.needs_circle


def test_a_ring_that_crosses_itself_is_refused_or_mended() -> None:
    text = f"AREA {A}-{C}-{B}-{D}-{A}"
    (error,) = places(text).problems
    assert (error.severity, "34.7" in error.what) == (Severity.ERROR, True)
    assert all(words in error.text for words in (A, B, C, D))
    assert len(rings(places(text, ReadOptions(repair=True)))) == 1


PIECES = st.sampled_from(
    [A, B, C, D, RING, FAR, "346000N0331000E", "344000N", "-", " TO ", ", ", " WI 5NM OF ", "1) ",
     " RADIUS 3KM ", " CLOCKWISE ARC ", " AREA ", " 2NM EITHER SIDE ", " ROUTE ", " AND ", ". ",
     f"{RING}-3449N03319E", "3441N03311E"]
)  # fmt: skip


def holds(area: Footprint, point: Point) -> bool:
    if isinstance(area, Polygon):
        return point in area.parts[0].outer
    if isinstance(area, Corridor):
        return point in area.points
    assert isinstance(area, Circle)
    return GEOD.inv(*area.centre, *point)[2] <= area.radius_m + 0.01


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_every_position_is_in_an_area_or_in_a_remark(text: str) -> None:
    text = " ".join(text.split())
    found = places(text)
    for token in tokens_in(text):
        is_placed = token.point is not None and any(holds(a, token.point) for a in found.areas)
        assert is_placed or any(token.words in f"{p.text} {p.what}" for p in found.problems)
