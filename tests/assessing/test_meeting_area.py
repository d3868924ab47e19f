import math

import pytest
import shapely

from wideberth.assessing.meeting_area import during, meeting_area
from wideberth.engine.geodesy import GEOD
from wideberth.engine.outline import outline_of
from wideberth.model.footprint import Circle, Corridor, Everywhere, Polygon, Track

AT = (33.0, 34.0)


def east(metres, of=AT):
    lon_deg, lat_deg, _back = GEOD.fwd(*of, 90.0, metres)
    return lon_deg, lat_deg


def area_m2(shape):
    return abs(sum(GEOD.geometry_area_perimeter(part)[0] for part in shapely.get_parts(shape)))


def test_what_overlaps_is_hatched_where_both_are():
    a, b = Circle(AT, 5000.0), Circle(east(6000.0), 5000.0)
    found = meeting_area(a, b, east(3000.0), 9000.0)
    lens = 2 * 5000.0**2 * math.acos(0.6) - 3000.0 * 8000.0
    assert (found.gap_m, found.nearest, found.padded_by_m) == (0.0, None, 0.0)
    assert area_m2(found.area) == pytest.approx(lens, rel=0.01)


def test_what_is_apart_shows_the_nearest_places_and_where_both_reach_with_half_the_minimum():
    a, b = Circle(AT, 5000.0), Circle(east(14_000.0), 5000.0)
    found = meeting_area(a, b, east(7000.0), 9000.0)
    assert found.gap_m == pytest.approx(4000.0, abs=0.1)
    (lon_a, lat_a), (lon_b, lat_b) = found.nearest
    assert GEOD.inv(*AT, lon_a, lat_a)[2] == pytest.approx(5000.0, abs=0.5)
    assert GEOD.inv(lon_a, lat_a, lon_b, lat_b)[2] == pytest.approx(4000.0, abs=0.5)
    assert found.padded_by_m == pytest.approx(4505.0)
    lens = 2 * 9505.0**2 * math.acos(7000 / 9505) - 7000.0 * 2 * math.sqrt(9505.0**2 - 7000.0**2)
    assert area_m2(found.area) == pytest.approx(lens, rel=0.01)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (Circle((179.9, 10.0), 40_000.0), Polygon.of([(179, 9), (-179, 9), (-179, 11), (179, 11)])),
        (Circle((0.0, 90.0), 90_000.0), Circle((20.0, 89.5), 90_000.0)),
    ],
)
def test_the_area_is_cut_at_the_antimeridian_and_closed_at_the_pole(a, b):
    at = (180.0, 10.0) if isinstance(b, Polygon) else (20.0, 89.7)
    found = meeting_area(a, b, at, 0.0)
    exact = shapely.intersection(outline_of(a), outline_of(b))
    off = shapely.area(shapely.symmetric_difference(found.area, exact))
    assert off < 0.02 * shapely.area(exact)


def test_what_is_everywhere_meets_another_in_all_of_it():
    circle = Circle(AT, 5000.0)
    found = meeting_area(Everywhere(), circle, AT, 0.0)
    assert area_m2(found.area) == pytest.approx(math.pi * 5000.0**2, rel=0.01)
    assert meeting_area(Everywhere(), Everywhere(), AT, 0.0).area is None


def test_lines_that_cross_are_hatched_round_the_crossing():
    a, b = (Corridor(line, 0.0) for line in (((33, 33), (33, 35)), ((32, 34), (34, 34))))
    found = meeting_area(a, b, AT, 1000.0)
    assert found.padded_by_m == pytest.approx(505.0)
    assert area_m2(found.area) == pytest.approx(1010.0**2, rel=0.02)


def test_a_track_is_looked_at_while_the_conflict_lasts():
    track = Track(((33.0, 34.0), (33.0, 35.0), (34.0, 35.0)), (0.0, 100.0, 200.0), 1000.0)
    part = during(track, 50.0, 150.0)
    assert part.times_s == (50.0, 100.0, 150.0)
    assert part.points[0] == pytest.approx((33.0, 34.5), abs=1e-3)
    assert part.points[1] == (33.0, 35.0)
    assert during(track, 500.0, 600.0) is track
    assert during(Circle(AT, 1.0), 0.0, 1.0) == Circle(AT, 1.0)
