"""The outbox: in order, again and again, visibly, and never from memory."""

import asyncio
import itertools

import pytest
from counted_chance import CountedChance
from two_nodes import an_activity, two_nodes

from wideberth.model.command import Suspend, Tick
from wideberth.node import tables
from wideberth.node.outbox import LONGEST_WAIT_S, MOST_TOGETHER, Outbox, waiting
from wideberth.node.ports import LinkError
from wideberth.peering.problem import Problem, encode_problem


def in_pair(work):
    async def main():
        async with two_nodes() as pair:
            return await work(pair)

    return asyncio.run(main())


class Line:
    """A link that answers as told, and remembers what it was given."""

    def __init__(self, answer) -> None:
        self.answer = answer
        self.given: list[list[bytes]] = []

    async def exchange(self, peer, envelopes):
        self.given.append(list(envelopes))
        return await self.answer(envelopes)


def outbox_over(pair, line) -> Outbox:
    return Outbox(pair.north.desk, line, CountedChance("n"), peer="south")


async def queued(pair) -> int:
    keys = await pair.north.desk.read(lambda r: [k for k, _ in r.scan(tables.OUTBOX)])
    return len(keys)


def test_what_waits_goes_in_order_and_at_most_so_many_together():
    async def work(pair):
        for k in range(MOST_TOGETHER + 5):
            await pair.north.declare(an_activity(name=f"A{k:03d}"))
        first = await pair.north.desk.read(lambda r: waiting(r, "south"))
        assert len(first) == MOST_TOGETHER
        await pair.settle()
        assert await queued(pair) == 0
        notices = [n for n in await pair.north.notices() if n.way == "out"]
        assert [n.activity for n in notices] == [f"A{k:03d}" for k in range(MOST_TOGETHER + 5)]

    in_pair(work)


@pytest.mark.parametrize(
    "answer",
    [[], [b"rubbish"], [encode_problem(Problem(problem="no", code="stranger"))]],
    ids=["nothing", "rubbish", "a refusal"],
)
def test_an_answer_that_is_no_receipt_takes_nothing_out_and_shows_why(answer):
    async def work(pair):
        async def give(_envelopes):
            return answer

        await pair.north.declare(an_activity())
        before = await queued(pair)
        assert await outbox_over(pair, Line(give)).turn() is False
        assert await queued(pair) == before
        peer = await pair.north.peer("south")
        assert peer.down_since_s is not None
        assert peer.down_reason
        assert (await pair.north.notices())[0].rung == "sent"

    in_pair(work)


def test_a_line_that_fails_is_tried_for_ever_with_bounded_and_growing_waits():
    async def work(pair):
        tried, enough = [], asyncio.Event()

        async def fail(_envelopes):
            tried.append(sum(pair.clock.slept))
            if len(tried) == 20:
                enough.set()
            raise LinkError("unreachable")

        await pair.north.declare(an_activity())
        line = Line(fail)
        task = asyncio.create_task(outbox_over(pair, line).run())
        await enough.wait()
        task.cancel()
        waits = [later - before for before, later in itertools.pairwise(tried)]
        assert len({tuple(given) for given in line.given}) == 1
        assert max(waits) <= LONGEST_WAIT_S
        assert waits[-1] > 10 * waits[0]
        assert (await pair.north.peer("south")).down_reason == "unreachable"

    in_pair(work)


def test_a_line_that_comes_back_is_shown_up_again_and_loses_nothing():
    async def work(pair):
        pair.network.partition(["north"], ["south"])
        await pair.north.declare(an_activity())
        assert await pair.north.outbox.turn() is False
        assert (await pair.north.peer("south")).down_since_s is not None
        pair.network.heal()
        await pair.settle()
        assert (await pair.north.peer("south")).down_since_s is None
        assert await pair.south.held("north", "A1") is not None

    in_pair(work)


def test_a_receipt_whose_answer_was_lost_is_given_again_and_counts_once():
    async def work(pair):
        pair.network.line("north", "south").drop_answer = 1.0
        await pair.north.declare(an_activity())
        await pair.north.outbox.turn()
        assert await pair.south.held("north", "A1") is not None
        assert (await pair.north.notices())[0].rung == "sent"
        pair.network.heal()
        pair.network.line("north", "south").mend()
        await pair.settle()
        assert (await pair.north.notices())[0].rung == "delivered"
        assert len([n for n in await pair.south.notices() if n.activity == "A1"]) == 1

    in_pair(work)


def test_a_suspended_exchange_sends_no_declaration_and_tells_all_when_taken_up():
    async def work(pair):
        await pair.north.do(Suspend("south", suspended=True, by="s", reason="talks broken off"))
        await pair.settle()
        await pair.north.declare(an_activity())
        await pair.settle()
        assert await pair.south.held("north", "A1") is None
        assert "suspended" in await pair.south.alarms()
        await pair.north.do(Suspend("south", suspended=False, by="s", reason=""))
        await pair.settle()
        assert await pair.south.held("north", "A1") is not None
        assert "suspended" not in await pair.south.alarms()

    in_pair(work)


def test_an_idle_line_still_beats():
    async def work(pair):
        await pair.settle()
        pair.clock.now += 61.0
        await pair.north.do(Tick())
        assert await queued(pair) >= 1
        await pair.settle()
        assert (await pair.south.peer("north")).last_heard_s == pair.clock.now

    in_pair(work)
