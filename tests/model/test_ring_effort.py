"""Looking for crossings costs what `effort` says, whichever way it is done."""

from hypothesis import given
from hypothesis import strategies as st

from wideberth.model.ring import effort, first_crossing

COARSE = st.integers(0, 5).map(float)
RINGS = st.lists(st.tuples(COARSE, COARSE), min_size=3, max_size=12)


def spans(ring, axis):
    ends = zip(ring, [*ring[1:], ring[0]], strict=True)
    return [(min(a[axis], b[axis]), max(a[axis], b[axis])) for a, b in ends]


def pairs_that_meet(ring, axis) -> int:
    those = spans(ring, axis)
    return sum(a[0] <= b[1] and b[0] <= a[1] for k, a in enumerate(those) for b in those[k + 1 :])


@given(RINGS)
def test_effort_counts_the_pairs_along_the_better_axis(ring):
    assert effort(ring) == min(pairs_that_meet(ring, 0), pairs_that_meet(ring, 1))


@given(RINGS)
def test_a_ring_on_its_side_crosses_at_the_same_edges(ring):
    one, other = first_crossing(ring), first_crossing([(y, x) for x, y in ring])
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert one[:2] == other[:2]


def test_a_smooth_outline_of_many_vertices_is_little_effort():
    side = [(float(k), float(k * k)) for k in range(1000)]
    assert effort(side) < 3 * len(side)
