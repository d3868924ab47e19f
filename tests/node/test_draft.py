"""A draft laid over a store is the store with the changes made, and keeping it makes them."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.adapters.store_memory import MemoryStore
from wideberth.node.draft import Draft
from wideberth.node.ports import Box

TABLES = st.sampled_from(("t", "u"))
KEYS = st.sampled_from(("", "a", "a/", "a/b", "a0", "b", "é", "\U0001f680", "z"))
EDGES = (-math.inf, -1.0, 0.0, 1.0, math.inf)


@st.composite
def boxes(draw) -> Box:
    west, east = sorted(draw(st.tuples(*[st.sampled_from((-180.0, -1.0, 0.0, 180.0))] * 2)))
    south, north = sorted(draw(st.tuples(*[st.sampled_from((-90.0, 0.0, 90.0))] * 2)))
    rest = [sorted(draw(st.tuples(*[st.sampled_from(EDGES)] * 2))) for _ in range(3)]
    return Box(west, south, east, north, *(edge for pair in rest for edge in pair))


scans = st.tuples(
    st.just("scan"), TABLES, KEYS, st.none() | KEYS, st.none() | st.integers(0, 4), st.booleans()
)
nears = st.tuples(st.just("near"), st.lists(boxes(), max_size=2))
changes = st.one_of(
    st.tuples(st.just("put"), TABLES, KEYS, st.binary(max_size=3)),
    st.tuples(st.just("delete"), TABLES, KEYS),
    st.tuples(st.just("place"), KEYS, st.lists(boxes(), max_size=2)),
)
operations = st.lists(
    changes | st.tuples(st.just("get"), TABLES, KEYS) | scans | nears, max_size=12
)


def answers(to, asked):
    """Return what each operation answered."""
    said = []
    for name, *rest in asked:
        if name == "scan":
            table, first, before, limit, newest = rest
            rows = to.scan(table, first=first, before=before, limit=limit, newest=newest)
            said.append(list(rows))
        else:
            said.append(getattr(to, name)(*rest))
    return said


def everything(to):
    world = [Box(-180.0, -90.0, 180.0, 90.0, *(-math.inf, math.inf) * 3)]
    return [list(to.scan(table)) for table in ("t", "u")], to.near(world)


async def on_a_store(work):
    store = MemoryStore()
    return await store.transact(work)


def now(coroutine):
    """Run what never waits."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("it waited")


@given(operations, operations)
@settings(max_examples=400)
def test_what_is_asked_of_a_draft_is_answered_as_if_the_changes_were_made(before, asked):
    def over(tx):
        answers(tx, before)
        return answers(Draft(tx), asked)

    def directly(tx):
        answers(tx, before)
        return answers(tx, asked)

    assert now(on_a_store(over)) == now(on_a_store(directly))


@given(operations, operations)
@settings(max_examples=200)
def test_a_draft_that_is_kept_makes_the_changes_and_one_that_is_dropped_makes_none(before, asked):
    def kept(tx):
        answers(tx, before)
        draft = Draft(tx)
        answers(draft, asked)
        untouched = everything(tx)
        draft.keep()
        return untouched, everything(tx)

    def directly(tx):
        answers(tx, before)
        untouched = everything(tx)
        answers(tx, asked)
        return untouched, everything(tx)

    assert now(on_a_store(kept)) == now(on_a_store(directly))


LETTERS = "abcdefgh"


@given(st.sets(st.sampled_from(LETTERS)), st.integers(0, 4), st.booleans())
@settings(max_examples=150)
def test_a_page_is_full_though_rows_of_it_were_deleted_in_the_draft(deleted, limit, newest):
    made = [("put", "t", key, b"") for key in LETTERS]
    then = [("delete", "t", key) for key in sorted(deleted)]
    asked = [*then, ("scan", "t", "", None, limit, newest)]

    def over(tx):
        answers(tx, made)
        return answers(Draft(tx), asked)[-1]

    def directly(tx):
        answers(tx, made)
        return answers(tx, asked)[-1]

    assert now(on_a_store(over)) == now(on_a_store(directly))


places = st.dictionaries(
    st.sampled_from(("a", "b")), st.lists(boxes(), min_size=1, max_size=2), min_size=1
)


@given(places, st.dictionaries(st.sampled_from(("a", "b")), st.lists(boxes(), max_size=2)), boxes())
@settings(max_examples=200)
def test_what_was_moved_in_the_draft_is_found_where_it_is_and_not_where_it_was(kept, moved, box):
    made = [("place", key, some) for key, some in kept.items()]
    asked = [*(("place", key, some) for key, some in moved.items()), ("near", [box])]

    def over(tx):
        answers(tx, made)
        return answers(Draft(tx), asked)[-1]

    def directly(tx):
        answers(tx, made)
        return answers(tx, asked)[-1]

    assert now(on_a_store(over)) == now(on_a_store(directly))


@given(operations, operations, operations)
@settings(max_examples=200)
def test_a_draft_over_a_draft_is_both_laid_over_the_store(before, lower, upper):
    def over(tx):
        answers(tx, before)
        below = Draft(tx)
        answers(below, lower)
        above = Draft(below)
        said = answers(above, upper)
        above.keep()
        below.keep()
        return said, everything(tx)

    def directly(tx):
        answers(tx, [*before, *lower])
        said = answers(tx, upper)
        return said, everything(tx)

    assert now(on_a_store(over)) == now(on_a_store(directly))
