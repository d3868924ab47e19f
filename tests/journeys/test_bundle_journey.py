"""Where there is no line: the same exchange by bundle files, to the byte the same ledgers."""

import asyncio
import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from two_nodes import a_volume, an_activity, two_nodes

from wideberth.errors import WideberthError
from wideberth.model.activity import Disclosure, State
from wideberth.model.command import MarkRead, PassToUnits, UnitAcknowledge
from wideberth.node import queries, tables
from wideberth.node.bundles import export_bundle, import_bundle
from wideberth.node.records import Way
from wideberth.node.refusals import NotFoundError
from wideberth.peering.bundle import BundleError

STEPS = ("declare", "amend", "activate", "end", "read", "pass", "acknowledge", "private", "tick")


async def by_line(pair):
    await pair.settle()


async def by_file(pair):
    """Carry bundles to and fro until there is nothing more to carry."""
    for _ in range(30):
        there = await carry(pair.north, pair.south)
        back = await carry(pair.south, pair.north)
        if not there.answer_due and not back.answer_due:
            return
    raise AssertionError("the bundles never end")


async def carry(sender, receiver):
    made = await export_bundle(sender.desk, receiver.party)
    return await import_bundle(receiver.desk, made.data)


async def ledger(node):
    def work(reader):
        return [raw for _key, raw in reader.scan(tables.ENTRY)]

    return await node.store.read(work)


async def act(pair, who, step):
    """Do one step; what the state of things does not allow is not done, on either way."""
    node = pair.north if who == "north" else pair.south
    party = node.party
    held = await node.held(party, "A1")
    with contextlib.suppress(WideberthError):
        match step:
            case "declare":
                await node.declare(an_activity(party))
            case "private":
                await node.declare(an_activity(party, "P1", disclose=Disclosure.PRIVATE))
            case "amend" if held is not None:
                moved = a_volume(33.0 + held.activity.revision / 10.0)
                revision = held.activity.revision + 1
                await node.declare(an_activity(party, volumes=(moved,), revision=revision))
            case "activate":
                await node.change("A1", State.ACTIVATED)
            case "end":
                await node.change("A1", State.ENDED)
            case "tick":
                pair.clock.now += 61.0
                await node.tick()
            case _:
                await answer(node, step)


async def answer(node, step):
    """Read, pass on or acknowledge the newest notice that came."""
    come = [one for one in await node.notices() if one.way is Way.IN]
    if not come:
        return
    name = come[-1].message
    units = {"south": ("frigate", "battery"), "north": ("wing",)}[node.party]
    if step == "read":
        await node.do(MarkRead(name, "watch"))
    elif step == "pass":
        await node.do(PassToUnits(name, units, "watch"))
    else:
        for unit in units:
            await node.do(UnitAcknowledge(name, unit, "watch"))


def ledgers_of(story, carried):
    """Return both ledgers after a story; None in it: what waits is carried."""

    async def play():
        async with two_nodes() as pair:
            for step in (*story, None):
                if step is None:
                    await carried(pair)
                else:
                    await act(pair, *step)
            return await ledger(pair.north), await ledger(pair.south)

    return asyncio.run(play())


steps = st.tuples(st.sampled_from(["north", "south"]), st.sampled_from(STEPS))


@settings(max_examples=30, deadline=None)
@given(story=st.lists(st.one_of(steps, steps, st.none()), max_size=12))
def test_line_and_file_give_byte_identical_ledgers(story):
    assert ledgers_of(story, by_file) == ledgers_of(story, by_line)


WHOLE = (
    ("north", "declare"),
    ("south", "declare"),
    None,
    ("south", "read"),
    ("south", "pass"),
    ("south", "acknowledge"),
    None,
    ("north", "amend"),
    None,
)


def test_a_whole_story_fills_both_ledgers_alike_on_either_way():
    by_files = ledgers_of(WHOLE, by_file)
    assert by_files == ledgers_of(WHOLE, by_line)
    assert min(map(len, by_files)) > 20


def test_a_notice_climbs_to_acknowledged_by_files_alone():
    async def play():
        async with two_nodes() as pair:
            for step in WHOLE[:7]:
                await (by_file(pair) if step is None else act(pair, *step))
            notices = [n for n in await pair.north.notices() if n.way is Way.OUT]
            return [n.rung.value for n in notices], await pair.north.conflicts()

    rungs, conflicts = asyncio.run(play())
    assert rungs == ["acknowledged"]
    assert len(conflicts) == 1


@settings(max_examples=25, deadline=None)
@given(order=st.lists(st.integers(0, 3), min_size=4, max_size=10))
def test_bundles_in_any_order_and_as_often_as_you_like_do_no_harm(order):
    async def play():
        async with two_nodes() as pair:
            made = []
            for number in range(4):
                name = f"A{number}"
                await pair.north.declare(an_activity("north", name))
                made.append((await export_bundle(pair.north.desk, "south")).data)
            for number in order:
                await import_bundle(pair.south.desk, made[number])
            await by_file(pair)
            size = len(await ledger(pair.south))
            again = [await import_bundle(pair.south.desk, data) for data in made]
            held = await pair.south.desk.read(lambda r: queries.activities(r, party="north"))
            return held, again, size, len(await ledger(pair.south)), await pair.south.alarms()

    held, again, before, after, alarms = asyncio.run(play())
    assert [one.activity.id for one in held] == ["A0", "A1", "A2", "A3"]
    assert [one.new for one in again] == [0, 0, 0, 0]
    assert before == after
    assert alarms == []


def test_a_bundle_that_skips_messages_is_refused_and_says_which_is_missing():
    async def play():
        async with two_nodes() as pair:
            await pair.north.declare(an_activity("north", "A1"))
            first = await export_bundle(pair.north.desk, "south")
            await pair.settle()
            await pair.north.declare(an_activity("north", "A2"))
            later = await export_bundle(pair.north.desk, "south")
            async with two_nodes() as others:  # south as it was before anything came
                found = await import_bundle(others.south.desk, later.data)
                size = len(await ledger(others.south))
                mended = await import_bundle(others.south.desk, first.data)
                return found, size, mended

    found, size, mended = asyncio.run(play())
    assert found.new == 0
    assert "message 1 is missing" in found.refused[0] or "receipt" in found.refused[0]
    assert size == 0
    assert mended.new == 1


def test_a_bundle_for_another_party_is_not_taken():
    async def play():
        async with two_nodes() as pair:
            await pair.north.declare(an_activity("north"))
            made = await export_bundle(pair.north.desk, "south")
            await import_bundle(pair.north.desk, made.data)

    with pytest.raises(BundleError):
        asyncio.run(play())


def test_a_bundle_with_one_byte_changed_is_not_taken_and_changes_nothing():
    async def play():
        async with two_nodes() as pair:
            await pair.north.declare(an_activity("north"))
            data = (await export_bundle(pair.north.desk, "south")).data
            refused = 0
            for at in range(0, len(data), 97):
                changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
                with contextlib.suppress(BundleError):
                    await import_bundle(pair.south.desk, changed)
                    continue
                refused += 1
            return refused, len(range(0, len(data), 97)), await ledger(pair.south)

    refused, tried, entries = asyncio.run(play())
    assert refused == tried
    assert entries == []


def test_a_bundle_for_a_stranger_is_not_made():
    async def play():
        async with two_nodes() as pair:
            await export_bundle(pair.north.desk, "east")

    with pytest.raises(NotFoundError):
        asyncio.run(play())
