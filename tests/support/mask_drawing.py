"""Draw masks near the edges: steps, flat tops, triangles, one point, floors met exactly."""

from hypothesis import strategies as st

from wideberth.spectrum.mask import Mask

WIDTHS_HZ = st.one_of(st.sampled_from((1.0, 8_330.0, 25_000.0, 1e6, 1e8)), st.floats(100.0, 1e6))
FALLS_DB = st.one_of(st.sampled_from((0.0, 0.1, 40.0)), st.floats(0.0, 40.0))
FLOORS_OVER_DB = st.sampled_from((0.0, 1e-3, 7.0, 30.0))


@st.composite
def sides(draw):
    """One side: offsets from the middle outwards, steps among them, attenuation from 0."""
    scale_hz = draw(WIDTHS_HZ)
    points = [(scale_hz * draw(st.sampled_from((0.0, 0.5))), 0.0)]
    for _ in range(draw(st.integers(1, 4))):
        at_hz, at_db = points[-1]
        may_step = len(points) > 1 and points[-2][0] < at_hz
        away = draw(st.sampled_from((0.0, 0.01, 1.0) if may_step else (0.01, 1.0)))
        fall_db = draw(FALLS_DB)
        point = (at_hz + away * scale_hz, min(at_db + fall_db, 70.0))
        if point != points[-1]:
            points.append(point)
    if len(points) == 1 and points[0][0] == 0.0:
        points.append((scale_hz, 0.0))
    return tuple(points)


def _mask(points, over_db):
    return Mask(points, min(max(db for _, db in points) + over_db, 100.0))


even_masks = st.builds(_mask, sides(), FLOORS_OVER_DB)


@st.composite
def odd_masks(draw):
    """Both sides given, the middle anywhere."""
    low, high = draw(sides()), draw(sides())
    move_hz = draw(st.sampled_from((0.0, 0.3, -2.0))) * high[-1][0]
    below = [(-hz, db) for hz, db in reversed(low)]
    joined = [*below, *high] if below[-1] != high[0] else [*below, *high[1:]]
    points = tuple((hz + move_hz, db) for hz, db in joined)
    if points[0][0] >= 0.0:
        points = tuple((hz - points[-1][0], db) for hz, db in points)
    tidy = [p for k, p in enumerate(points) if k == 0 or p != points[k - 1]]
    return _mask(tuple(tidy), draw(FLOORS_OVER_DB))


masks = st.one_of(even_masks, odd_masks())
