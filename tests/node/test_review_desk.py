"""Growth is bounded, and a fault of the program is told and not only answered."""

import asyncio
from types import SimpleNamespace

import pytest
from two_nodes import an_activity, two_nodes

from wideberth.model.command import Declare, Suspend, Tick
from wideberth.node import queries, tables
from wideberth.node.work import MOST_EVENTS
from wideberth.web.live import _page


def test_the_oldest_events_go_and_who_resumes_among_them_is_told():
    async def main():
        async with two_nodes() as pair:
            await pair.north.declare(an_activity())
            store = pair.north.store
            oldest = await pair.north.desk.read(lambda r: queries.events(r)[0].id)
            almost = str(MOST_EVENTS + oldest - 1).encode()
            await store.transact(lambda tx: tx.put(tables.META, "event", almost))
            await pair.north.declare(an_activity("north", "A2"))
            found = await pair.north.desk.read(queries.events)
            assert found[0].id > oldest
            assert found[-1].id > MOST_EVENTS
            asked = SimpleNamespace(sees_private=True)
            _last, told = await pair.north.desk.read(lambda r: _page(r, asked=asked, after=0))
            assert told.startswith(b"event: missed\n")
            after = found[0].id
            _last, told = await pair.north.desk.read(lambda r: _page(r, asked=asked, after=after))
            assert b"missed" in told  # the numbers that this test leapt over
            after = found[-1].id - 1
            _last, told = await pair.north.desk.read(lambda r: _page(r, asked=asked, after=after))
            assert b"missed" not in told

    asyncio.run(main())


def test_a_fault_of_the_program_is_told_once_and_names_no_content():
    async def main():
        async with two_nodes() as pair:
            desk = pair.north.desk
            not_a_plan = Declare(None, "duty officer", "p")  # what no type check would let through
            for _twice in range(2):
                with pytest.raises(AttributeError):
                    await desk.do(not_a_plan)
            await desk.do(Tick())
            told = [text for _role, text in pair.north.heard.alerts if "fault" in text]
            assert len(told) == 1
            assert "AttributeError" in told[0]
            assert desk.status()["faults"] == ["AttributeError"]

    asyncio.run(main())


def test_alerts_that_were_lost_with_a_process_are_given_by_the_next():
    async def main():
        async with two_nodes() as pair:
            await pair.north.do(Suspend("south", suspended=True, reason="a storm", by="p"))
            pair.north.heard.alerts.clear()
            await pair.north.desk.remind()
            ((role, text),) = pair.north.heard.alerts
            assert role == "duty officer"
            assert "suspended" in text

    asyncio.run(main())
