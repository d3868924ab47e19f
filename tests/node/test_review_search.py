"""One activity that cannot be judged, or is too much, keeps no other conflict from being found."""

import asyncio
from dataclasses import replace

from two_nodes import T0, HandClock, a_volume, an_activity, an_agreement, make_node, two_nodes

from wideberth.adapters.store_memory import MemoryStore
from wideberth.model.command import RecallNotice, Receive
from wideberth.node import judging, outbox, queries, tables
from wideberth.node.judging import boxes_of, judge_all

PLACES = tuple(a_volume(id=str(k)) for k in range(120))


async def alarms_of(node, kind: str) -> list[str]:
    return [one.subject for one in await node.desk.read(queries.alarms) if one.kind == kind]


def test_what_cannot_be_read_hides_no_conflict_with_what_can():
    async def main():
        async with two_nodes() as pair:
            for name in ("A", "B", "C"):
                await pair.south.declare(an_activity("south", name))
            await pair.settle()
            damaged = tables.key("south", "B")
            await pair.north.store.transact(lambda tx: tx.put(tables.ACTIVITY, damaged, b"{"))
            answer = await pair.north.declare(an_activity())
            assert {met.b.activity for met in answer.conflicts} == {"A", "C"}
            assert answer.not_judged
            assert await alarms_of(pair.north, "not judged") == ["north/A1"]

    asyncio.run(main())


def test_too_many_volumes_are_an_alarm_and_do_not_end_or_hide_other_conflicts():
    async def main():
        async with two_nodes() as pair:
            await pair.north.declare(an_activity())
            many = an_activity("south", "MANY", volumes=PLACES)
            await pair.south.declare(many)
            await pair.settle()
            before = await pair.north.conflicts()
            assert len(before) == len(PLACES)
            own = an_activity("north", "OWN", volumes=PLACES)  # 14,400 pairs
            answer = await pair.north.declare(own)
            assert answer.not_judged
            assert await alarms_of(pair.north, "not judged") == ["north/OWN"]
            assert await pair.north.conflicts() == before
            fewer = replace(own, volumes=PLACES[:2], revision=2)
            answer = await pair.north.declare(fewer)
            assert len(answer.conflicts) == 2 * len(PLACES)
            assert not answer.not_judged
            assert await alarms_of(pair.north, "not judged") == []

    asyncio.run(main())


def test_beside_too_much_what_fits_is_still_found():
    agreement = an_agreement()
    present = {("north", "OWN"): an_activity("north", "OWN", volumes=PLACES)}
    others = [an_activity("south", "MANY", volumes=PLACES), an_activity("south", "ONE")]
    node = make_node("north", agreement, HandClock(), store=MemoryStore())

    async def main():
        task = asyncio.create_task(node.desk.run())
        async with two_nodes(agreement) as pair:
            for one in others:
                await pair.south.declare(one)
            boxes = boxes_of(node.desk.bench.settings, list(present.values()))
            (found,) = await pair.south.desk.read(
                lambda reader: judge_all(reader, agreement, present, boxes)
            )
        task.cancel()
        return found

    found = asyncio.run(main())
    assert not found.is_whole
    assert {one.b.activity for one in found.conflicts} == {"ONE"}
    assert "split" in found.why


def test_a_batch_that_is_too_much_together_is_judged_one_by_one():
    async def main():
        async with two_nodes() as pair:
            await pair.south.declare(an_activity("south", "M", volumes=PLACES[:100]))
            await pair.settle()
            own = [an_activity("north", f"N{k}", volumes=PLACES[:51]) for k in range(2)]
            answers = await asyncio.gather(*(pair.north.declare(one) for one in own))
            assert [len(answer.conflicts) for answer in answers] == [5100] * 2
            assert not any(answer.not_judged for answer in answers)

    assert judging.MOST_PAIRS < 2 * 5100
    asyncio.run(main())


def test_an_alarm_that_an_activity_was_not_judged_ends_with_the_activity():
    async def main():
        async with two_nodes() as pair:
            await pair.south.declare(an_activity("south", "B"))
            await pair.settle()
            key = tables.key("south", "B")
            await pair.north.store.transact(lambda tx: tx.put(tables.ACTIVITY, key, b"{"))
            await pair.north.declare(an_activity())
            assert await alarms_of(pair.north, "not judged") == ["north/A1"]
            await pair.north.change("A1", "Withdrawn")
            assert await alarms_of(pair.north, "not judged") == []

    asyncio.run(main())


def test_a_recalled_activity_leaves_nothing_behind_though_it_came_in_the_same_commit():
    async def main():
        async with two_nodes() as pair:
            await pair.south.declare(an_activity("south", "B"))
            await pair.settle()
            answer = await pair.north.declare(an_activity())
            (notice,) = answer.notices
            await pair.north.do(RecallNotice(notice.message, "not for them", "p"))
            waiting = await pair.north.desk.read(lambda r: outbox.waiting(r, "south"))
            await asyncio.gather(*(pair.south.do(Receive(raw, "t")) for raw in waiting))
            assert await pair.south.held("north", "A1") is None
            assert await pair.south.conflicts() == []
            assert await pair.south.desk.read(places_of_north) == []

    asyncio.run(main())


def places_of_north(reader) -> list[str]:
    settings = make_node("north", an_agreement(), HandClock(T0)).desk.bench.settings
    (boxes,) = boxes_of(settings, [an_activity()]).values()
    return sorted(key for key in reader.near(boxes) if key.startswith("north/"))
