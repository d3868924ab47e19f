"""Each time of the agreement is called once in each direction, or it is told why not."""

import asyncio

from drill_scenes import drilled_agreement
from hypothesis import example, given, settings
from hypothesis import strategies as st
from two_nodes import T0, two_nodes

from wideberth.council.drill_times import slots
from wideberth.node.council import drill_clock, matters
from wideberth.node.draft import Draft
from wideberth.node.work import Work
from wideberth.peering.council.drill import Exercise

AGREEMENT = drilled_agreement()
RULES = AGREEMENT.council.drills
HOUR_S = 3600.0

MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("runs"), st.floats(60.0, 30 * HOUR_S)),
        st.tuples(st.just("is down"), st.floats(1.0, 60 * HOUR_S)),
        st.tuples(st.just("goes back"), st.floats(1.0, 40 * HOUR_S)),
        st.tuples(st.just("dies at work"), st.floats(1.0, 299.0)),
    ),
    max_size=8,
)


def ticked(node, *, dies=False):
    """Have a node's drill clock looked at as after a start: nothing is kept but in the store."""

    def work(transaction):
        draft = Draft(transaction)
        drill_clock.look(Work(node.desk.bench, draft, node.clock.now_s()))
        if not dies:
            draft.keep()

    return node.store.transact(work)


@settings(max_examples=50)
@given(MOVES)
@example([("is down", 299.9 + HOUR_S), ("goes back", 2 * HOUR_S), ("runs", 3 * HOUR_S)])
@example([("runs", 2 * HOUR_S), ("goes back", 2 * HOUR_S), ("is down", 30 * HOUR_S)])
@example([("dies at work", 200.0), ("runs", 26 * HOUR_S), ("dies at work", 20.0)])
def test_no_time_is_called_twice_and_none_is_passed_over_in_silence(moves):
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            node, clock = pair.north, pair.clock
            await ticked(node)
            run_through, latest = set(), clock.now
            for way, seconds in (*moves, ("runs", 60.0)):
                match way:
                    case "runs":
                        end_s = clock.now + seconds
                        await ticked(node)
                        while clock.now < end_s:
                            before_s = clock.now
                            clock.now = min(clock.now + 250.0, end_s)
                            run_through |= set(slots(RULES, after_s=before_s, until_s=clock.now))
                            await ticked(node)
                    case "goes back":
                        clock.now -= seconds
                        await ticked(node)
                    case _:
                        clock.now += seconds
                        await ticked(node, dies=way == "dies at work")
                        await ticked(node)
                latest = max(latest, clock.now)
            found, _next = await node.desk.read(
                lambda reader: matters.matters(reader, kind="drill", is_open=False)
            )
            called = [
                one.opening.slots[0] for one in found if one.opening.what is Exercise.SCHEDULED
            ]
            told = {
                slot_s
                for one in found
                if one.opening.what is Exercise.NOT_CALLED
                for slot_s in one.opening.slots
            }
            assert len(called) == len(set(called))
            assert set(slots(RULES, after_s=T0, until_s=latest)) <= set(called) | told
            assert run_through <= set(called)
            assert all(one.opening.parties == ("north", "south") for one in found)

    asyncio.run(run())
