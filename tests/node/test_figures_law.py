"""The figures of the year come out of either ledger the same, whatever was done and lost (R29)."""

import asyncio

from behind import pass_time
from hypothesis import example, given, settings
from hypothesis import strategies as st
from two_nodes import T0, two_nodes
from year_scenes import AGREEMENT, DEEDS, ROUND, acted, carried, figures

from wideberth.council.figures import Period, canonical, read_figures

MOVES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(("north", "south")), st.sampled_from(DEEDS), st.integers(0, 11)),
        st.tuples(st.just("both"), st.sampled_from(ROUND), st.just(0)),
    ),
    min_size=4,
    max_size=40,
)


async def passed(pair, what):
    match what:
        case "wait":
            await pass_time(pair, 100.0, step_s=50.0)
        case "wait long":
            await pass_time(pair, 2000.0, step_s=280.0)
        case "cut":
            pair.network.partition(["north"], ["south"])
        case "heal":
            pair.network.heal()
        case "settle":
            await pair.settle()
        case "bundle":
            await carried(pair)


RECALLED = [
    ("north", "near", 0),
    ("both", "settle", 0),
    ("south", "read", 0),
    ("north", "recall", 0),
    ("both", "settle", 0),
]


@settings(max_examples=30)
@given(MOVES, st.floats(0.0, 1.0))
@example(RECALLED, 1.0)
@example(RECALLED, 0.0)
@example([("north", "near", 0), ("south", "near", 0), ("both", "wait long", 0)] * 3, 0.5)
def test_the_figures_of_both_ledgers_are_the_same_once_all_is_delivered(moves, part):
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            for who, what, number in moves:
                if who == "both":
                    await passed(pair, what)
                else:
                    await acted(pair, who, what, number)
            pair.network.heal()
            await pass_time(pair, 200.0, step_s=50.0)
            end_s = pair.clock.now
            for from_s in (T0 - 1.0, T0 + part * (end_s - T0)):
                for to_s in (end_s, T0 + part * (end_s - T0)):
                    period = Period(from_s, to_s)
                    ours, theirs = [await figures(n, period) for n in (pair.north, pair.south)]
                    assert ours == theirs
                    assert canonical(ours) == canonical(theirs)
                    assert read_figures(canonical(ours).decode()) == ours
                    keys = [line.key for line in ours.lines]
                    assert len(keys) == len(set(keys))

    asyncio.run(run())
