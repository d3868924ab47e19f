"""Whatever the line does to a stream of messages, the node ends as after a clean one."""

import asyncio
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from lying_peer import STRANGER, Liar, Scene, lied_to
from two_nodes import T0, an_activity

from wideberth.model.activity import State
from wideberth.node import tables
from wideberth.peering.messages import Body, Change, Declare, Heartbeat, InForce, Suspension
from wideberth.peering.problem import decode_problem
from wideberth.peering.wire import to_wire

TABLES = [
    value for name, value in vars(tables).items() if name.isupper() and isinstance(value, str)
]


def declared(name: str, **different) -> Declare:
    return Declare(activity=to_wire(an_activity("south", name, **different)), contact="watch")


BODIES: tuple[Body, ...] = (
    Heartbeat(at_s=T0),
    declared("S1"),
    declared("S1", revision=2, title="amended"),
    declared("S1", revision=2, title="not accepted"),
    Change(activity="S1", revision=3, state=State.ACTIVATED, at_s=T0),
    InForce(digest="ab" * 32, count=1),
    declared("S2"),
    Suspension(suspended=True, at_s=T0, reason="drill"),
    Change(activity="S2", revision=2, state=State.WITHDRAWN, at_s=T0),
    Suspension(suspended=False, at_s=T0, reason="drill"),
)
COUNT = len(BODIES)
numbers = st.integers(0, COUNT - 1)
places = st.integers(0, 10_000)
befalls = st.one_of(
    st.tuples(st.just("once"), numbers),
    st.tuples(st.just("together"), st.lists(numbers, max_size=5)),
    st.tuples(st.just("flipped"), numbers, places),
    st.tuples(st.just("cut"), numbers, places),
    st.tuples(st.just("forged"), numbers),
    st.tuples(st.just("noise"), st.binary(max_size=40)),
)


def stream(scene: Scene) -> list[bytes]:
    """Return what the peer says, all of it, before anything is sent."""
    return [scene.liar.message(body) for body in BODIES]


def befallen(liar: Liar, said: list[bytes], what: tuple) -> list[bytes]:
    """Return what arrives in one request."""
    match what:
        case ("once", k):
            return [said[k]]
        case ("together", ks):
            return [said[k] for k in ks]
        case ("flipped", k, place):
            raw = bytearray(said[k])
            raw[place % len(raw)] ^= 1 << place % 8
            return [bytes(raw)]
        case ("cut", k, place):
            return [said[k][: place % len(said[k])]]
        case ("forged", k):
            return [liar.sealed(liar.payload(BODIES[k], sequence=k + 1), pair=STRANGER)]
        case (_, noise):
            return [noise.replace(b"\n", b"")]
    raise AssertionError(what)


async def state(scene: Scene) -> dict[str, list[tuple[str, bytes]]]:
    """Return everything that the node's store holds, but for how often it was looked in between.

    What comes together is searched for conflicts together, so that one which came and went within
    a batch was never found: events, and conflicts that ended, tell of the batches too.
    """
    kept = await scene.node.desk.read(lambda r: {name: list(r.scan(name)) for name in TABLES})
    del kept[tables.EVENT]
    kept[tables.META] = [row for row in kept[tables.META] if row[0] != "event"]
    kept[tables.CONFLICT] = [row for row in kept[tables.CONFLICT] if b"ended_s" not in row[1]]
    return kept


async def delivered(what: list[tuple]) -> tuple[dict, list[bytes]]:
    """Return the store, and the receipts, after the stream came so, and then to its end."""
    async with lied_to() as scene:
        said = stream(scene)
        receipts: dict[int, bytes] = {}
        for one in what:
            sent = befallen(scene.liar, said, one)
            if sent:
                answers = await scene.network.exchange("south", "north", sent)
                _keep(receipts, said, sent, answers)
        while len(receipts) < COUNT:
            sent = said[len(receipts) :]
            answers = await scene.network.exchange("south", "north", sent)
            _keep(receipts, said, sent, answers)
        assert scene.network.failures == []
        return await state(scene), [receipts[k] for k in range(COUNT)]


def _keep(receipts: dict[int, bytes], said: list[bytes], sent: list[bytes], answers) -> None:
    for raw, answer in zip(sent, answers, strict=False):
        if decode_problem(answer) is None:
            number = said.index(raw)
            assert receipts.setdefault(number, answer) == answer, "one message, one receipt"


@cache
def clean() -> tuple[dict, list[bytes]]:
    return asyncio.run(delivered([]))


@given(st.lists(befalls, max_size=12))
@settings(max_examples=120)
def test_a_stream_that_was_doubled_shuffled_cut_and_mixed_with_noise_ends_as_a_clean_one(what):
    found, receipts = asyncio.run(delivered(what))
    wanted, clean_receipts = clean()
    assert receipts == clean_receipts
    for name, kept in wanted.items():
        assert found[name] == kept, name


def test_the_clean_stream_does_something_in_every_part_of_the_store_that_it_should():
    found, _ = clean()
    for name in (tables.ENTRY, tables.HASH, tables.ACTIVITY, tables.REVISION, tables.NOTICE):
        assert found[name]
    assert len(found[tables.TAKEN]) == COUNT
