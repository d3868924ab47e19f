"""Hypothesis strategies for footprints, drawn where things go wrong: poles, date line, edges."""

import itertools
import math

from hypothesis import strategies as st
from pyproj import Geod

from wideberth.model.footprint import Circle, Corridor, Footprint, Polygon, Track

GEOD = Geod(ellps="WGS84")
ANCHORS = (
    (33.0, 34.0), (0.0, 0.0), (180.0, 10.0), (-179.999, -45.0), (12.0, 89.9), (100.0, -89.99),
    (45.0, 90.0), (-60.0, 70.0), (179.9, 66.0),
)  # fmt: skip


def go(point, azimuth_deg: float, length_m: float):
    lon, lat, _ = GEOD.fwd(point[0], point[1], azimuth_deg, length_m)
    return float(lon), float(lat)


sizes = st.floats(3.0, 6.0).map(lambda e: 10.0**e)
gaps = st.sampled_from((0.0, 1.0, 50.0, 9000.0, 60_000.0)) | st.floats(0.0, 5.0).map(
    lambda e: 10.0**e
)
azimuths = st.sampled_from((0.0, 90.0, 180.0, 270.0)) | st.floats(0.0, 360.0)


@st.composite
def polygons(draw, centre, size_m: float, *, holes: bool = True) -> Polygon:
    """A star about its centre: any number of dents, never crossing itself."""
    n = draw(st.integers(3, 8))
    turn = draw(st.floats(0.0, 360.0))
    outer = [
        go(centre, turn + 360.0 * k / n, size_m * draw(st.floats(0.45, 1.0))) for k in range(n)
    ]
    if holes and n > 4 and draw(st.booleans()):
        hole = [go(centre, turn + 360.0 * k / n, size_m * 0.2) for k in range(n)]
        return Polygon.of(outer, hole)
    return Polygon.of(outer)


@st.composite
def lines(draw, centre, size_m: float):
    n = draw(st.integers(2, 5))
    points = [centre]
    heading = draw(azimuths)
    for _ in range(n - 1):
        heading += draw(st.floats(-70.0, 70.0))
        points.append(go(points[-1], heading, size_m * draw(st.floats(0.2, 1.0))))
    return tuple(points)


@st.composite
def footprints(draw, centre, size_m: float) -> Footprint:
    match draw(st.sampled_from(("polygon", "circle", "corridor", "point"))):
        case "polygon":
            return draw(polygons(centre, size_m))
        case "circle":
            return Circle(centre, size_m * draw(st.floats(0.1, 1.0)))
        case "corridor":
            return Corridor(draw(lines(centre, size_m)), size_m * draw(st.floats(0.0, 0.3)))
        case _:
            return Circle(centre, 0.0)


@st.composite
def pairs(draw) -> tuple[Footprint, Footprint]:
    """Two footprints a chosen gap or so apart, at a place where the Earth is awkward."""
    anchor = draw(st.sampled_from(ANCHORS))
    size_a, size_b = draw(sizes), draw(sizes)
    apart_m = min(1.5e7, size_a + size_b + draw(gaps) - draw(st.sampled_from((0.0, 1.0))) * size_b)
    other = go(anchor, draw(azimuths), apart_m * draw(st.sampled_from((0.0, 0.5, 1.0, 1.0))))
    return draw(footprints(anchor, size_a)), draw(footprints(other, size_b))


@st.composite
def tracks(draw, centre, size_m: float, *, start_s: float = 0.0) -> Track:
    points = draw(lines(centre, size_m))
    speed = draw(st.floats(5.0, 300.0))
    times = [start_s + draw(st.floats(-1.0, 1.0)) * size_m / speed]
    for a, b in itertools.pairwise(points):
        length = GEOD.inv(*a, *b)[2]
        times.append(times[-1] + max(1.0, length / speed * draw(st.floats(0.5, 1.5))))
    assert all(math.isfinite(t) for t in times)
    return Track(points, tuple(times), draw(st.sampled_from((0.0, 500.0, 5000.0))))
