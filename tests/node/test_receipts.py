"""Receipts: whatever order and number they come in, each counts once."""

import asyncio
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from lying_peer import Scene, lied_to, payload_of
from two_nodes import an_activity

from wideberth.errors import WideberthError
from wideberth.model.command import TakeReceipt
from wideberth.model.notice import Rung
from wideberth.node import tables
from wideberth.peering.checkpoint import parse_checkpoint
from wideberth.peering.notes import parse_note
from wideberth.peering.payloads import decode_message

TABLES = [
    value for name, value in vars(tables).items() if name.isupper() and isinstance(value, str)
]
COUNT = 5
numbers = st.integers(0, COUNT - 1)
befalls = st.one_of(
    st.tuples(st.just("whole"), numbers),
    st.tuples(st.just("flipped"), numbers, st.integers(0, 10_000)),
    st.tuples(st.just("cut"), numbers, st.integers(0, 10_000)),
    st.tuples(st.just("noise"), numbers),
)


async def state(scene: Scene) -> dict[str, list[tuple[str, bytes]]]:
    return await scene.node.desk.read(lambda r: {name: list(r.scan(name)) for name in TABLES})


async def taken(what: list[tuple]) -> dict:
    """Return the store after the receipts came so, and then in order to the last one."""
    async with lied_to() as scene:
        for k in range(COUNT):
            await scene.node.declare(an_activity(name=f"A{k}"))
        waiting = await scene.node.desk.read(lambda r: [raw for _, raw in r.scan(tables.OUTBOX)])
        receipts = [scene.liar.take(raw) for raw in waiting]
        for name, k, *place in what:
            raw = bytearray(receipts[k])
            if name == "flipped":
                raw[place[0] % len(raw)] ^= 1 << place[0] % 8
            if name == "cut":
                raw = raw[: place[0] % len(raw)]
            await _tried(scene, b"noise" if name == "noise" else bytes(raw))
        for raw in receipts:
            await _tried(scene, raw)
        assert {notice.rung for notice in await scene.node.notices()} == {Rung.DELIVERED}
        assert await scene.node.alarms() == []
        return await state(scene)


async def _tried(scene: Scene, raw: bytes) -> None:
    try:
        await scene.node.do(TakeReceipt("south", raw))
    except WideberthError:
        return


@cache
def clean() -> dict:
    return asyncio.run(taken([]))


@given(st.lists(befalls, max_size=12))
@settings(max_examples=100)
def test_receipts_that_came_doubled_shuffled_cut_or_altered_end_as_clean_ones(what):
    found = asyncio.run(taken(what))
    for name in TABLES:
        assert found[name] == clean()[name], name


def test_a_log_is_countersigned_once_at_each_size_and_never_at_a_smaller_one():
    async def scene():
        async with lied_to() as scene:
            for k in range(8):
                await scene.node.declare(an_activity(name=f"A{k}"))
                await scene.settle()
                await scene.node.declare(an_activity(name=f"B{k}"))
                await scene.node.declare(an_activity(name=f"C{k}"))
                await scene.settle()
            said = [decode_message(payload_of(raw)).head for raw in scene.liar.heard_raw]
            notes = [head.witnessed.cosigned for head in said if head.witnessed.cosigned]
            sizes = [parse_checkpoint(parse_note(note.encode()).text).size for note in notes]
            assert len(sizes) > 5
            assert sizes == sorted(set(sizes))

    asyncio.run(scene())
