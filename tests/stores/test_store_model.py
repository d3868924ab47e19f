"""Laws: a store is a dict and a list of boxes, whatever is done to it; near loses nothing."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st
from stores_under_test import run

from wideberth.node.ports import Box

KEYS = st.sampled_from(["", "a", "a\x00", "aa", "b", "é", "￿", "\U0001f600", "\U00010000x"])
TABLES = st.sampled_from(["t", "u", 'odd "; table'])

# Values that float32 cannot hold, that it rounds either way, and that overflow or vanish in it.
_HOSTILE = [
    0.1,
    16777217.0,
    16777219.0,
    1e-50,
    5e-324,
    1e39,
    3.4e38,
    1e300,
    1.8e9 + 0.001,
    math.pi * 1e9,
]
_EDGES = {
    "deg": [-180.0, -179.99999999, -0.25, 0.0, 0.25, 10.0, 10.000000001, 16.0, 180.0],
    "m": [-11000.0, 0.0, 300.0, 300.0000001, 1e5, 1e7, -math.inf, math.inf],
    "s": [1767225600.0, 1.8e9, 1.8e9 + 1e-6, 1.8e9 + 3600.0, 4e9, -math.inf, math.inf],
    "hz": [0.0, 1.0, 1e9, math.nextafter(1e9, 2e9), 1e12, -math.inf, math.inf],
}


def _beside(value):
    return [value, -value, math.nextafter(value, math.inf), math.nextafter(value, -math.inf)]


def _span(unit):
    hostile = [v for x in _HOSTILE for v in _beside(x)]
    spots = [v for v in _EDGES[unit] + hostile if unit != "deg" or abs(v) <= 180.0]
    end = st.sampled_from(spots)
    return st.tuples(end, end).map(sorted)


@st.composite
def boxes(draw):
    (west, east), (south, north) = draw(_span("deg")), draw(_span("deg"))
    (low, high), (start, end) = draw(_span("m")), draw(_span("s"))
    low_hz, high_hz = draw(_span("hz"))
    return Box(west, south, east, north, low, high, start, end, low_hz, high_hz)


def touching(box):
    """Return a box that shares but one point with another: its uppermost corner."""
    return Box(
        box.east_deg,
        box.north_deg,
        180.0,
        box.north_deg,
        box.high_m,
        box.high_m,
        box.end_s,
        math.inf,
        box.high_hz,
        box.high_hz,
    )


def meet(a, b):
    return (
        max(a.west_deg, b.west_deg) <= min(a.east_deg, b.east_deg)
        and max(a.south_deg, b.south_deg) <= min(a.north_deg, b.north_deg)
        and max(a.low_m, b.low_m) <= min(a.high_m, b.high_m)
        and max(a.start_s, b.start_s) <= min(a.end_s, b.end_s)
        and max(a.low_hz, b.low_hz) <= min(a.high_hz, b.high_hz)
    )


@settings(max_examples=40)
@given(placed=st.lists(st.lists(boxes(), min_size=1, max_size=2), min_size=1, max_size=12))
def test_near_never_loses_a_box_that_meets(fresh, placed):
    places = {f"p{i}": some for i, some in enumerate(placed)}
    searches = [[box] for some in placed for box in some]
    searches += [[touching(box) for box in some] for some in placed]
    wanted = [
        {key for key, some in places.items() if any(meet(a, b) for a in some for b in search)}
        for search in searches
    ]

    async def body():
        store = fresh().open()
        await store.transact(lambda t: [t.place(key, some) for key, some in places.items()])
        found = await store.read(lambda r: [r.near(search) for search in searches])
        await store.close()
        return found

    for search, found, must in zip(searches, run(body()), wanted, strict=True):
        assert found >= must, search


_OPERATIONS = st.one_of(
    st.tuples(st.just("put"), TABLES, KEYS, st.binary(max_size=20)),
    st.tuples(st.just("delete"), TABLES, KEYS),
    st.tuples(st.just("get"), TABLES, KEYS),
    st.tuples(
        st.just("scan"),
        TABLES,
        KEYS,
        st.none() | KEYS,
        st.none() | st.integers(0, 4),
        st.booleans(),
    ),
    st.tuples(st.just("place"), KEYS, st.lists(boxes(), max_size=2)),
    st.tuples(st.just("near"), st.lists(boxes(), max_size=2)),
)
_WORKS = st.lists(st.tuples(st.lists(_OPERATIONS, max_size=8), st.booleans()), max_size=8)


class _Oracle:
    """A dict a table and a dict of boxes: what a store should be."""

    def __init__(self):
        self.tables, self.places = {}, {}

    def copy(self):
        other = _Oracle()
        other.tables = {name: dict(table) for name, table in self.tables.items()}
        other.places = dict(self.places)
        return other

    def get(self, table, key):
        return self.tables.get(table, {}).get(key)

    def put(self, table, key, record):
        self.tables.setdefault(table, {})[key] = record

    def delete(self, table, key):
        self.tables.get(table, {}).pop(key, None)

    def scan(self, table, *, first="", before=None, limit=None, newest=False):
        pairs = sorted(self.tables.get(table, {}).items(), reverse=newest)
        return [p for p in pairs if p[0] >= first and (before is None or p[0] < before)][:limit]

    def place(self, key, some):
        self.places[key] = tuple(some)

    def near(self, some):
        return {k for k, own in self.places.items() if any(meet(a, b) for a in own for b in some)}


def _apply(store, operations):
    """Return what the operations answered."""
    answers = []
    for name, *rest in operations:
        if name == "scan":
            table, first, before, limit, newest = rest
            seen = store.scan(table, first=first, before=before, limit=limit, newest=newest)
            answers.append(list(seen))
        else:
            answers.append(getattr(store, name)(*rest))
    return answers


def _agree(operations, answers, wanted):
    for (name, *_), answer, want in zip(operations, answers, wanted, strict=True):
        assert (answer >= want) if name == "near" else (answer == want), name


class _StopError(Exception):
    pass


@settings(max_examples=40)
@given(works=_WORKS)
def test_a_store_is_a_dict_and_a_list_of_boxes(fresh, works):
    async def body():
        store, oracle = fresh().open(), _Oracle()
        for operations, raises in works:
            after, answers = oracle.copy(), []

            def work(t, operations=operations, answers=answers, raises=raises):
                answers[:] = _apply(t, operations)
                if raises:
                    raise _StopError

            try:
                await store.transact(work)
            except _StopError:
                assert raises
            _agree(operations, answers, _apply(after, operations))
            oracle = oracle if raises else after
            for table in ("t", "u"):
                kept = await store.read(lambda r, table=table: list(r.scan(table)))
                assert kept == oracle.scan(table)
        await store.close()

    run(body())
