"""Outlines for the eye lie where the exact ones do, to what they promise."""

import json

import pytest
import shapely

from wideberth.engine.geodesy import GEOD
from wideberth.engine.outline import outline_of
from wideberth.formats.outlines import MOST_LEGS, outlines_of
from wideberth.model.footprint import Circle, Corridor, Everywhere, Polygon, Track

CIRCLES = [
    Circle((33.0, 34.0), 5000.0),
    Circle((-70.0, -60.0), 90_000.0),
    Circle((179.99, 10.0), 20_000.0),
    Circle((10.0, 89.9), 50_000.0),
    Circle((0.0, 0.0), 900_000.0),
]
LINE = ((33.0, 34.0), (33.5, 34.2), (34.0, 33.9))


def shape(outline):
    drawn = {"type": outline.type, "coordinates": json.loads(outline.coordinates)}
    return shapely.from_geojson(json.dumps(drawn))


@pytest.mark.parametrize(
    "footprint",
    [
        *CIRCLES,
        Polygon.of([(33, 34), (34, 34), (33, 35)]),
        Polygon.of([(179, 34), (-179, 34), (180, 35)]),
        Corridor(LINE, 4000.0),
        Track(LINE, (0.0, 1.0, 2.0), 4000.0),
        Everywhere(),
    ],
)
def test_an_outline_holds_what_the_exact_one_holds_but_for_a_two_thousandth(footprint):
    (outline,) = outlines_of([footprint])
    drawn, exact = shape(outline), outline_of(footprint, tolerance_m=1.0)
    assert drawn.is_valid
    off = shapely.area(shapely.symmetric_difference(drawn, exact))
    assert off < 0.002 * shapely.area(exact)
    assert len(outline.boxes) == len(shapely.get_parts(drawn))


def test_a_circle_is_drawn_anticlockwise_at_its_radius():
    (outline,) = outlines_of([CIRCLES[0]])
    ring = shape(outline).exterior
    assert ring.is_ccw
    for lon_deg, lat_deg in ring.coords:
        far_m = GEOD.inv(33.0, 34.0, lon_deg, lat_deg)[2]
        assert far_m == pytest.approx(5000.0, abs=0.2)


def test_outlines_come_in_the_order_of_the_footprints():
    mixed = [CIRCLES[3], CIRCLES[0], Corridor(LINE, 4000.0), CIRCLES[1]]
    together = outlines_of(mixed)
    assert together == [outlines_of([one])[0] for one in mixed]


@pytest.mark.parametrize(
    ("footprint", "kind"),
    [
        (Circle((33.0, 34.0), 0.0), "Point"),
        (Corridor(LINE, 0.0), "LineString"),
        (Track(((179.0, 1.0), (-179.0, 1.0)), (0.0, 1.0), 0.0), "MultiLineString"),
    ],
)
def test_what_has_no_area_is_a_point_or_a_line(footprint, kind):
    assert outlines_of([footprint])[0].type == kind


def test_a_line_of_very_many_legs_is_drawn_without_its_width():
    line = tuple((33.0 + i * 1e-4, 34.0) for i in range(MOST_LEGS + 1))
    assert outlines_of([Corridor(line, 4000.0)])[0].type == "LineString"
