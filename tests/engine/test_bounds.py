import pytest

from wideberth.engine.bounds import bounds_of
from wideberth.model.footprint import Circle, Corridor, Everywhere, Polygon, Track


def rounded(found):
    return tuple(round(value, 2) for value in found)


@pytest.mark.parametrize(
    ("footprints", "box"),
    [
        ([Polygon.of([(33, 34), (35, 34), (34, 36)])], (33, 34, 35, 36)),
        ([Corridor(((33, 34), (35, 35)), 0.0)], (33, 34, 35, 35)),
        ([Track(((33, 34), (33, 35)), (0.0, 1.0), 0.0)], (33, 34, 33, 35)),
        ([Circle((10, 0), 111_000.0)], (8.99, -1.01, 11.01, 1.01)),
        ([Circle((179, 10), 0.0), Circle((-178, 11), 0.0)], (179, 10, -178, 11)),
        ([Circle((-60, 0), 0.0), Circle((0, 0), 0.0), Circle((60, 0), 0.0)], (-60, 0, 60, 0)),
        ([Circle((0, 89.9), 50_000.0)], (-180, 89.45, 180, 90)),
        ([Everywhere(), Circle((1, 2), 0.0)], (1, 2, 1, 2)),
        ([Everywhere()], (-180, -90, 180, 90)),
    ],
)
def test_the_box_holds_all_and_goes_over_the_antimeridian_where_that_is_shorter(footprints, box):
    assert rounded(bounds_of(footprints)) == box


def test_nothing_has_no_box():
    assert bounds_of([]) is None
